"""A decision looked at again: asked for by whom it is about, decided by somebody new to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from standpipe.applications.actions.filing import keep_file
from standpipe.applications.actions.granting import decide_as_staff
from standpipe.applications.actions.loading import load, load_for_work
from standpipe.applications.actions.one_each import forbid_second
from standpipe.applications.actions.telling import addressed, tell
from standpipe.cases import actions as cases
from standpipe.consent.mandate import ForWhom
from standpipe.consent.queries import mandate_of
from standpipe.documents.cleaning import clean
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.review import REVIEW, Asker
from standpipe.payments.queries import payment_of
from standpipe.vocabulary.dates import date_in_words

FEE_NOT_ASKED_AGAIN = "The fee was given back after the first decision; it is not asked for again."


def ask_review(
    reference: str,
    *,
    words: str,
    files: Sequence[tuple[str, bytes]] = (),
    actor: Actor,
    at: datetime,
) -> None:
    """
    Ask that a decision be looked at again, with whatever is new; staff do it for who phones.

    :raises NotAcceptable: if a file cannot be taken, with what to do about it
    :raises ReasonNeeded: if it is not said why
    :raises AskedAlready: if it was asked before
    :raises NotReviewable: if no review of this decision can be asked
    :raises TooLate: if the last day has passed
    """
    cleaned = [clean(content, name=name, kind="evidence") for name, content in files]
    with acting(actor):
        loaded = load(reference, actor=actor, at=at, lock=True)
        mandate = mandate_of(loaded.row.id, loaded.permission)
        due_on = cases.ask_review(
            reference,
            loaded.pack.case,
            asker=asker_of(loaded.for_whom),
            asked_by=mandate.name if mandate else addressed(loaded),
            role="applicant" if loaded.permission.is_personal else "caseworker",
            words=words,
            actor=actor,
            at=at,
        )
        for one in cleaned:
            keep_file(loaded, one, actor=actor, at=at)
        values = {"due": date_in_words(due_on, language=loaded.row.language)}
        tell(loaded, "review_asked", values=values, at=at)


def review(
    case_reference: str,
    *,
    outcome: str,
    ground: str,
    reason: str,
    actor: Actor,
    at: datetime,
    count: int | None = None,
) -> None:
    """
    Decide about a decision, upholding or changing it; what follows is what follows any decision.

    Of several that were asked for, `count` are granted, all where it is None.

    :raises NotAnOutcome: if the service has no such outcome
    :raises NotSoMany: if that is none, or more than were asked for
    :raises ReasonNeeded: if the reason is left out
    :raises TookPart: if the actor took part in the first decision
    :raises HeldAlready: if they hold a live one of what would be granted
    :raises NotIndependent: if the actor assessed it for another organisation
    """
    with acting(actor):
        loaded = load_for_work(case_reference, actor=actor, at=at)
        if outcome != loaded.row.outcome:
            forbid_second(loaded, outcome)
        decide_as_staff(
            loaded,
            outcome=outcome,
            ground=ground,
            reason=reason,
            verb=REVIEW,
            actor=actor,
            count=count,
        )
        payment = payment_of(loaded.row.id)
        all_back = payment and payment.refund_asked_at and not payment.left_pence
        if all_back and outcome not in loaded.pack.refund_on:
            cases.note(case_reference, text=FEE_NOT_ASKED_AGAIN, actor=actor, at=at)


def asker_of(for_whom: ForWhom) -> Asker:
    """Return who asks in an application: whom it is about, or who acts in their stead."""
    return "applicant" if for_whom == "self" else "representative"
