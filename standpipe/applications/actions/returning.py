"""Taking a paper form that came back: its fields become answers, and the sheet is kept."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from standpipe.applications.actions.answering import keep_told, told
from standpipe.applications.actions.consulting import consult
from standpipe.applications.actions.filing import keep_file
from standpipe.applications.actions.loading import load, load_draft
from standpipe.applications.application import NoSuchPage
from standpipe.applications.paper.asking import agreement_wording
from standpipe.applications.paper.returned import Misread, read_returned
from standpipe.audit.actions import record
from standpipe.documents.cleaning import clean, read_form_fields
from standpipe.documents.queries import DocumentLine, documents_of
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting


@dataclass(frozen=True, slots=True)
class Taken:
    """
    What came of a form: how many answers were kept, and which cannot be taken as they stand.

    Of a scan or a photo nothing is read: `is_read` says whether there were fields to read.
    """

    kept: int
    misread: tuple[Misread, ...]
    is_read: bool


def take_paper(reference: str, *, name: str, content: bytes, actor: Actor, at: datetime) -> Taken:
    """
    Keep a form that came back, and the answers that its fields hold.

    What was answered before and is left out on the form stays. A check that the person agreed
    to on the form is made.

    :raises NotAcceptable: if the file cannot be taken, with what to do about it
    :raises AlreadySent: if the application is no longer a draft
    """
    # Reading a stranger's file can take seconds: no transaction waits for it.
    cleaned = clean(content, name=name, kind="evidence")
    fields = read_form_fields(content) if cleaned.media_type == "application/pdf" else {}
    with acting(actor):
        loaded = load_draft(reference, actor=actor, at=at)
        keep_file(loaded, cleaned, actor=actor, at=at)
        returned = read_returned(loaded.pack, fields, on=at.date())
        if returned.is_empty:
            return Taken(0, (), is_read=False)
        answers = [
            told(need, value, at=at)
            for need, value in returned.answers.items()
            if value is not None or need not in loaded.facts
        ]
        keep_told(loaded, answers)
        record(
            "application.answered",
            actor=actor,
            at=at,
            organisation=loaded.row.organisation_id,
            subjects=[loaded.row.person_id],
            what=loaded.what,
            purpose=loaded.pack.purpose.id,
            detail={"page": "paper"},
        )
        pack, language = loaded.pack, loaded.row.language
    for page, agreed in returned.agreed.items():
        wording = agreement_wording(pack, page, language=language)
        # A check that no longer matters is not made.
        with suppress(NoSuchPage):
            consult(reference, page=page, agreed=agreed, wording=wording, actor=actor, at=at)
    given = sum(one.value is not None for one in answers)
    return Taken(given, returned.misread, is_read=True)


def papers_of(reference: str, *, actor: Actor, at: datetime) -> list[DocumentLine]:
    """
    Return the files that came for an application, oldest first; that they were seen is recorded.

    :raises NoSuchApplication: if it is not the actor's to see
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at)
        return documents_of(loaded.what, permission=loaded.permission)
