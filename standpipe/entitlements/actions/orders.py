"""What the maker of an entitlement is told: that one is wanted, replaced or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from standpipe.entitlements.actions.entries import happened_to, references_of
from standpipe.entitlements.models import Entitlement, Happening
from standpipe.entitlements.waiting import LEASE, next_try
from standpipe.identity.actor import Actor
from standpipe.jobs.ordering import order
from standpipe.kernel.errors import Refused
from standpipe.packs.loaded import entitlement_of_kind

# Carried out above this room, where the application and its photo are known.
TELLING = "applications.tell_maker"


class NumberTaken(Refused):
    """The register holds this number already."""


class TooFew(Refused):
    """The maker returned fewer numbers than were ordered."""


@dataclass(frozen=True, slots=True)
class Telling:
    """
    One thing to be told to a maker.

    `number` is that of the entry to be replaced or cancelled, empty for an order; `reason` is
    its code; `may_be_out` says that it may have been told before. `references` are those of all
    that led to it, the latest first. `entitlements` are those of one case that one order is for;
    of those `count` are still wanted. `besides` are the numbers of others of the same application.
    """

    entitlement: UUID
    entitlements: tuple[UUID, ...]
    count: int
    besides: tuple[str, ...]
    kind: str
    act: Literal["order", "replace", "cancel"]
    maker: str
    number: str
    reason: str
    reference: str
    references: tuple[str, ...]
    ground: str
    starts_on: date
    expires_on: date
    may_be_out: bool


def order_telling(entry: Entitlement, *, at: datetime | None = None) -> None:
    """Order the job that tells the maker, in the caller's transaction; at once, or at a time."""
    order(
        TELLING,
        queue="orders",
        at=at,
        entitlement=str(entry.id),
        organisation=str(entry.organisation_id),
    )


def claim(entitlement: UUID, *, at: datetime) -> Telling | None:
    """
    Take on telling the maker, so that nobody else does for a while; None if nothing is due.

    What one case led to is ordered together: whoever comes first takes all of it on.
    """
    entry = Entitlement.objects.filter(id=entitlement).first()
    if entry is None:
        return None
    locked = Entitlement.objects.select_for_update().order_by("of_case", "id")
    same = Q(case=entry.case) if entry.case else Q(id=entry.id)
    of_case = list(locked.filter(same))
    entry = next(one for one in of_case if one.id == entitlement)
    if entry.order_due_at is None or entry.order_due_at > at:
        return None
    together = _ordered_with(entry, of_case)
    telling = _telling(entry, together)
    for one in together if telling else [entry]:
        one.order_tries += 1
        one.order_due_at = at + LEASE if telling else None
        one.save(update_fields=["order_tries", "order_due_at"])
    return telling


def numbered(
    entitlement: UUID, number: str, *, actor: Actor, at: datetime, made_by: str = ""
) -> bool:
    """
    Keep the number that an order returned; say whether it had none before.

    :raises NumberTaken: if another entry of the place has that number
    """
    entry = Entitlement.objects.select_for_update().filter(id=entitlement).first()
    if entry is None or entry.number is not None:
        return False
    entry.number = number.strip().upper()
    entry.made_by = made_by
    entry.order_trouble, entry.order_tries = "", 0
    # Cancelled while it was being ordered: now there is something to cancel.
    entry.order_due_at = at if entry.status == "cancelled" and made_by else None
    if entry.status == "ordered":
        entry.status = "issued"
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as clash:
        raise NumberTaken("This number is in the register already.") from clash
    happened_to(entry, verb="entitlement.numbered", actor=actor, at=at)
    if entry.order_due_at is not None:
        order_telling(entry)
    return True


def all_numbered(
    telling: Telling, numbers: Sequence[str], *, actor: Actor, at: datetime, made_by: str
) -> list[UUID]:
    """
    Keep the numbers of an order, each for one entry; return those that had none before.

    :raises NumberTaken: if another entry of the place has one of them
    :raises TooFew: if there are more entries than numbers
    """
    if len(numbers) < telling.count:
        raise TooFew(f"{telling.count} were ordered, and {len(numbers)} came.")
    return [
        one
        for one, number in zip(telling.entitlements, numbers, strict=False)
        if numbered(one, number, actor=actor, at=at, made_by=made_by)
    ]


