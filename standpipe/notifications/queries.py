"""The messages about a thing; each look is recorded. The caller opens the transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from standpipe.consent.actions import record_use
from standpipe.consent.permission import Permission
from standpipe.identity.queries import those_who_died
from standpipe.notifications.actions import MAY_REPEAT
from standpipe.notifications.by_hand import ByHand
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


_BY_HAND = tuple(ByHand.__dataclass_fields__)


def waiting_for_staff(permission: Permission, *, most: int) -> list[ByHand]:
    """
    Return what staff of an organisation are to post, say or deal with, oldest first.

    Nothing to somebody who died, and no codes to come back with: they are asked for again.
    """
    rows = _for_staff(permission)[:most]
    if rows:
        record_use(permission, subjects=sorted({row.person_id for row in rows}), what="messages")
    gone = those_who_died({row.person_id for row in rows})
    return [_by_hand(row) for row in rows if row.person_id not in gone]


def message_for_staff(message: UUID, *, permission: Permission) -> ByHand | None:
    """Return one message that waits for staff; None if there is none such."""
    row = _for_staff(permission).filter(id=message).first()
    if row is None or those_who_died({row.person_id}):
        return None
    record_use(permission, subjects=[row.person_id], what=row.what)
    return _by_hand(row)


def _for_staff(permission: Permission) -> QuerySet[Message]:
    rows = _covered(permission).filter(state__in=["by_hand", "failed"], person__isnull=False)
    return rows.exclude(name=MAY_REPEAT).order_by("written_at", "id")


def _by_hand(row: Message) -> ByHand:
    return ByHand(**{field: getattr(row, field) for field in _BY_HAND})


def _covered(permission: Permission) -> QuerySet[Message]:
    rows = Message.objects.all()
    if permission.is_personal:
        return rows.filter(person_id=permission.subject)
    if permission.basis == "public_task":
        rows = rows.filter(organisation_id=permission.organisation)
        return rows.filter(person_id=permission.subject) if permission.subject else rows
    return rows.none()
