"""What a person holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from standpipe.consent.permission import Permission
from standpipe.entitlements.models import Entitlement


@dataclass(frozen=True, slots=True)
class EntitlementView:
    """One entry of the register; `ended_at` None while nobody ended it before its day."""

    id: UUID
    kind: str
    number: str
    starts_on: date
    expires_on: date
    status: str
    granted_at: datetime
    ended_at: datetime | None


def entitlement_of(case: UUID, permission: Permission) -> EntitlementView | None:
    """Return what a case led to; None where nothing was granted. The caller records the use."""
    row = Entitlement.objects.filter(case=case).first()
    if row is None or permission.subject not in (None, row.person_id):
        return None
    return EntitlementView(
        id=row.id,
        kind=row.kind,
        number=row.number,
        starts_on=row.starts_on,
        expires_on=row.expires_on,
        status=row.status,
        granted_at=row.granted_at,
        ended_at=row.ended_at,
    )