def told(entitlement: UUID) -> None:
    """Note that the maker knows."""
    Entitlement.objects.filter(id=entitlement).update(
        order_due_at=None, order_trouble="", order_tries=0
    )


def put_off(telling: Telling, *, trouble: str, at: datetime) -> None:
    """Try again later, and keep why not now."""
    entries = Entitlement.objects.select_for_update().filter(id__in=telling.entitlements)
    for entry in entries.exclude(order_due_at=None).order_by("of_case", "id"):
        entry.order_due_at = next_try(entry.order_tries, at=at)
        entry.order_trouble = trouble[:500]
        entry.save(update_fields=["order_due_at", "order_trouble"])
        order_telling(entry, at=entry.order_due_at)


def declined(telling: Telling, *, trouble: str) -> None:
    """Keep that the maker will not do it so: staff mend it and try again."""
    Entitlement.objects.filter(id__in=telling.entitlements).update(
        order_due_at=None, order_trouble=trouble[:500]
    )


def try_again(entitlement: UUID, *, actor: Actor, at: datetime) -> None:
    """Tell the maker now what could not be told before."""
    entry = (
        Entitlement.objects.select_for_update()
        .filter(id=entitlement, organisation_id=actor.organisation)
        .exclude(order_trouble="")
        .first()
    )
    if entry is not None:
        entry.order_due_at = at
        entry.save(update_fields=["order_due_at"])
        order_telling(entry)


def order_overdue(*, organisation: UUID, before: datetime, most: int) -> None:
    """Order anew the jobs that were lost."""
    overdue = Entitlement.objects.filter(organisation_id=organisation, order_due_at__lt=before)
    for entry in overdue.order_by("order_due_at")[:most]:
        order_telling(entry)


def _ordered_with(entry: Entitlement, of_case: Sequence[Entitlement]) -> list[Entitlement]:
    """
    Return the entries that an order of one is for: all of its case that have no number.

    One that was cancelled while its order was out may get a number yet, after all the others: then
    there is something to cancel.
    """
    waiting = [one for one in of_case if one.number is None and one.status == "ordered"]
    if entry not in waiting:
        return [entry]
    out = [one for one in of_case if one.number is None and one.status == "cancelled"]
    return [*waiting, *(one for one in out if one.order_tries)]


def _telling(entry: Entitlement, together: Sequence[Entitlement]) -> Telling | None:
    definition = entitlement_of_kind(entry.kind)
    maker = entry.made_by or (definition.order.connector if definition.order else "")
    if not maker:
        return None
    if entry.number is None and entry.status == "ordered":
        old = Entitlement.objects.filter(id=entry.replaces).first() if entry.replaces else None
        # What was cancelled for it is made anew; what it replaces, by the same data.
        anew = old is None or old.status == "cancelled"
        act, named = ("order", None) if anew else ("replace", old)
    elif entry.number is not None and entry.status == "cancelled":
        act, named = "cancel", entry
    else:
        return None
    return Telling(
        entitlement=entry.id,
        entitlements=tuple(one.id for one in together),
        count=sum(one.status == "ordered" for one in together),
        besides=_besides(named) if named else (),
        kind=entry.kind,
        act=act,
        maker=maker,
        number=named.number or "" if named else "",
        reason=_reason(named, "replaced" if act == "replace" else "cancelled") if named else "",
        reference=entry.reference,
        references=references_of(entry.id),
        ground=entry.ground,
        starts_on=entry.starts_on,
        expires_on=entry.expires_on,
        may_be_out=any(one.order_tries for one in together),
    )


def _besides(entry: Entitlement) -> tuple[str, ...]:
    others = Entitlement.objects.filter(kind=entry.kind, reference=entry.reference)
    numbers = others.exclude(number=None).exclude(id=entry.id).order_by("of_case", "id")
    return tuple(numbers.values_list("number", flat=True)) if entry.reference else ()


def _reason(entry: Entitlement, what: str) -> str:
    last = Happening.objects.filter(entitlement=entry, what=what).order_by("-at", "-id").first()
    return last.reason if last else ""
