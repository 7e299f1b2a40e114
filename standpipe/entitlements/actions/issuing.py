"""What was ordered arrives: numbered by ourselves where need be, and good from then on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from standpipe.entitlements.actions.entries import NotLive, happened_to, next_number
from standpipe.entitlements.actions.orders import numbered
from standpipe.entitlements.models import Entitlement
from standpipe.identity.actor import Actor
from standpipe.packs.loaded import entitlement_of_kind


def issue(entitlement: UUID, *, actor: Actor, at: datetime) -> None:
    """
    Make an entry that was ordered good; one that is good already stays as it is.

    :raises NotLive: if it has ended, or is none of the actor's
    """
    entry = Entitlement.objects.select_for_update().filter(id=entitlement).first()
    if entry is None or not actor.acts_for(entry.organisation_id):
        raise NotLive("There is no such entry in your register.")
    if entry.status == "issued":
        return
    if entry.status != "ordered":
        raise NotLive("It has ended before it arrived.")
    entry.status = "issued"
    entry.save(update_fields=["status"])
    happened_to(entry, verb="entitlement.issued", actor=actor, at=at)


def number_here(entitlement: UUID, *, actor: Actor, at: datetime) -> str:
    """Return the number of an entry; one that waits for a number gets the next of our own."""
    entry = Entitlement.objects.get(id=entitlement)
    if entry.number is None:
        numbered(entry.id, next_number(entitlement_of_kind(entry.kind)), actor=actor, at=at)
        entry.refresh_from_db(fields=["number"])
    return str(entry.number)
