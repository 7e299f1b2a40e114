"""The register as its readers see it: what a person holds, and what an organisation granted."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from standpipe.consent.actions import record_use
from standpipe.consent.permission import Permission
from standpipe.entitlements.alike import together
from standpipe.entitlements.holder import Holder, plain
from standpipe.entitlements.models import Entitlement, Happening
from standpipe.entitlements.receiving import Receivers
from standpipe.entitlements.status import Status, status_on
from standpipe.packs.loaded import entitlement_of_kind, issuers_of_kind, place
from standpipe.places.queries import organisation_slug

# A page of a register; whoever looks for more than this looks for the wrong thing.
MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class HappeningView:
    """One thing that happened to an entry; `organisation` None for what the holder did."""

    at: datetime
    what: str
    reason: str
    words: str
    by: str
    by_kind: str
    organisation: UUID | None


@dataclass(frozen=True, slots=True)
class EntitlementView:
    """
    One entry of the register, with its status on the day it was looked at.

    `number` is empty while it is ordered; `ended_at` None while nobody ended it before its day;
    `left_to` is the authority outside the place that looks after it now. `history` is oldest
    first, and empty where only the entry was asked for.
    """

    id: UUID
    kind: str
    number: str
    person: UUID
    organisation: UUID
    case: UUID | None
    starts_on: date
    expires_on: date
    status: Status
    granted_at: datetime
    ended_at: datetime | None
    renews: UUID | None
    replaces: UUID | None
    left_to: str
    holder_name: str
    holder_birth_date: date | None
    holder_postcode: str
    attributes: Mapping[str, Any]
    reference: str = ""
    history: tuple[HappeningView, ...] = ()


def entitlements_of(case: UUID, permission: Permission) -> tuple[EntitlementView, ...]:
    """Return what a case led to, in its order; usually one. The caller records the use."""
    rows = _visible(permission)
    if permission.basis == "mandate":
        # It reaches what its own case led to, and no other entry of the person.
        rows = Entitlement.objects.filter(person_id=permission.subject)
    on = permission.at.date()
    return tuple(_view(row, on=on) for row in rows.filter(case=case).order_by("of_case"))


def entry(kind: str, number: str, permission: Permission) -> EntitlementView | None:
    """Return an entry with its history; None if it is not theirs to see. The use is recorded."""
    row = _visible(permission).filter(kind=kind, number=number.strip().upper()).first()
    return _looked_at(row, permission)


def entry_by_id(entitlement: UUID, permission: Permission) -> EntitlementView | None:
    """Return an entry with its history; None if it is not theirs to see. The use is recorded."""
    return _looked_at(_visible(permission).filter(id=entitlement).first(), permission)


def entries_of(person: UUID, permission: Permission) -> list[EntitlementView]:
    """Return all that a person was granted, newest first, with history; the use is recorded."""
    rows = list(_visible(permission).filter(person_id=person).order_by("-granted_at", "-id"))
    record_use(permission, subjects=[person], what="entitlements")
    return [_view(row, on=permission.at.date(), history=True) for row in rows]


def find(
    kind: str,
    *,
    permission: Permission,
    number: str = "",
    name: str = "",
    postcode: str = "",
) -> list[EntitlementView]:
    """
    Return the entries that fit all of what is given, newest first; none for nothing given.

    A number is whole, a name contained in the holder's, a postcode the beginning of theirs.
    The use is recorded with everybody that it showed.
    """
    if not (number.strip() or name.strip() or postcode.strip()):
        return []
    rows = _visible(permission).filter(kind=kind)
    if number.strip():
        rows = rows.filter(number=number.strip().upper())
    for word in name.split():
        rows = rows.filter(holder_name__icontains=word)
    if postcode.strip():
        rows = rows.filter(holder_postcode__startswith=plain(postcode))
    found = list(rows.order_by("-granted_at", "-id")[:MOST_FOUND])
    people = sorted({row.person_id for row in found})
    record_use(permission, subjects=people, what=f"register:{kind}")
    return [_view(row, on=permission.at.date()) for row in found]


def register(
    kind: str, *, permission: Permission, since: date | None = None, until: date | None = None
) -> list[EntitlementView]:
    """
    Return an organisation's whole register of a kind, oldest first; the use is recorded.

    `since` and `until` narrow it to what was granted on these days and between.
    """
    rows = _visible(permission).filter(kind=kind)
    if since is not None:
        rows = rows.filter(granted_at__date__gte=since)
    if until is not None:
        rows = rows.filter(granted_at__date__lte=until)
    found = list(rows.order_by("granted_at", "id"))
    people = sorted({row.person_id for row in found})
    record_use(permission, subjects=people, what=f"register:{kind}")
    return [_view(row, on=permission.at.date()) for row in found]


@dataclass(frozen=True, slots=True)
class WaitingView:
    """An entry whose maker is still to be told; `next_try` None where staff must mend it first."""

    entry: EntitlementView
    tries: int
    trouble: str
    next_try: datetime | None


def live_of(
    kind: str, *, person: UUID, organisation: UUID, besides: UUID | None, permission: Permission
) -> list[EntitlementView]:
    """Return what a person holds of a kind at an organisation now; the use is recorded."""
    rows = list(
        Entitlement.objects.filter(
            kind=kind,
            person_id=person,
            organisation_id=organisation,
            status__in=["ordered", "issued"],
            expires_on__gte=permission.at.date(),
            left_to="",
        ).exclude(id=besides)
    )
    if rows:
        record_use(permission, subjects=[person], what="entitlements")
    return [_view(row, on=permission.at.date()) for row in rows]


def live_alike(
    kind: str, holder: Holder, *, person: UUID, permission: Permission
) -> list[EntitlementView]:
    """
    Return what seems to be held by one person now, whatever account asked; the use is recorded.

    Either they are the same person to us, or they agree in name and birth date, and in identifier
    or postcode.
    """
    same = Q(person_id=person)
    if holder.sha256:
        same |= Q(holder_sha256=holder.sha256)
    if holder.name and holder.birth_date and holder.postcode:
        same |= Q(
            holder_name__iexact=" ".join(holder.name.split()),
            holder_birth_date=holder.birth_date,
            holder_postcode=holder.plain_postcode,
        )
    rows = list(
        _visible(permission)
        .filter(same, kind=kind, status__in=["ordered", "issued"], left_to="")
        .filter(expires_on__gte=permission.at.date())
        .order_by("granted_at", "id")[:MOST_FOUND]
    )
    if rows:
        people = sorted({row.person_id for row in rows})
        record_use(permission, subjects=people, what=f"alike:{kind}")
    return [_view(row, on=permission.at.date()) for row in rows]


def receivers(kind: str, *, held_by: UUID) -> Receivers:
    """Return to whom in the place an entry of a kind can be handed, by the one who has it."""
    return Receivers(
        label=entitlement_of_kind(kind).label,
        organisations=place().organisations,
        issuers=frozenset(one.slug for one in issuers_of_kind(kind)),
        held_by=organisation_slug(held_by),
    )


def duplicates(kind: str, permission: Permission) -> list[list[EntitlementView]]:
    """
    Return the live entries that seem to be one person's, together; the use is recorded.

    They agree in name, birth date, and identifier or postcode, whatever account asked for them.
    """
    on = permission.at.date()
    live = _visible(permission).filter(
        kind=kind, status__in=["ordered", "issued"], expires_on__gte=on, left_to=""
    )
    twice = (
        live.exclude(holder_sha256="")
        .values("holder_sha256")
        .annotate(count=Count("id"))
        .filter(count__gt=1)
        .values_list("holder_sha256", flat=True)[:MOST_FOUND]
    )
    at_home = (
        live.exclude(Q(holder_birth_date=None) | Q(holder_postcode="") | Q(holder_name=""))
        .annotate(called=Lower("holder_name"))
        .values("called", "holder_birth_date", "holder_postcode")
        .annotate(count=Count("id"))
        .filter(count__gt=1)
    )
    either = Q(holder_sha256__in=list(twice))
    for one in at_home[:MOST_FOUND]:
        either |= Q(
            holder_name__iexact=one["called"],
            holder_birth_date=one["holder_birth_date"],
            holder_postcode=one["holder_postcode"],
        )
    found = list(live.filter(either).order_by("granted_at", "id"))
    people = sorted({row.person_id for row in found})
    record_use(permission, subjects=people, what=f"duplicates:{kind}")
    # What follows a renewal is not a second one.
    rows = [row for row in found if row.renews is None]
    return [
        [_view(rows[at], on=on) for at in group]
        for group in together([_marks(row) for row in rows])
    ]


def _marks(row: Entitlement) -> set[Hashable]:
    """What the entries of one person have in common."""
    marks: set[Hashable] = {row.holder_sha256} - {""}
    if row.holder_name and row.holder_birth_date and row.holder_postcode:
        marks.add((row.holder_name.lower(), row.holder_birth_date, row.holder_postcode))
    return marks


def ending(
    kind: str, *, days_before: Iterable[int], permission: Permission, most: int
) -> list[EntitlementView]:
    """
    Return what ends so soon that a reminder is due and is not renewed, soonest first; recorded.

    A reminder is due so many days before the end, each once; see `reminded`.
    """
    on = permission.at.date()
    due = Q()
    for days in days_before:
        unwritten = Q(reminded_days=None) | Q(reminded_days__gt=days)
        due |= unwritten & Q(expires_on__range=(on, on + timedelta(days=days)))
    renewed = Entitlement.objects.exclude(renews=None).values("renews")
    rows = list(
        _visible(permission)
        .filter(kind=kind, status="issued", left_to="")
        .filter(due)
        .exclude(id__in=renewed)
        .order_by("expires_on", "id")[:most]
    )
    people = sorted({row.person_id for row in rows})
    record_use(permission, subjects=people, what=f"ending:{kind}")
    return [_view(row, on=on) for row in rows]


def waiting(kind: str, permission: Permission) -> list[WaitingView]:
    """Return what its maker does not know yet, oldest first; the use is recorded."""
    rows = list(
        _visible(permission)
        .filter(kind=kind)
        .filter(Q(order_due_at__isnull=False) | ~Q(order_trouble=""))
        .order_by("granted_at")[:MOST_FOUND]
    )
    people = sorted({row.person_id for row in rows})
    record_use(permission, subjects=people, what=f"orders:{kind}")
    on = permission.at.date()
    return [
        WaitingView(_view(row, on=on), row.order_tries, row.order_trouble, row.order_due_at)
        for row in rows
    ]


def _visible(permission: Permission) -> QuerySet[Entitlement]:
    """The entries of the organisation that reads, or of the person whose own they are."""
    rows = Entitlement.objects.all()
    if permission.is_personal:
        return rows.filter(person_id=permission.subject)
    theirs = Q(organisation_id=permission.organisation)
    if permission.subject is not None:
        return rows.filter(theirs).filter(person_id=permission.subject)
    return rows.filter(theirs)


def _looked_at(row: Entitlement | None, permission: Permission) -> EntitlementView | None:
    if row is None:
        return None
    record_use(permission, subjects=[row.person_id], what=f"{row.kind}:{row.number or row.id}")
    return _view(row, on=permission.at.date(), history=True)


def _view(row: Entitlement, *, on: date, history: bool = False) -> EntitlementView:
    return EntitlementView(
        id=row.id,
        kind=row.kind,
        number=row.number or "",
        person=row.person_id,
        organisation=row.organisation_id,
        case=row.case,
        starts_on=row.starts_on,
        expires_on=row.expires_on,
        status=status_on(row.status, expires_on=row.expires_on, on=on),
        granted_at=row.granted_at,
        ended_at=row.ended_at,
        renews=row.renews,
        replaces=row.replaces,
        left_to=row.left_to,
        holder_name=row.holder_name,
        holder_birth_date=row.holder_birth_date,
        holder_postcode=row.holder_postcode,
        attributes=row.attributes,
        reference=row.reference,
        history=_history(row) if history else (),
    )


def _history(row: Entitlement) -> tuple[HappeningView, ...]:
    return tuple(
        HappeningView(
            at=one.at,
            what=one.what,
            reason=one.reason,
            words=one.words,
            by=one.by,
            by_kind=one.by_kind,
            organisation=one.organisation_id,
        )
        for one in Happening.objects.filter(entitlement=row).order_by("at", "id")
    )
