"""Ending an entry before its day: cancelled for a reason, or because its holder died."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from standpipe.entitlements.actions.entries import (
    NotForThem,
    NotLive,
    entry_for,
    happened_to,
    reason_for,
)
from standpipe.entitlements.actions.orders import order_telling
from standpipe.entitlements.models import Entitlement
from standpipe.identity.actions import note_death
from standpipe.identity.actor import Actor
from standpipe.jobs.ordering import order
from standpipe.packs.loaded import entitlement_of_kind
from standpipe.places.queries import organisation_ids

# Carried out above this room, where applications are known.
CLOSING = "applications.close_for_death"


def cancel(
    kind: str, number: str, *, reason: str, why: str = "", actor: Actor, at: datetime
) -> None:
    """
    End an entry before its day; see `replace` for what it raises.

    With a reason that says that the holder died goes whatever else they hold there.
    """
    entry, given = entry_for("cancel", kind, number, reason=reason, actor=actor, at=at)
    _cancel(entry, reason=reason, why=why, actor=actor, at=at)
    if given is not None and given.holder_died:
        cancel_for_death(entry.person_id, why=why, actor=actor, at=at)


def cancel_for_death(person: UUID, *, why: str = "", actor: Actor, at: datetime) -> int:
    """
    Keep that somebody died, and end what they hold of the actor's organisation; return how many.

    Of each kind whose pack has a reason that says so, and lets the actor cancel it. What they have
    open is closed afterwards, at every organisation.
    """
    note_death(person, actor=actor, at=at)
    live = Entitlement.objects.select_for_update().filter(
        person_id=person,
        organisation_id=actor.organisation,
        status__in=["ordered", "issued"],
        expires_on__gte=at.date(),
        left_to="",
    )
    ended = 0
    for entry in live.order_by("id"):
        definition = entitlement_of_kind(entry.kind).acts.get("cancel")
        reasons = definition.reasons.values() if definition else ()
        died = next((one for one in reasons if one.holder_died), None)
        if died is None:
            continue
        with suppress(NotForThem, NotLive):
            reason_for("cancel", entry, reason=died.code, actor=actor, at=at)
            _cancel(entry, reason=died.code, why=why, actor=actor, at=at)
            ended += 1
    for organisation in organisation_ids():
        order(CLOSING, queue="housekeeping", person=str(person), organisation=str(organisation))
    return ended


def _cancel(entry: Entitlement, *, reason: str, why: str, actor: Actor, at: datetime) -> None:
    verb = "entitlement.cancelled"
    end(entry, "cancelled", verb=verb, reason=reason, why=why, actor=actor, at=at)


def end(
    entry: Entitlement,
    status: str,
    *,
    verb: str,
    reason: str,
    why: str,
    actor: Actor,
    at: datetime,
) -> None:
    """End an entry that the caller holds, and have its maker told where it was cancelled."""
    entry.status = status
    entry.ended_at = at
    entry.why_ended = why
    entry.order_due_at = at if status == "cancelled" and entry.made_by else None
    entry.save(update_fields=["status", "ended_at", "why_ended", "order_due_at"])
    happened_to(entry, verb=verb, actor=actor, at=at, reason=reason, words=why)
    if entry.order_due_at is not None:
        order_telling(entry)
