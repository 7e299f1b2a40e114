"""Giving a public computer its address."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from standpipe.audit.actions import record
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.canonical import digest
from standpipe.kiosks.models import Kiosk


def give_key(name: str, *, organisation: UUID, actor: Actor, at: datetime) -> str:
    """
    Return a new key for a public computer; the one before, and whatever it opened, ends.

    The key is shown once and kept nowhere.
    """
    key = secrets.token_urlsafe(32)
    with acting(actor):
        kiosk, _ = Kiosk.objects.update_or_create(
            organisation_id=organisation,
            name=name,
            defaults={"key_sha256": digest(key), "made_at": at},
        )
        record(
            "kiosk.addressed",
            actor=actor,
            at=at,
            organisation=organisation,
            subjects=[],
            what=f"kiosk:{kiosk.id}",
        )
    return key
