"""The messages about a thing; each look is recorded. The caller opens the transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from standpipe.consent.actions import record_use
from standpipe.consent.permission import Permission
from standpipe.notifications.delivery import State
from standpipe.notifications.models import Message


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message; `trouble` says why it failed or has to wait, empty if all is well."""

    id: UUID
    name: str
    channel: str
    to: str
    language: str
    subject: str
    body: str
    state: State
    trouble: str
    written_at: datetime
    sent_at: datetime | None


_FIELDS = tuple(MessageView.__dataclass_fields__)


def messages_of(what: str, *, permission: Permission) -> list[MessageView]:
    """Return the messages about a thing (`application:REF`) that may be seen, oldest first."""
    if not permission.reaches(what):
        return []
    rows = list(_covered(permission).filter(what=what).order_by("written_at", "id"))
    if rows:
        subjects = sorted({row.person_id for row in rows if row.person_id})
        record_use(permission, subjects=subjects, what=what)
    return [MessageView(**{field: getattr(row, field) for field in _FIELDS}) for row in rows]


def _covered(permission: Permission) -> QuerySet[Message]:
    rows = Message.objects.all()
    if permission.is_personal:
        return rows.filter(person_id=permission.subject)
    if permission.basis == "public_task":
        rows = rows.filter(organisation_id=permission.organisation)
        return rows.filter(person_id=permission.subject) if permission.subject else rows
    return rows.none()
