"""Ordering, finding, replacing and ending badges in the register, as the published service does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from interfaces.dft_blue_badge.access import Call, failed, not_found
from interfaces.dft_blue_badge.applications import permission
from interfaces.dft_blue_badge.authorities import KIND, code_of, pack_of
from interfaces.dft_blue_badge.badge_validation import (
    ALREADY_ORDERED,
    cannot_cancel,
    cannot_replace,
    fingerprint,
)
from interfaces.dft_blue_badge.models import Ordered
from interfaces.dft_blue_badge.published_badges import ORDER, Printing, badge, status, summary
from standpipe.documents.actions import keep
from standpipe.documents.cleaning import Cleaned
from standpipe.entitlements import actions
from standpipe.entitlements.holder import Holder, plain
from standpipe.entitlements.queries import EntitlementView, entry, find, register
from standpipe.identity.actions import new_person
from standpipe.identity.actor import Actor
from standpipe.kernel.identifiers import new_id

_DELETED = "Deleted through the API of the Department for Transport"
_BATCHES: Mapping[str, Mapping[str, str]] = {
    "FASTTRACK": {"delivery_option": "FAST"},
    "STANDARD": {"delivery_option": "STAND", "deliver_to": "HOME"},
    "LA": {"deliver_to": "COUNCIL"},
}


def order(
    body: Mapping[str, Any],
    *,
    picture: Cleaned | None,
    organisation: UUID,
    actor: Actor,
    at: datetime,
) -> list[str]:
    """Enter what is ordered in the register; return the numbers."""
    count = body.get("numberOfBadges", 1)
    person = new_person(at=at)
    kept = {name: value for name, value in body.items() if name != "imageFile"}
    numbers = []
    for at_first in [True] + [False] * (count - 1):
        granted = actions.enter_existing(
            KIND,
            "",
            person=person,
            organisation=organisation,
            starts_on=date.fromisoformat(body["startDate"]),
            expires_on=date.fromisoformat(body["expiryDate"]),
            status="ordered",
            attributes={ORDER: kept},
            holder=_holder(body),
            actor=actor,
            at=at,
        )
        row = Ordered(
            entitlement=granted.id,
            number=granted.number,
            organisation_id=organisation,
            person_id=person,
            fingerprint=fingerprint(kept, authority=code_of(organisation)) if at_first else None,
            deliver_to=body["deliverToCode"],
            delivery_option=body["deliveryOptionCode"],
            at=at,
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as clash:
            if "dft_blue_badge_ordered_once" not in str(clash):
                raise
            raise failed(ALREADY_ORDERED) from clash
        numbers.append(granted.number)
    if picture is not None:
        keep(
            picture,
            what=f"{KIND}:{numbers[0]}",
            person=person,
            organisation=organisation,
            actor=actor,
            at=at,
        )
    return numbers


def search(call: Call, *, name: str, postcode: str) -> list[dict[str, Any]]:
    """Return the badges whose holder has a name or a postcode, in one line each."""
    leave = permission(call, pack_of(call.organisation))
    found = find(KIND, permission=leave, name=name, postcode=postcode)
    if postcode:
        found = [one for one in found if one.holder_postcode == plain(postcode)]
    return lines(call, found)


def everything(
    call: Call, *, since: date | None = None, until: date | None = None
) -> list[dict[str, Any]]:
    """Return every badge of the register, or of some days, in one line each."""
    leave = permission(call, pack_of(call.organisation))
    found = register(KIND, permission=leave, since=since, until=until)
    starts = {one.number: one.starts_on.isoformat() for one in found}
    return [{**line, "startDate": starts[line["badgeNumber"]]} for line in lines(call, found)]


def lines(call: Call, found: Sequence[EntitlementView]) -> list[dict[str, Any]]:
    """Return entries in one line each, without what was deleted."""
    rows = {
        row.entitlement: row
        for row in Ordered.objects.filter(
            organisation_id=call.organisation, entitlement__in=[one.id for one in found]
        )
    }
    authority = code_of(call.organisation)
    return [
        summary(one, authority=authority, printing=_printing(rows.get(one.id)))
        for one in found
        if one.number and not (one.id in rows and rows[one.id].deleted)
    ]


def read(call: Call, number: str) -> dict[str, Any]:
    """Return one badge whole."""
    one, row = _one(call, number)
    return badge(one, authority=code_of(call.organisation), printing=_printing(row))


def cancel(call: Call, number: str, reason: str) -> None:
    """End a badge before its day."""
    one, row = _one(call, number)
    fault = cannot_cancel(
        status(one, _printing(row)).lower(), expires_on=one.expires_on, on=call.at.date()
    )
    if fault is not None:
        raise failed(fault)
    actions.cancel(KIND, one.number, reason=reason, actor=call.actor, at=call.at)
    _forget_fingerprint(row)


def replace(call: Call, number: str, body: Mapping[str, Any]) -> str:
    """End a badge and order another for what is left of its time; return the new number."""
    one, row = _one(call, number)
    fault = cannot_replace(
        status(one, _printing(row)).lower(), expires_on=one.expires_on, on=call.at.date()
    )
    if fault is not None:
        raise failed(fault)
    granted = actions.replace(
        KIND, one.number, reason=body["replaceReasonCode"], actor=call.actor, at=call.at
    )
    new = actions.number_here(granted.id, actor=call.actor, at=call.at)
    Ordered.objects.create(
        entitlement=granted.id,
        number=new,
        organisation_id=call.organisation,
        person_id=one.person,
        deliver_to=body["deliverToCode"],
        delivery_option=body["deliveryOptionCode"],
        at=call.at,
    )
    return new


def delete(call: Call, number: str) -> None:
    """Take a badge out of use and out of what is answered here; its record stays."""
    one, row = _one(call, number)
    if one.status in ("ordered", "issued"):
        actions.cancel(
            KIND, one.number, reason="NOLONG", why=_DELETED, actor=call.actor, at=call.at
        )
    row = row or Ordered(
        entitlement=one.id,
        number=one.number,
        organisation_id=call.organisation,
        person_id=one.person,
        printed_at=one.granted_at,
        at=call.at,
    )
    row.deleted, row.fingerprint = True, None
    row.save()


def print_batch(call: Call, kind: str) -> str:
    """Send what was ordered in one way to print; return the name of the batch."""
    batch = new_id()
    Ordered.objects.filter(
        organisation_id=call.organisation, sent_at=None, deleted=False, **_BATCHES[kind]
    ).filter(printed_at=None).update(batch=batch, sent_at=call.at)
    return str(batch)


def print_again(call: Call, batch: str) -> None:
    """Send a batch to print once more."""
    try:
        rows = Ordered.objects.filter(organisation_id=call.organisation, batch=UUID(batch))
    except ValueError:
        raise not_found() from None
    if not rows.update(sent_at=call.at, printed_at=None):
        raise not_found()


def collect(call: Call) -> int:
    """Take over what came back from printing: those badges are issued; return how many."""
    rows = Ordered.objects.filter(
        organisation_id=call.organisation, printed_at=None, deleted=False
    ).exclude(sent_at=None)
    leave = permission(call, pack_of(call.organisation))
    collected = 0
    for row in rows.select_for_update():
        one = entry(KIND, row.number, leave)
        if one is not None and one.status in ("ordered", "issued"):
            actions.issue(row.entitlement, actor=call.actor, at=call.at)
            collected += 1
        row.printed_at = call.at
        row.save(update_fields=["printed_at"])
    return collected


def _one(call: Call, number: str) -> tuple[EntitlementView, Ordered | None]:
    leave = permission(call, pack_of(call.organisation))
    one = entry(KIND, number[:40], leave)
    if one is None:
        raise not_found()
    row = Ordered.objects.filter(organisation_id=call.organisation, entitlement=one.id).first()
    if row is not None and row.deleted:
        raise not_found()
    return one, row


def _printing(row: Ordered | None) -> Printing | None:
    return None if row is None else Printing(row.sent_at, row.printed_at)


def _forget_fingerprint(row: Ordered | None) -> None:
    if row is not None:
        row.fingerprint = None
        row.save(update_fields=["fingerprint"])


def _holder(body: Mapping[str, Any]) -> Holder:
    person = body["party"].get("person", {})
    holder = person or body["party"].get("organisation", {})
    return Holder(
        name=holder["badgeHolderName"],
        birth_date=date.fromisoformat(person["dob"]) if "dob" in person else None,
        postcode=body["party"]["contact"]["postCode"],
        identifier=person.get("nino", ""),
    )
