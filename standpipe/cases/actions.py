"""Work on a case: each act checked against its lifecycle and kept as an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from standpipe.audit.actions import record
from standpipe.cases import lifecycle
from standpipe.cases.lifecycle import Position
from standpipe.cases.models import NO_PRIORITY, Case, Decision, Event, Review, Task
from standpipe.cases.review import NotReviewable, check_asking, forbid
from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused
from standpipe.kernel.identifiers import new_id
from standpipe.kernel.text import Text
from standpipe.packs.case import CaseDefinition, Priority
from standpipe.packs.review import ASK_REVIEW, REVIEW, Asker
from standpipe.rows.actions import add

# What counts as taking part in a decision; writing a note or giving the case to somebody does not.
_TAKING_PART = ("case.decided", "case.asked", "case.moved", "review.decided")


class NoSuchCase(Refused):
    """There is no such case, or it belongs to another organisation."""


class AlreadyDecided(Refused):
    """The case was decided before; a decision is not made twice."""


class CaseClosed(Refused):
    """The case is closed, and waits on nobody."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was just opened."""

    id: UUID
    reference: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """
    Why a case was decided as it was: reason in both languages, explanation of the rules,
    hashes of their files, and the ids of the facts they used.
    """

    reason: Text
    explanation: Mapping[str, Any]
    rules: Sequence[str]
    facts: Sequence[UUID]


def open_case(
    definition: CaseDefinition,
    *,
    reference: str,
    title: str,
    tasks: Sequence[str],
    priority: Priority | None = None,
    application: UUID,
    person: UUID,
    organisation: UUID,
    service: str,
    pack_sha256: str,
    actor: Actor,
    at: datetime,
) -> Opened:
    """Open a case for an application that was sent, with the tasks and priority that it brings."""
    position = lifecycle.opening(definition, on=at.date(), priority=priority)
    case = Case(
        reference=reference,
        person_id=person,
        organisation_id=organisation,
        application=application,
        service=service,
        pack_id=pack_sha256,
        title=title,
        status=position.status,
        waits_on=position.waits_on,
        due_on=position.due_on,
        days_left=position.days_left,
        ends_on=position.ends_on,
        priority=priority.id if priority else "",
        rank=definition.priorities.index(priority) if priority else NO_PRIORITY,
        opened_at=at,
    )
    add(case)
    add(
        *(
            Task(case_id=case.id, organisation_id=organisation, person_id=person, name=task)
            for task in tasks
        )
    )
    _event(case, "case.opened", actor=actor, at=at, shown=True)
    return Opened(id=case.id, reference=reference)


def move(
    reference: str,
    definition: CaseDefinition,
    *,
    verb: str,
    role: str,
    why: str,
    actor: Actor,
    at: datetime,
    audit_verb: str = "case.moved",
    shown: bool = True,
) -> Case:
    """
    Move a case on as its pack allows a role, and keep who, why and on whom it now waits.

    :raises NoSuchCase: if the actor's organisation has no such case
    :raises NotAllowedNow: if it cannot be done from where the case stands
    :raises ReasonNeeded: if the act needs words and there are none
    """
    case = _locked(reference)
    position = lifecycle.move(
        definition, _position(case), verb=verb, role=role, reason=why, on=at.date()
    )
    if definition.status(position.status).closed:
        # Withdrawn, for one: it waits on nobody, and stands in nobody's queue.
        case.closed_at = at
    _stand(case, position, "closed_at")
    _event(case, audit_verb, actor=actor, at=at, why=why, shown=shown)
    return case


def assign(reference: str, *, to: UUID | None, name: str, actor: Actor, at: datetime) -> None:
    """
    Give a case to a colleague; None gives it back to the queue.

    :raises CaseClosed: if there is nothing left to do
    """
    case = _locked(reference)
    if case.closed_at is not None or not case.waits_on or case.waits_on == "nobody":
        raise CaseClosed("This case is closed: there is nothing left to do.")
    case.assigned_to_id = to
    case.save(update_fields=["assigned_to"])
    _event(case, "case.assigned", actor=actor, at=at, why=name, shown=False)


def note(reference: str, *, text: str, actor: Actor, at: datetime) -> None:
    """Add a note for colleagues; the person is not shown it on their pages."""
    _event(_locked(reference), "case.noted", actor=actor, at=at, why=text, shown=False)


def finish_task(reference: str, *, task: str, actor: Actor, at: datetime) -> None:
    """Tick off a task; a task that was done before stays as it was."""
    case = _locked(reference)
    done = Task.objects.filter(case=case, name=task, done_at=None).update(
        done_at=at, done_by=actor.name
    )
    if done:
        _event(case, "case.moved", actor=actor, at=at, why=task, shown=False)


