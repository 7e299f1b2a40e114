"""The queue, and one case whole; each look is recorded with the persons it showed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from structlog.contextvars import bind_contextvars

from standpipe.cases.actions import NoSuchCase, taken_part
from standpipe.cases.lifecycle import Position
from standpipe.cases.models import Case, Decision
from standpipe.cases.review import ReviewView
from standpipe.consent.actions import record_use
from standpipe.consent.permission import Permission
from standpipe.kernel.text import Text

PAGE = 25
_URGENT_FIRST = ("rank", "due_on", "opened_at", "reference")


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """What to show of the queue; None shows all. `assigned_to` is "me", "nobody" or an id."""

    status: str | None = None
    service: str | None = None
    waits_on: str | None = None
    assigned_to: str | None = None
    overdue: bool = False
    closed: bool = False
    text: str | None = None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the queue; `priority` is the pack's id of why it stands first, or empty."""

    reference: str
    title: str
    service: str
    status: str
    waits_on: str
    due_on: date | None
    priority: str
    opened_at: datetime
    closed_at: datetime | None
    outcome: str
    assigned_to_name: str | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue; there is no count, which would cost more than the page."""

    rows: tuple[CaseRow, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class EventView:
    """One event; `why` is the words of whoever acted."""

    at: datetime
    verb: str
    by: str
    by_kind: str
    why: str
    status: str
    waits_on: str
    due_on: date | None
    shown_to_person: bool


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task; `done_at` None while it is to do."""

    name: str
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision with its grounds."""

    case: UUID
    outcome: str
    reason: Text
    explanation: dict[str, Any]
    by: str
    by_kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case whole, events and decisions oldest first."""

    id: UUID
    reference: str
    title: str
    application: UUID
    person: UUID
    organisation: UUID
    service: str
    pack_sha256: str
    position: Position
    priority: str
    opened_at: datetime
    closed_at: datetime | None
    outcome: str
    assigned_to: UUID | None
    assigned_to_name: str | None
    events: tuple[EventView, ...]
    tasks: tuple[TaskView, ...]
    decisions: tuple[DecisionView, ...]
    review: ReviewView | None


def queue(
    permission: Permission, *, filters: QueueFilters, page: int = 1, size: int = PAGE
) -> QueuePage:
    """Return one page (from 1) of the organisation's cases, the most urgent first."""
    found = _filtered(permission, filters).select_related("assigned_to")
    order = ("-closed_at", "reference") if filters.closed else _URGENT_FIRST
    start = (page - 1) * size
    rows = list(found.order_by(*order)[start : start + size + 1])
    shown = rows[:size]
    record_use(
        permission, subjects=list(dict.fromkeys(row.person_id for row in shown)), what="queue"
    )
    return QueuePage(rows=tuple(_row(row) for row in shown), has_more=len(rows) > size)


def _filtered(permission: Permission, filters: QueueFilters) -> QuerySet[Case]:
    found = Case.objects.filter(
        organisation_id=permission.organisation, closed_at__isnull=not filters.closed
    )
    if filters.status:
        found = found.filter(status=filters.status)
    if filters.service:
        found = found.filter(service=filters.service)
    if filters.waits_on:
        found = found.filter(waits_on=filters.waits_on)
    if filters.assigned_to == "nobody":
        found = found.filter(assigned_to=None)
    elif filters.assigned_to:
        who = permission.actor.id if filters.assigned_to == "me" else filters.assigned_to
        found = found.filter(assigned_to=who)
    if filters.overdue:
        found = found.filter(due_on__lt=permission.at.date())
    if filters.text:
        found = found.filter(
            Q(reference__iexact=filters.text.strip()) | Q(title__icontains=filters.text.strip())
        )
    return found


def _row(row: Case) -> CaseRow:
    return CaseRow(
        reference=row.reference,
        title=row.title,
        service=row.service,
        status=row.status,
        waits_on=row.waits_on,
        due_on=row.due_on,
        priority=row.priority,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        outcome=row.outcome,
        assigned_to_name=str(row.assigned_to) if row.assigned_to else None,
    )


def standings(applications: Sequence[UUID], permission: Permission) -> Mapping[UUID, CaseRow]:
    """Return the case of each of some applications, by theirs; the caller records the use."""
    rows = Case.objects.filter(
        organisation_id=permission.organisation, application__in=list(applications)
    ).select_related("assigned_to")
    return {row.application: _row(row) for row in rows}


