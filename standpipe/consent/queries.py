"""What a person agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from standpipe.consent.actions import record_use
from standpipe.consent.models import Grant
from standpipe.consent.permission import Permission


@dataclass(frozen=True, slots=True)
class Agreement:
    """One yes or no of a person, as they can look it up."""

    id: UUID
    receipt: str
    organisation: UUID
    registry: str
    purpose: str
    attributes: tuple[str, ...]
    disclosed: tuple[str, ...]
    wording: str
    what: str
    agreed: bool
    at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None

    def in_force(self, at: datetime) -> bool:
        """Say whether a check could still be made on it."""
        return self.agreed and self.withdrawn_at is None and at < self.expires_at


def agreements(permission: Permission) -> list[Agreement]:
    """Return what the person of a permission said yes or no to, newest first; it is recorded."""
    if permission.subject is None:
        return []
    record_use(permission, subjects=[permission.subject], what="agreements")
    return [
        Agreement(
            id=grant.id,
            receipt=grant.receipt,
            organisation=grant.organisation_id,
            registry=grant.registry,
            purpose=grant.purpose,
            attributes=tuple(grant.attributes),
            disclosed=tuple(grant.disclosed),
            wording=grant.wording,
            what=grant.what,
            agreed=grant.agreed,
            at=grant.at,
            expires_at=grant.expires_at,
            withdrawn_at=grant.withdrawn_at,
        )
        for grant in Grant.objects.filter(person_id=permission.subject).order_by("-at")
    ]


def receipt_of(grant: UUID) -> str:
    """Return the number on the receipt of a yes or no."""
    return Grant.objects.get(id=grant).receipt