def decide(
    reference: str,
    definition: CaseDefinition,
    *,
    outcome: str,
    grounds: Grounds,
    verb: str,
    role: str,
    actor: Actor,
    at: datetime,
) -> Case:
    """
    Decide a case: keep the decision with its grounds, and close the case.

    :raises AlreadyDecided: if it was decided before
    :raises TookPart: if it is a review, and the actor took part in what is reviewed
    """
    case = _locked(reference)
    if case.closed_at is not None:
        raise AlreadyDecided("This case was decided before.")
    review = case.reviews.filter(reviewed_at=None).first() if verb == REVIEW else None
    if review is not None:
        forbid(taken_part(case.id, before=review.asked_at), actor.id)
    position = lifecycle.move(
        definition,
        _position(case),
        verb=verb,
        role=role,
        reason=grounds.reason.en,
        on=at.date(),
        outcome=outcome,
    )
    Decision.objects.create(
        case=case,
        organisation_id=case.organisation_id,
        person_id=case.person_id,
        outcome=outcome,
        reason_en=grounds.reason.en,
        reason_cy=grounds.reason.cy,
        explanation=dict(grounds.explanation),
        rules_sha256=list(grounds.rules),
        facts=list(grounds.facts),
        by_kind=actor.kind,
        by=actor.name,
        by_id=actor.id,
        at=at,
    )
    if review is not None:
        review.reviewer, review.reviewed_by, review.reviewed_at = actor.id, actor.name, at
        review.is_changed = outcome != case.outcome
        review.save()
    case.closed_at = at
    case.outcome = outcome
    _stand(case, position, "closed_at", "outcome")
    if review is not None:
        _event(case, "review.decided", actor=actor, at=at, why=outcome, shown=True)
    else:
        _event(case, "case.decided", actor=actor, at=at, why=outcome, shown=True)
    return case


def ask_review(
    reference: str,
    definition: CaseDefinition,
    *,
    asker: Asker,
    asked_by: str,
    role: str,
    words: str,
    actor: Actor,
    at: datetime,
) -> date:
    """
    Ask that a decision be looked at again, and return the day by which it is to be decided.

    The case is open anew, and in nobody's hands. `asked_by` names who asks, `role` who acts:
    staff do it for somebody who phones or writes.

    :raises AskedAlready: if it was asked before
    :raises NotReviewable: if no review of this decision can be asked
    :raises TooLate: if the last day has passed
    :raises ReasonNeeded: if it is not said why
    """
    case = _locked(reference)
    decision = Decision.objects.filter(case=case).order_by("at").first()
    if decision is None:
        raise NotReviewable("There is no decision to review.")
    decided_on = decision.at.date()
    terms = check_asking(
        definition.review_terms(decision.outcome, decided_on=decided_on),
        asker=asker,
        decided_on=decided_on,
        on=at.date(),
        is_asked=case.reviews.exists(),
    )
    position = lifecycle.move(
        definition,
        _position(case),
        verb=ASK_REVIEW,
        role=role,
        reason=words,
        on=at.date(),
        days=terms.decide_days,
    )
    due_on = at.date() + timedelta(days=terms.decide_days)
    Review.objects.create(
        case=case,
        organisation_id=case.organisation_id,
        person_id=case.person_id,
        decision=decision,
        decided_by=decision.by_id if decision.by_kind != "system" else "",
        asked_at=at,
        asked_by=asked_by,
        words=words,
        due_on=due_on,
    )
    case.closed_at, case.assigned_to = None, None
    _stand(case, position, "closed_at", "assigned_to")
    _event(case, "review.asked", actor=actor, at=at, why=words, shown=True)
    return due_on


def taken_part(case: UUID, *, before: datetime | None = None) -> frozenset[str]:
    """Return the ids of those who took part in deciding a case, up to a moment; no machine."""
    acts = Event.objects.filter(
        case_id=case, verb__in=_TAKING_PART, by_kind__in=("staff", "client")
    )
    made = Decision.objects.filter(case_id=case, by_kind__in=("staff", "client"))
    if before is not None:
        acts, made = acts.filter(at__lt=before), made.filter(at__lte=before)
    ids = {*acts.values_list("by_id", flat=True), *made.values_list("by_id", flat=True)}
    return frozenset(ids - {""})


def _locked(reference: str) -> Case:
    case = Case.objects.select_for_update().filter(reference=reference).first()
    if case is None:
        raise NoSuchCase("There is no case with this reference in your organisation.")
    return case


def _position(case: Case) -> Position:
    return Position(case.status, case.waits_on, case.due_on, case.days_left, case.ends_on)


def _stand(case: Case, position: Position, *more: str) -> None:
    case.status = position.status
    case.waits_on = position.waits_on
    case.due_on = position.due_on
    case.days_left = position.days_left
    case.ends_on = position.ends_on
    case.save(update_fields=["status", "waits_on", "due_on", "days_left", "ends_on", *more])


def _event(
    case: Case, verb: str, *, actor: Actor, at: datetime, shown: bool, why: str = ""
) -> None:
    add(
        Event(
            id=new_id(),
            case_id=case.id,
            organisation_id=case.organisation_id,
            person_id=case.person_id,
            at=at,
            verb=verb,
            by_kind=actor.kind,
            by=actor.name,
            by_id=actor.id,
            why=why,
            status=case.status,
            waits_on=case.waits_on,
            due_on=case.due_on,
            shown_to_person=shown,
        )
    )
    record(
        verb,
        actor=actor,
        at=at,
        organisation=case.organisation_id,
        subjects=[case.person_id],
        what=f"case:{case.reference}",
        detail={"status": case.status, "waits_on": case.waits_on},
    )
