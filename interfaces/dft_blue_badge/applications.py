"""Lodging, finding, changing and handing over applications, as the published service does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from interfaces.dft_blue_badge import mapping, published
from interfaces.dft_blue_badge.access import Call, not_found
from interfaces.dft_blue_badge.authorities import authorities, code_of, pack_of
from interfaces.dft_blue_badge.models import Lodged
from interfaces.dft_blue_badge.plain_words import paragraphs
from interfaces.dft_blue_badge.renewals import is_of_organisation, renewal_of
from standpipe.applications import actions
from standpipe.applications.actions.lodging import NotTaken
from standpipe.applications.application import ApplicationView, Found, FoundApplication, Wanted
from standpipe.applications.queries import open_application, reference_of, search
from standpipe.audit.actions import record
from standpipe.consent.actions import permit_task
from standpipe.consent.permission import Permission
from standpipe.documents.actions import keep
from standpipe.documents.cleaning import Cleaned
from standpipe.documents.letters import Letter, compose
from standpipe.identity.actor import Actor, system
from standpipe.identity.tenancy import acting
from standpipe.kernel.canonical import canonical_json, digest
from standpipe.packs.loaded import place
from standpipe.packs.pack import ServicePack
from standpipe.places.actions import organisation_id

CHANNEL = "api"
# A client's timeout and its next tries.
SENT_AGAIN_WITHIN = timedelta(minutes=10)
_SUBJECT = "Application as it was sent through the Department for Transport’s API"


@dataclass(frozen=True, slots=True)
class Transferred:
    """Where an application was before: the code of the authority, and since when it is not."""

    code: str
    at: datetime


def permission(call: Call, pack: ServicePack) -> Permission:
    """Return leave to read what an organisation does for badges."""
    return permit_task(
        call.actor, organisation=call.organisation, purpose=pack.purpose.id, at=call.at
    )


def as_paper(body: Mapping[str, Any], *, pack: ServicePack, at: datetime) -> bytes:
    """Return what was sent as a paper in plain words, for whoever works the case."""
    organisation = place().organisation(pack.organisation)
    return compose(
        Letter(
            language="en",
            organisation=organisation.name.en,
            organisation_address=(),
            to=(),
            on=at.date(),
            subject=_SUBJECT,
            paragraphs=paragraphs(body),
            reference=str(body.get("localAuthorityCode", "")),
            colour=organisation.look.brand,
        )
    )


def lodge(
    body: Mapping[str, Any],
    *,
    paper: bytes,
    pack: ServicePack,
    actor: Actor,
    at: datetime,
    known_as: UUID | None = None,
    transferred: Transferred | None = None,
) -> UUID:
    """
    Make an application and its case of what was sent; return the identifier for their clients.

    What our words do not take, or do not ask, is kept with the case on paper, as everything is.
    """
    answers = dict(mapping.to_answers(body).answers)
    renewal = renewal_of(body, pack=pack, actor=actor, at=at)
    lodged_as = {
        "language": "en",
        "channel": CHANNEL,
        "actor": actor,
        "at": at,
        "for_whom": "organisation" if is_of_organisation(body) else "self",
        "renews": renewal.entry,
    }
    try:
        loaded = actions.lodge(pack.name, answers=answers, **lodged_as)
    except NotTaken as not_taken:
        for need in not_taken.faults:
            del answers[need]
        loaded = actions.lodge(pack.name, answers=answers, **lodged_as)
    row = loaded.row
    keep(
        Cleaned.of(paper, name="application-as-sent.pdf", media_type="application/pdf"),
        what=loaded.what,
        person=row.person_id,
        organisation=row.organisation_id,
        actor=actor,
        at=at,
    )
    actions.send_as_given(loaded)
    if renewal.why_not:
        actions.note(row.reference, text=renewal.why_not, actor=actor, at=at)
    return Lodged.objects.create(
        known_as=known_as or row.id,
        application=row.id,
        organisation_id=row.organisation_id,
        person_id=row.person_id,
        body=dict(body),
        transferred_from=transferred.code if transferred else "",
        transferred_at=transferred.at if transferred else None,
        at=at,
    ).known_as


def lodged_just_now(body: Mapping[str, Any], *, actor: Actor, at: datetime) -> UUID | None:
    """
    Return what the same client's organisation lodged in these very words a moment ago, if it did.

    Whoever got no answer sends again, and their clients know no Idempotency-Key. Others who send
    the same now wait until this transaction ends.
    """
    words = f"{CHANNEL} {actor.organisation} {digest(canonical_json(body))}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [words])
    same = Lodged.objects.filter(
        organisation_id=actor.organisation,
        body=dict(body),
        at__gt=at - SENT_AGAIN_WITHIN,
        deleted=False,
        transferred_at=None,
    )
    return same.order_by("-at").values_list("known_as", flat=True).first()


def find(
    call: Call, pack: ServicePack, wanted: Mapping[str, Any]
) -> tuple[int, list[dict[str, Any]]]:
    """Return how many applications fit what is wanted, and one page of them in one line each."""
    rows = Lodged.objects.filter(organisation_id=call.organisation)
    type_code = wanted.get("type_code")
    named = _fitting(rows, "badgeHolderName", wanted.get("name", ""))
    there = _at_postcode(rows, wanted.get("postcode", ""))
    others = rows.exclude(body__applicationTypeCode="NEW")
    deleted = rows.filter(deleted=True).values_list("application", flat=True)
    besides = set(deleted)
    only = None
    if type_code == "NEW":
        besides |= set(others.values_list("application", flat=True))
    elif type_code is not None:
        of_type = rows.filter(body__applicationTypeCode=type_code)
        only = set(of_type.values_list("application", flat=True))
    found = search(
        permission(call, pack),
        Wanted(
            pack=pack,
            name=wanted.get("name", ""),
            postcode=wanted.get("postcode", ""),
            since=wanted.get("since"),
            until=wanted.get("until"),
            also_named=named,
            also_there=there,
            besides=besides,
            only=only,
            page=wanted["page"],
            size=wanted["size"],
        ),
    )
    return found.total, _lines(call, pack, found)


def read(call: Call, identifier: UUID) -> dict[str, Any]:
    """Return an application whole, as it was sent, or in their words as far as they have them."""
    lodged = _lodged(call, identifier)
    if lodged is not None and lodged.deleted:
        raise not_found()
    reference = reference_of(
        lodged.application if lodged else identifier, actor=call.actor, at=call.at
    )
    view = open_application(reference, actor=call.actor, at=call.at)
    if view.service != pack_of(call.organisation).name or view.status == "withdrawn":
        raise not_found()
    body = _body(lodged, view.answers)
    return published.application(
        {"paymentTaken": _is_paid(view), **body},
        identifier=str(identifier),
        authority=code_of(call.organisation),
        type_code=body.get("applicationTypeCode", "NEW"),
        status=published.application_status(
            is_closed=view.case is not None and view.case.closed_at is not None,
            is_begun=_is_begun(view),
            told=lodged.status if lodged else "",
        ),
        submitted_at=view.submitted_at or view.begun_at,
        transferred=(lodged.transferred_from, lodged.transferred_at)
        if lodged and lodged.transferred_at
        else None,
    )


def set_status(call: Call, identifier: UUID, status: str) -> None:
    """Keep how far a client says it is, and tell whoever works the case here."""
    view = _open(call, identifier)
    lodged = _lodged(call, identifier) or _entered(call, identifier, view)
    if lodged.status == status:
        return
    lodged.status = status
    lodged.save(update_fields=["status"])
    actions.note(
        view.reference,
        text=f"{call.actor.name} says through the API that its work on this is {_SAID[status]}.",
        actor=call.actor,
        at=call.at,
    )


_SAID = {"TODO": "not begun", "INPROGRESS": "in progress", "COMPLETED": "done"}


def delete(call: Call, identifier: UUID) -> None:
    """
    Take an application back for whoever lodged it; what was decided stays on record.

    :raises AlreadySent: if it was decided before
    """
    view = _open(call, identifier)
    lodged = _lodged(call, identifier) or _entered(call, identifier, view)
    actions.withdraw(view.reference, actor=call.actor, at=call.at)
    lodged.deleted = True
    lodged.save(update_fields=["deleted"])


def transfer(call: Call, identifier: UUID, to: str) -> None:
    """
    Hand an application to another authority of this place, under the same identifier.

    First it is entered there and then taken back here, each in its own transaction as who it
    concerns; cut short and asked for again, it goes on where it was.
    """
    with acting(call.actor):
        view = _open(call, identifier)
        lodged = _lodged(call, identifier) or _entered(call, identifier, view)
        body = {**_body(lodged, view.answers), "localAuthorityCode": to}
        body.setdefault("applicationTypeCode", "NEW")
        body.setdefault("paymentTaken", _is_paid(view))
        body.setdefault("party", {}).setdefault("typeCode", "PERSON")
        pack = pack_of(call.organisation)
    paper = as_paper(body, pack=pack, at=call.at)
    there = organisation_id(authorities()[to])
    receiver = system(there, task="transfer")
    with acting(receiver):
        known = Lodged.objects.filter(organisation_id=there, known_as=identifier).exists()
        if not known:
            lodge(
                body,
                paper=paper,
                pack=pack_of(there),
                actor=receiver,
                at=call.at,
                known_as=identifier,
                transferred=Transferred(code_of(call.organisation), call.at),
            )
    with acting(call.actor):
        actions.withdraw(view.reference, actor=call.actor, at=call.at)
        Lodged.objects.filter(id=lodged.id).update(deleted=True)
        record(
            "application.transferred",
            actor=call.actor,
            at=call.at,
            organisation=call.organisation,
            subjects=[view.person],
            what=f"application:{view.reference}",
            detail={"to": to},
        )


def look_up(call: Call, identifier: UUID) -> None:
    """Refuse an identifier that is none of the caller's, before anything else is said of it."""
    with acting(call.actor):
        _open(call, identifier)


