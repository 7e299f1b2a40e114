"""Opening kept files; each opening is recorded. The caller opens the transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from standpipe.consent.actions import record_use
from standpipe.consent.permission import Permission
from standpipe.documents.models import Document
from standpipe.kernel.errors import Refused


class NoSuchDocument(Refused):
    """There is no such file, or none that the permission covers: which, is not said."""


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A file with its content."""

    name: str
    media_type: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A file in a list; `size` in bytes, `made` if we wrote it ourselves."""

    id: UUID
    name: str
    media_type: str
    size: int
    at: datetime
    made: bool


def open_document(document_id: UUID, *, permission: Permission) -> OpenedDocument:
    """
    Return a file, and record that it was opened, by whom and for what.

    :raises NoSuchDocument: if there is none that the permission covers
    """
    document = _covered(permission).filter(id=document_id).first()
    if document is None or not permission.reaches(document.what):
        raise NoSuchDocument("There is no such file.")
    record_use(permission, subjects=[document.person_id], what=document.what, verb="document.read")
    return OpenedDocument(
        document.name, document.media_type, bytes(document.content), document.sha256
    )


def open_disclosed(document_id: UUID) -> OpenedDocument:
    """
    Return another organisation's file, which the database shows because it was disclosed.

    Whoever has found the disclosure asks: the caller records the use.

    :raises NoSuchDocument: if it is not disclosed (any more)
    """
    document = Document.objects.filter(id=document_id).first()
    if document is None:
        raise NoSuchDocument("There is no such file.")
    return OpenedDocument(
        document.name, document.media_type, bytes(document.content), document.sha256
    )


def documents_of(what: str, *, permission: Permission) -> list[DocumentLine]:
    """
    Return the files kept for a thing (`application:REF`), oldest first, without content.

    That their names were seen is recorded.
    """
    if not permission.reaches(what):
        return []
    found = _covered(permission).filter(what=what).order_by("at", "id")
    rows = list(found.values_list("person_id", "id", "name", "media_type", "size", "at", "made"))
    if rows:
        record_use(permission, subjects=sorted({person for person, *_ in rows}), what=what)
    return [DocumentLine(*row) for _, *row in rows]


def letter_of(what: str, *, since: datetime) -> UUID | None:
    """Return the newest file that we wrote about a thing since a moment; None if there is none."""
    rows = Document.objects.filter(what=what, made=True, at__gte=since).order_by("-at", "-id")
    return rows.values_list("id", flat=True).first()


def _covered(permission: Permission) -> QuerySet[Document]:
    rows = Document.objects.all()
    if permission.is_personal:
        return rows.filter(person_id=permission.subject)
    if permission.basis == "public_task":
        rows = rows.filter(organisation_id=permission.organisation)
        return rows.filter(person_id=permission.subject) if permission.subject else rows
    # What a registry may be asked on somebody's consent says nothing about their files.
    return rows.none()
