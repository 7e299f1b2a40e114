"""Finding an entry to act on, and keeping what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from standpipe.audit.actions import record
from standpipe.entitlements.models import Entitlement, Happening
from standpipe.entitlements.number import numbered as number_at
from standpipe.entitlements.status import status_on
from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused
from standpipe.packs.entitlement import EntitlementDefinition
from standpipe.packs.entitlement_acts import Reason
from standpipe.packs.loaded import entitlement_of_kind


class NotLive(Refused):
    """It is not in a state from which this can be done, or there is no such number here."""


class NotForThem(Refused):
    """Whoever asks may not do this to it."""


class NoSuchReason(Refused):
    """The service knows no such reason for this."""


class Known(NamedTuple):
    """What a number says to whoever may ask about any: nothing of this is shown to them."""

    id: UUID
    valid: bool
    person: UUID
    organisation: UUID


def by_number(kind: str, number: str, *, on: date) -> Known | None:
    """Return what any organisation may be told of a number, whoever's it is; None if unknown."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, valid, person, organisation FROM entitlement_by_number(%s, %s, %s)",
            [kind, number.strip().upper()[:40], on],
        )
        found = cursor.fetchone()
    return None if found is None else Known(*found)


def entry_for(
    act: str, kind: str, number: str, *, reason: str, actor: Actor, at: datetime
) -> tuple[Entitlement, Reason | None]:
    """
    Return an entry that an actor may do something to, locked, and the reason by its code.

    :raises NotLive: if it stands where this cannot be done, or is none of the actor's
    :raises NotForThem: if the pack gives the act to others
    :raises NoSuchReason: if the pack has no reason of this code
    """
    entry = (
        Entitlement.objects.select_for_update()
        .filter(kind=kind, number=number.strip().upper())
        .first()
    )
    if entry is None or not _concerns(entry, actor):
        raise NotLive("There is no live entry with this number in your register.")
    return entry, reason_for(act, entry, reason=reason, actor=actor, at=at)


def reason_for(
    act: str, entry: Entitlement, *, reason: str, actor: Actor, at: datetime
) -> Reason | None:
    """Return the reason for an act on an entry that the caller holds; see `entry_for`."""
    definition = entitlement_of_kind(entry.kind).acts.get(act)
    if definition is None or not _may(definition.by, entry, actor):
        raise NotForThem("You may not do this.")
    status = status_on(entry.status, expires_on=entry.expires_on, on=at.date())
    if status not in definition.from_ or entry.left_to:
        raise NotLive("There is no live entry with this number in your register.")
    if definition.reasons and reason not in definition.reasons:
        raise NoSuchReason(f"Give one of these reasons: {', '.join(definition.reasons)}.")
    return definition.reasons.get(reason)


def references_of(entry: UUID) -> tuple[str, ...]:
    """
    Return the applications that led to an entry, by reference, the latest first.

    What replaces another rests on what was asked and told for that one.
    """
    found: dict[str, None] = {}
    row = Entitlement.objects.filter(id=entry).first()
    while row is not None:
        found[row.reference] = None
        row = Entitlement.objects.filter(id=row.replaces).first() if row.replaces else None
    return tuple(one for one in found if one)


def reminded(entry: UUID, *, days: int) -> None:
    """Keep that an entry needs no reminder any more of so many days before its end."""
    Entitlement.objects.filter(id=entry).update(reminded_days=days)


def happened(
    entry: UUID,
    *,
    verb: str,
    person: UUID,
    kind: str,
    number: str | None,
    organisation: UUID,
    actor: Actor,
    at: datetime,
    reason: str = "",
    words: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Keep in the entry's history and in the audit log what was done to it."""
    Happening.objects.create(
        entitlement_id=entry,
        organisation_id=actor.organisation,
        at=at,
        what=verb.partition(".")[2],
        reason=reason,
        words=words,
        by_kind=actor.kind,
        by=actor.name,
    )
    record(
        verb,
        actor=actor,
        at=at,
        organisation=organisation,
        subjects=[person],
        what=f"{kind}:{number or entry}",
        detail={**(detail or {}), **({"reason": reason} if reason else {})},
    )


def happened_to(
    entry: Entitlement,
    *,
    verb: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    words: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Keep what was done to an entry that the caller holds; see `happened`."""
    happened(
        entry.id,
        verb=verb,
        person=entry.person_id,
        kind=entry.kind,
        number=entry.number,
        organisation=entry.organisation_id,
        actor=actor,
        at=at,
        reason=reason,
        words=words,
        detail=detail,
    )


def next_number(definition: EntitlementDefinition) -> str:
    """Return a number that was never given before."""
    # A sequence never gives a value twice, also after a rollback; some numbers stay unused.
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT nextval('entitlements_number')")
            position = cursor.fetchone()[0]
            number = number_at(
                position,
                alphabet=definition.alphabet,
                length=definition.length,
                highest=definition.highest,
            )
            if number is not None and not _is_taken(definition.kind, number):
                return number


def _is_taken(kind: str, number: str) -> bool:
    # An authority's existing register may have been entered with numbers of this shape.
    return by_number(kind, number, on=date.min) is not None


def _concerns(entry: Entitlement, actor: Actor) -> bool:
    return actor.acts_for(entry.organisation_id) or (
        actor.person is not None and actor.person == entry.person_id
    )


def _may(by: frozenset[str], entry: Entitlement, actor: Actor) -> bool:
    if actor.kind == "system":
        return True
    if actor.kind == "client":
        return "client" in by
    if actor.acts_for(entry.organisation_id):
        return bool(by & actor.roles)
    return "holder" in by