def _open(call: Call, identifier: UUID) -> ApplicationView:
    lodged = _lodged(call, identifier)
    if lodged is not None and lodged.deleted:
        raise not_found()
    own = lodged.application if lodged else identifier
    reference = reference_of(own, actor=call.actor, at=call.at)
    view = open_application(reference, actor=call.actor, at=call.at)
    if view.service != pack_of(call.organisation).name or view.status == "withdrawn":
        raise not_found()
    return view


def _lodged(call: Call, identifier: UUID) -> Lodged | None:
    rows = Lodged.objects.filter(organisation_id=call.organisation)
    return rows.filter(Q(known_as=identifier)).first()


def _entered(call: Call, identifier: UUID, view: ApplicationView) -> Lodged:
    """Enter an application that came another way, so that something can be said of it here."""
    return Lodged.objects.create(
        known_as=identifier,
        application=view.id,
        organisation_id=call.organisation,
        person_id=view.person,
        body={},
        at=call.at,
    )


def _body(lodged: Lodged | None, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was sent through this door, or else what we know in their words."""
    if lodged is not None and lodged.body:
        return dict(lodged.body)
    return published.fitting(mapping.to_application(answers))


def _fitting(rows: Any, field: str, words: str) -> set[UUID]:
    if not words:
        return set()
    fits = Q(**{f"body__party__person__{field}__icontains": words}) | Q(
        **{f"body__party__organisation__{field}__icontains": words}
    )
    return set(rows.filter(fits).values_list("application", flat=True))


def _at_postcode(rows: Any, begins: str) -> set[UUID]:
    if not begins:
        return set()
    fits = rows.filter(body__party__contact__postCode__istartswith=begins)
    return set(fits.values_list("application", flat=True))


def _lines(call: Call, pack: ServicePack, found: Found) -> list[dict[str, Any]]:
    lodged = {
        one.application: one
        for one in Lodged.objects.filter(
            organisation_id=call.organisation, application__in=[row.id for row in found.rows]
        )
    }
    return [_line(pack, row, lodged.get(row.id)) for row in found.rows]


def _line(pack: ServicePack, row: FoundApplication, lodged: Lodged | None) -> dict[str, Any]:
    body = _body(lodged, row.answers)
    case = row.case
    return published.summary(
        body,
        identifier=str(lodged.known_as if lodged else row.id),
        type_code=body.get("applicationTypeCode", "NEW"),
        status=published.application_status(
            is_closed=case is not None and case.closed_at is not None,
            is_begun=case is not None
            and (case.assigned_to_name is not None or case.status != pack.case.first),
            told=lodged.status if lodged else "",
        ),
        submitted_at=row.submitted_at,
    )


def _is_begun(view: ApplicationView) -> bool:
    case = view.case
    return case is not None and (
        case.assigned_to is not None or case.position.status != view.pack.case.first
    )


def _is_paid(view: ApplicationView) -> bool:
    return view.payment is not None and view.payment.state == "success"
