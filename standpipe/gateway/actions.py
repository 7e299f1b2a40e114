"""Keeping what was asked of outside systems, and how it went."""

from __future__ import annotations

from uuid import UUID

from standpipe.consent.permission import Permission
from standpipe.gateway.contracts import RegistryAnswer
from standpipe.gateway.models import Exchange


def keep_exchange(
    permission: Permission,
    said: RegistryAnswer,
    *,
    connector: str,
    person: UUID,
    organisation: UUID,
    milliseconds: int,
) -> None:
    """Keep that a registry was asked under a permission; what it said is not kept here."""
    Exchange.objects.create(
        organisation_id=organisation,
        person_id=person,
        connector=connector,
        purpose=permission.purpose,
        receipt=permission.receipt or "",
        attributes=sorted(said.answers),
        match=said.match,
        trouble=said.trouble or "",
        milliseconds=milliseconds,
        at=permission.at,
    )
