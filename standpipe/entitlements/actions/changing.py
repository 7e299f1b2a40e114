"""What becomes of an entry: replaced, cancelled, handed to another authority, noted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from standpipe.entitlements.actions.entries import (
    NoSuchReason,
    NotForThem,
    NotLive,
    by_number,
    entry_for,
    happened,
    happened_to,
)
from standpipe.entitlements.actions.granting import Granted, enter
from standpipe.entitlements.holder import Holder
from standpipe.entitlements.models import Entitlement
from standpipe.identity.actions import note_death
from standpipe.identity.actor import Actor
from standpipe.packs.loaded import entitlement_of_kind


def replace(
    kind: str,
    number: str,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    why: str = "",
    case: UUID | None = None,
) -> Granted:
    """
    End an entry and enter another for what is left of its time; return the new one.

    `reason` is a code of the pack, `case` what led to it.

    :raises NotLive: if it stands where this cannot be done, or is none of the actor's
    :raises NotForThem: if the pack gives this to others
    :raises NoSuchReason: if the pack has no reason of this code
    """
    old, _ = entry_for("replace", kind, number, reason=reason, actor=actor, at=at)
    _end(old, "replaced", verb="entitlement.replaced", reason=reason, why=why, actor=actor, at=at)
    new = Entitlement(
        kind=kind,
        person_id=old.person_id,
        organisation_id=old.organisation_id,
        case=case,
        starts_on=max(old.starts_on, at.date()),
        expires_on=old.expires_on,
        replaces=old.id,
        attributes=old.attributes,
    )
    granted = enter(
        new,
        entitlement_of_kind(kind),
        holder=Holder(old.holder_name, old.holder_birth_date, old.holder_postcode),
        verb="entitlement.granted",
        actor=actor,
        at=at,
    )
    # The identifier itself was not kept: its hash goes on.
    Entitlement.objects.filter(id=new.id).update(holder_sha256=old.holder_sha256)
    return granted


def cancel(
    kind: str, number: str, *, reason: str, why: str = "", actor: Actor, at: datetime
) -> None:
    """
    End an entry before its day; see `replace` for what it raises.

    A reason that says so also keeps that the holder died.
    """
    entry, given = entry_for("cancel", kind, number, reason=reason, actor=actor, at=at)
    _end(
        entry,
        "cancelled",
        verb="entitlement.cancelled",
        reason=reason,
        why=why,
        actor=actor,
        at=at,
    )
    if given is not None and given.holder_died:
        note_death(entry.person_id, actor=actor, at=at)


def transfer(
    kind: str,
    number: str,
    *,
    to: UUID | None,
    actor: Actor,
    at: datetime,
    why: str = "",
    reason: str = "",
) -> None:
    """
    Hand an entry with its history to another organisation of the place, which alone sees it then.

    With `to` None it leaves the place for the authority that `why` names; its record stays, and
    nothing more is done to it here. See `replace` for what it raises.
    """
    entry, _ = entry_for("transfer", kind, number, reason=reason, actor=actor, at=at)
    happened_to(
        entry,
        verb="entitlement.transferred",
        actor=actor,
        at=at,
        reason=reason,
        words=why,
        detail={"to": str(to) if to else None},
    )
    if to is None:
        entry.left_to = why[:200] or "?"
        entry.save(update_fields=["left_to"])
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT hand_over_entitlement(%s, %s)", [entry.id, to])


def note(kind: str, number: str, *, what: str, words: str, actor: Actor, at: datetime) -> None:
    """
    Note something about a number, whoever's it is; the organisation that granted it sees it.

    `what` is a reason of the pack's act `note`.

    :raises NotLive: if nobody in this place has such a number
    :raises NotForThem: if the pack gives this to others
    :raises NoSuchReason: if the pack has no reason of this code
    """
    definition = entitlement_of_kind(kind).acts.get("note")
    if definition is None or not (definition.by & (actor.roles | {actor.kind})):
        raise NotForThem("You may not do this.")
    if definition.reasons and what not in definition.reasons:
        raise NoSuchReason(f"Give one of these reasons: {', '.join(definition.reasons)}.")
    found = by_number(kind, number, on=at.date())
    if found is None:
        raise NotLive("No organisation of this place has granted this number.")
    happened(
        found.id,
        verb="entitlement.noted",
        person=found.person,
        kind=kind,
        number=number.strip().upper(),
        organisation=found.organisation,
        actor=actor,
        at=at,
        reason=what,
        words=words,
    )


def _end(
    entry: Entitlement,
    status: str,
    *,
    verb: str,
    reason: str,
    why: str,
    actor: Actor,
    at: datetime,
) -> None:
    entry.status = status
    entry.ended_at = at
    entry.why_ended = why
    entry.save(update_fields=["status", "ended_at", "why_ended"])
    happened_to(entry, verb=verb, actor=actor, at=at, reason=reason, words=why)