def decided_cases(
    permission: Permission, *, service: str, first: date, last: date, outcome: str
) -> dict[str, str]:
    """
    Return who decided each case of a service between two days, both included, by its reference.

    Empty where the rules decided it; an empty `outcome` means any. Whom it is about is not said:
    the look itself is recorded, with nobody's name.
    """
    record_use(permission, subjects=[], what=f"service:{service}")
    found = Decision.objects.filter(
        organisation_id=permission.organisation,
        case__service=service,
        at__date__gte=first,
        at__date__lte=last,
    )
    if outcome:
        found = found.filter(outcome=outcome)
    rows = found.order_by("at").values_list("case__reference", "by_kind", "by_id")
    return {reference: "" if kind == "system" else by for reference, kind, by in rows}


def open_case(reference: str, permission: Permission) -> CaseView:
    """
    Return a case whole, for its organisation or for its person.

    :raises NoSuchCase: if it is neither's
    """
    return _open(Case.objects.filter(reference=reference), permission)


def case_of(application: UUID, permission: Permission) -> CaseView | None:
    """Return the case of an application; None while it was not sent."""
    try:
        return _open(Case.objects.filter(application=application), permission)
    except NoSuchCase:
        return None


def _open(found: QuerySet[Case], permission: Permission) -> CaseView:
    mine = (
        Q(person_id=permission.subject)
        if permission.is_personal
        else Q(organisation_id=permission.organisation)
    )
    case = found.filter(mine).select_related("assigned_to").first()
    if case is None or not permission.reaches(f"application:{case.reference}"):
        raise NoSuchCase("There is no case with this reference here.")
    bind_contextvars(case_id=case.reference)
    record_use(permission, subjects=[case.person_id], what=f"case:{case.reference}")
    own = permission.is_personal
    events = case.events.filter(shown_to_person=True) if own else case.events.all()
    return CaseView(
        id=case.id,
        reference=case.reference,
        title=case.title,
        application=case.application,
        person=case.person_id,
        organisation=case.organisation_id,
        service=case.service,
        pack_sha256=case.pack_id,
        position=Position(case.status, case.waits_on, case.due_on, case.days_left, case.ends_on),
        priority=case.priority,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        outcome=case.outcome,
        assigned_to=case.assigned_to_id,
        assigned_to_name=str(case.assigned_to) if case.assigned_to else None,
        events=tuple(
            EventView(
                at=event.at,
                verb=event.verb,
                by=event.by,
                by_kind=event.by_kind,
                why=event.why,
                status=event.status,
                waits_on=event.waits_on,
                due_on=event.due_on,
                shown_to_person=event.shown_to_person,
            )
            for event in events.order_by("at", "id")
        ),
        tasks=()
        if own
        else tuple(
            TaskView(name=task.name, done_at=task.done_at, done_by=task.done_by)
            for task in case.tasks.order_by("id")
        ),
        decisions=tuple(
            DecisionView(
                case=case.id,
                outcome=decision.outcome,
                reason=Text(decision.reason_en, decision.reason_cy),
                explanation=decision.explanation,
                by=decision.by,
                by_kind=decision.by_kind,
                at=decision.at,
            )
            for decision in case.decisions.order_by("at")
        ),
        review=_review(case),
    )


def _review(case: Case) -> ReviewView | None:
    row = case.reviews.first() if case.outcome else None
    if row is None:
        return None
    return ReviewView(
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        words=row.words,
        due_on=row.due_on,
        reviewed_at=row.reviewed_at,
        reviewed_by=row.reviewed_by,
        is_changed=row.is_changed,
    )


def is_ours(reference: str, permission: Permission) -> bool:
    """Say whether the organisation has a case of this reference; the caller records the use."""
    return Case.objects.filter(
        reference=reference, organisation_id=permission.organisation
    ).exists()


def took_part(reference: str, permission: Permission) -> frozenset[str]:
    """Return the ids of staff who took part in a case of the organisation; none without one."""
    case = Case.objects.filter(reference=reference, organisation_id=permission.organisation).first()
    if case is None:
        return frozenset()
    record_use(permission, subjects=[case.person_id], what=f"case:{reference}")
    return taken_part(case.id)
