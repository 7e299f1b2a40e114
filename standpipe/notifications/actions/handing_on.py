"""Noting that staff posted a letter, rang, or dealt with what did not arrive."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from standpipe.audit.actions import record
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.notifications.models import Message


def hand_on(messages: Collection[UUID], *, actor: Actor, at: datetime) -> int:
    """Note that staff did by hand what these messages wait for; return how many did wait."""
    with acting(actor):
        rows = Message.objects.select_for_update().filter(
            id__in=messages, organisation_id=actor.organisation, state__in=["by_hand", "failed"]
        )
        for row in rows:
            row.state, row.sent_at = "handed_on", at
            row.save(update_fields=["state", "sent_at"])
            record(
                "message.delivered",
                actor=actor,
                at=at,
                organisation=row.organisation_id,
                subjects=[row.person_id] if row.person_id else [],
                what=row.what,
                detail={"message": str(row.id), "name": row.name, "channel": row.channel},
            )
        return len(rows)
