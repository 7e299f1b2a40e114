"""What staff and applicants do with a case between sending and deciding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from standpipe.applications.actions.filing import keep_file
from standpipe.applications.actions.giving_back import give_back_unsent
from standpipe.applications.actions.loading import load, load_for_work
from standpipe.applications.actions.referring import end_referral
from standpipe.applications.actions.telling import tell
from standpipe.applications.application import AlreadySent
from standpipe.audit.actions import record
from standpipe.cases import actions as cases
from standpipe.documents.cleaning import clean
from standpipe.identity.actor import Actor
from standpipe.identity.queries import colleague_name
from standpipe.identity.tenancy import acting


def assign(case_reference: str, *, to: UUID | None, actor: Actor, at: datetime) -> None:
    """Give a case to a colleague; None gives it back to the queue."""
    with acting(actor):
        load_for_work(case_reference, actor=actor, at=at)
        name = "" if to is None else colleague_name(to, organisation=actor.organisation)
        cases.assign(case_reference, to=to, name=name, actor=actor, at=at)


def note(case_reference: str, *, text: str, actor: Actor, at: datetime) -> None:
    """Add a note that colleagues see and the person does not."""
    with acting(actor):
        load_for_work(case_reference, actor=actor, at=at)
        cases.note(case_reference, text=text, actor=actor, at=at)


def finish_task(case_reference: str, *, task: str, actor: Actor, at: datetime) -> None:
    """Tick off a task of a case."""
    with acting(actor):
        load_for_work(case_reference, actor=actor, at=at)
        cases.finish_task(case_reference, task=task, actor=actor, at=at)


def ask_for_more(case_reference: str, *, words: str, actor: Actor, at: datetime) -> None:
    """
    Ask the applicant for something; the clock stops until they reply.

    :raises ReasonNeeded: if it is not said what is asked for
    """
    with acting(actor):
        loaded = load_for_work(case_reference, actor=actor, at=at)
        cases.move(
            case_reference,
            loaded.pack.case,
            verb="ask_for_more",
            role="caseworker",
            why=words,
            actor=actor,
            at=at,
            audit_verb="case.asked",
        )
        tell(loaded, "need_more", values={"words": words}, at=at, once=f"asked:{at.isoformat()}")


def reply(
    reference: str,
    *,
    words: str,
    files: Sequence[tuple[str, bytes]],
    actor: Actor,
    at: datetime,
) -> None:
    """
    Reply to what staff asked for; the clock goes on.

    :raises NotAcceptable: if a file cannot be taken, with what to do about it
    :raises NotAllowedNow: if nothing is asked for
    """
    cleaned = [clean(content, name=name, kind="evidence") for name, content in files]
    with acting(actor):
        loaded = load(reference, actor=actor, at=at, lock=True)
        for one in cleaned:
            keep_file(loaded, one, actor=actor, at=at)
        cases.move(
            reference,
            loaded.pack.case,
            verb="reply",
            role="applicant",
            why=words,
            actor=actor,
            at=at,
        )


def withdraw(reference: str, *, actor: Actor, at: datetime) -> None:
    """
    Withdraw an application: a draft ends, and so does the case of one that was sent.

    :raises AlreadySent: if it was decided or closed before
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at, lock=True)
        if loaded.row.status == "submitted":
            cases.move(
                reference,
                loaded.pack.case,
                verb="withdraw",
                role="applicant",
                why="",
                actor=actor,
                at=at,
            )
            end_referral(loaded, actor=actor, at=at)
        elif loaded.row.status in ("draft", "paying"):
            give_back_unsent(loaded.row.id, actor=actor, at=at)
        else:
            raise AlreadySent("This application is closed and cannot be withdrawn.")
        loaded.row.status = "withdrawn"
        loaded.row.save(update_fields=["status"])
        record(
            "application.withdrawn",
            actor=actor,
            at=at,
            organisation=loaded.row.organisation_id,
            subjects=[loaded.row.person_id],
            what=loaded.what,
        )
