"""Cases: the queue, one case whole, and the acts of an officer in another system."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from standpipe.api.access import Bearer
from standpipe.api.acting_once import act_once
from standpipe.api.answers import text_answer
from standpipe.api.schemas import (
    AssignIn,
    CaseList,
    CaseOut,
    DecideIn,
    ProblemOut,
    Reference,
    WordsIn,
)
from standpipe.applications import actions
from standpipe.cases.json import case_json, queue_json
from standpipe.consent.actions import permit_task
from standpipe.consent.permission import Permission
from standpipe.identity.queries import colleague_by_email
from standpipe.identity.tenancy import acting

router = Router(tags=["cases"])

_REFUSALS = {(400, 404, 409, 422): ProblemOut}


def _permission(request: HttpRequest) -> Permission:
    actor = request.auth  # type: ignore[attr-defined]
    return permit_task(
        actor,
        organisation=actor.organisation,
        purpose="casework",
        at=request.at,  # type: ignore[attr-defined]
    )


@router.get(
    "/cases",
    auth=Bearer("cases:read"),
    response={200: CaseList, 400: ProblemOut, 422: ProblemOut},
    operation_id="list_cases",
)
def list_cases(
    request: HttpRequest,
    status: Annotated[str | None, Query(max_length=40)] = None,
    service: Annotated[str | None, Query(max_length=60)] = None,
    closed: bool = False,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 25,
) -> HttpResponse:
    """List the organisation's cases, the most urgent first, or the closed ones, newest first."""
    with acting(request.auth):  # type: ignore[attr-defined]
        text = queue_json(
            _permission(request),
            status=status,
            service=service,
            closed=closed,
            page=page,
            size=size,
        )
    return text_answer(text)


@router.get(
    "/cases/{reference}",
    auth=Bearer("cases:read"),
    response={200: CaseOut, 404: ProblemOut},
    operation_id="read_case",
)
def read_case(request: HttpRequest, reference: Reference) -> HttpResponse:
    """Return one case with its events and decisions; that it was read is recorded."""
    with acting(request.auth):  # type: ignore[attr-defined]
        text = case_json(_permission(request), reference)
    return text_answer(text)


@router.post(
    "/cases/{reference}/decisions",
    auth=Bearer("cases:write"),
    response={200: CaseOut, **_REFUSALS},
    operation_id="decide_case",
)
def decide_case(request: HttpRequest, reference: Reference, body: DecideIn) -> HttpResponse:
    """Decide a case."""
    return _act(
        request,
        reference,
        "decisions",
        lambda: actions.decide(
            reference,
            outcome=body.outcome,
            ground=body.ground,
            reason=body.reason,
            count=body.granted,
            actor=request.auth,  # type: ignore[attr-defined]
            at=request.at,  # type: ignore[attr-defined]
        ),
    )


@router.post(
    "/cases/{reference}/reviews",
    auth=Bearer("cases:write"),
    response={200: CaseOut, **_REFUSALS},
    operation_id="ask_review",
)
def ask_review(request: HttpRequest, reference: Reference, body: WordsIn) -> HttpResponse:
    """Ask for the applicant that a decision be looked at again, in their words."""
    return _act(
        request,
        reference,
        "reviews",
        lambda: actions.ask_review(
            reference,
            words=body.words,
            actor=request.auth,  # type: ignore[attr-defined]
            at=request.at,  # type: ignore[attr-defined]
        ),
    )


@router.post(
    "/cases/{reference}/reviews/decisions",
    auth=Bearer("cases:write"),
    response={200: CaseOut, **_REFUSALS},
    operation_id="review_case",
)
def review_case(request: HttpRequest, reference: Reference, body: DecideIn) -> HttpResponse:
    """Uphold or change a decision, by a system that took no part in it."""
    return _act(
        request,
        reference,
        "reviews/decisions",
        lambda: actions.review(
            reference,
            outcome=body.outcome,
            ground=body.ground,
            reason=body.reason,
            actor=request.auth,  # type: ignore[attr-defined]
            at=request.at,  # type: ignore[attr-defined]
        ),
    )


@router.post(
    "/cases/{reference}/questions",
    auth=Bearer("cases:write"),
    response={200: CaseOut, **_REFUSALS},
    operation_id="ask_for_more",
)
def ask_for_more(request: HttpRequest, reference: Reference, body: WordsIn) -> HttpResponse:
    """Ask the applicant for something; the clock stops until they reply."""
    return _act(
        request,
        reference,
        "questions",
        lambda: actions.ask_for_more(
            reference,
            words=body.words,
            actor=request.auth,  # type: ignore[attr-defined]
            at=request.at,  # type: ignore[attr-defined]
        ),
    )


@router.post(
    "/cases/{reference}/notes",
    auth=Bearer("cases:write"),
    response={200: CaseOut, **_REFUSALS},
    operation_id="note_on_case",
)
def note_on_case(request: HttpRequest, reference: Reference, body: WordsIn) -> HttpResponse:
    """Add a note that colleagues see and the applicant does not."""
    return _act(
        request,
        reference,
        "notes",
        lambda: actions.note(
            reference,
            text=body.words,
            actor=request.auth,  # type: ignore[attr-defined]
            at=request.at,  # type: ignore[attr-defined]
        ),
    )


@router.put(
    "/cases/{reference}/assignee",
    auth=Bearer("cases:write"),
    response={200: CaseOut, **_REFUSALS},
    operation_id="assign_case",
)
def assign_case(request: HttpRequest, reference: Reference, body: AssignIn) -> HttpResponse:
    """Give a case to a colleague by their e-mail address, or back to the queue."""
    actor = request.auth  # type: ignore[attr-defined]

    def deed() -> None:
        to = None if body.email is None else colleague_by_email(actor.organisation, body.email)
        actions.assign(reference, to=to, actor=actor, at=request.at)  # type: ignore[attr-defined]

    return _act(request, reference, "assignee", deed)


def _act(request: HttpRequest, reference: str, what: str, deed: Callable[[], None]) -> HttpResponse:
    def act() -> tuple[int, str]:
        deed()
        return 200, case_json(_permission(request), reference)

    return act_once(request, route=f"cases/{reference}/{what}", act=act)
