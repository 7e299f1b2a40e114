"""Keeping files, with the rows and in the transaction they belong to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from standpipe.audit.actions import record
from standpipe.documents.cleaning import Cleaned
from standpipe.documents.models import Document
from standpipe.identity.actor import Actor


@dataclass(frozen=True, slots=True)
class FileValue:
    """A kept file, as an answer holds it; `size` in bytes."""

    document: UUID
    name: str
    media_type: str
    size: int
    sha256: str

    def as_value(self) -> dict[str, str | int]:
        """Return it as plain JSON, as facts are kept."""
        return {**asdict(self), "document": str(self.document)}


def keep(
    cleaned: Cleaned,
    *,
    what: str,
    person: UUID,
    organisation: UUID,
    actor: Actor,
    at: datetime,
    made: bool = False,
) -> FileValue:
    """
    Keep a file about a person and a thing (`application:REF`); inside the caller's transaction.

    `made` says that we wrote it ourselves, as a letter; else it was received.
    """
    document = Document.objects.create(
        person_id=person,
        organisation_id=organisation,
        what=what,
        name=cleaned.name,
        media_type=cleaned.media_type,
        size=cleaned.size,
        sha256=cleaned.sha256,
        content=cleaned.content,
        made=made,
        at=at,
    )
    record(
        "document.made" if made else "document.received",
        actor=actor,
        at=at,
        organisation=organisation,
        subjects=[person],
        what=what,
        detail={"document": str(document.id), "sha256": cleaned.sha256},
    )
    return FileValue(document.id, cleaned.name, cleaned.media_type, cleaned.size, cleaned.sha256)


def purge(what: str) -> None:
    """Delete the files of a thing whose time is up; inside the caller's transaction."""
    Document.objects.filter(what=what).delete()
