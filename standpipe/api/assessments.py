"""Assessments: what an organisation was asked, and its experts' acts in another system."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from standpipe.api.access import Bearer
from standpipe.api.acting_once import act_once
from standpipe.api.answers import json_answer, problem_text
from standpipe.api.assessment_schemas import (
    DeclareIn,
    ReferralId,
    ReferralLineOut,
    ReferralOut,
    ReportIn,
    ReturnIn,
)
from standpipe.api.schemas import ProblemOut
from standpipe.assessments import actions
from standpipe.assessments.actions import PURPOSE
from standpipe.assessments.findings import FaultyReport, read_findings
from standpipe.assessments.queries import open_file, open_referral, referrals
from standpipe.assessments.referral import NoSuchReferral, ReferralView
from standpipe.consent.actions import permit_task
from standpipe.consent.permission import Permission
from standpipe.identity.tenancy import acting
from standpipe.kernel.canonical import canonical_json
from standpipe.packs.actions import recall
from standpipe.packs.assessment import AssessmentDefinition
from standpipe.packs.loaded import packs

router = Router(tags=["assessments"])

_REFUSALS = {(400, 404, 409, 422): ProblemOut}


def _permission(request: HttpRequest) -> Permission:
    actor = request.auth  # type: ignore[attr-defined]
    at = request.at  # type: ignore[attr-defined]
    return permit_task(actor, organisation=actor.organisation, purpose=PURPOSE, at=at)


@router.get(
    "/referrals",
    auth=Bearer("assessments:read"),
    response={200: list[ReferralLineOut], 422: ProblemOut},
    operation_id="list_referrals",
)
def list_referrals(request: HttpRequest, closed: bool = False) -> HttpResponse:
    """List what the organisation was asked to assess, the most urgent first."""
    titles = sorted({need for name in packs() for need in packs()[name].title_needs})
    with acting(request.auth):  # type: ignore[attr-defined]
        found = referrals(_permission(request), closed=closed, title_needs=titles)
    return json_answer(
        [
            {
                "reference": one.reference,
                "service": one.service,
                "title": one.title,
                "state": one.state,
                "referred_at": one.referred_at,
                "due_on": one.due_on,
                "taken_by": one.taken_by_name,
            }
            for one in found
        ]
    )


@router.get(
    "/referrals/{reference}",
    auth=Bearer("assessments:read"),
    response={200: ReferralOut, 404: ProblemOut},
    operation_id="read_referral",
)
def read_referral(request: HttpRequest, reference: ReferralId) -> HttpResponse:
    """Return a referral with what was disclosed; all of it once somebody has declared."""
    with acting(request.auth):  # type: ignore[attr-defined]
        return json_answer(_body(request, reference))


@router.get(
    "/referrals/{reference}/files/{document}",
    auth=Bearer("assessments:read"),
    response={200: bytes, 404: ProblemOut, 409: ProblemOut},
    operation_id="read_disclosed_file",
)
def read_disclosed_file(
    request: HttpRequest, reference: ReferralId, document: UUID
) -> HttpResponse:
    """Return a disclosed file, while the referral is open."""
    with acting(request.auth):  # type: ignore[attr-defined]
        opened = open_file(reference, document, _permission(request))
    response = HttpResponse(opened.content, content_type=opened.media_type)
    response.headers["Content-Disposition"] = "attachment"
    response.headers["Cache-Control"] = "no-store"
    return response


@router.post(
    "/referrals/{reference}/declarations",
    auth=Bearer("assessments:write"),
    response={200: ReferralOut, **_REFUSALS},
    operation_id="declare_independence",
)
def declare_independence(
    request: HttpRequest, reference: ReferralId, body: DeclareIn
) -> HttpResponse:
    """Declare that an assessor is independent, which takes the referral; or that they are not."""

    def deed() -> None:
        _, definition = _opened(request, reference)
        actions.declare(
            reference,
            independent=body.independent,
            words=body.words,
            treated_by=definition.treated_by,
            actor=request.auth,  # type: ignore[attr-defined]
            at=request.at,  # type: ignore[attr-defined]
            name=body.assessor,
        )

    return _act(request, reference, "declarations", deed)


@router.post(
    "/referrals/{reference}/reports",
    auth=Bearer("assessments:write"),
    response={200: ReferralOut, **_REFUSALS},
    operation_id="report_assessment",
)
def report_assessment(request: HttpRequest, reference: ReferralId, body: ReportIn) -> HttpResponse:
    """Report what was found; it closes the referral, and the case goes back to those who asked."""

    def deed() -> None:
        _, definition = _opened(request, reference)
        sent = {"recommendation": body.recommendation, "words": body.words}
        for one in body.findings:
            sent |= {one.criterion: one.value, f"evidence_{one.criterion}": one.evidence}
        actions.report(
            reference,
            read_findings(definition, sent),
            language=body.language,
            actor=request.auth,  # type: ignore[attr-defined]
            at=request.at,  # type: ignore[attr-defined]
            name=body.assessor,
        )

    return _act(request, reference, "reports", deed)


@router.post(
    "/referrals/{reference}/returns",
    auth=Bearer("assessments:write"),
    response={200: ReferralOut, **_REFUSALS},
    operation_id="return_referral",
)
def return_referral(request: HttpRequest, reference: ReferralId, body: ReturnIn) -> HttpResponse:
    """Return a referral that nobody of the organisation can assess."""

    def deed() -> None:
        actor, at = request.auth, request.at  # type: ignore[attr-defined]
        actions.give_back(reference, why=body.words, actor=actor, at=at)

    return _act(request, reference, "returns", deed)


def _opened(request: HttpRequest, reference: str) -> tuple[ReferralView, AssessmentDefinition]:
    bare = open_referral(reference, _permission(request), before_declaring=())
    pack = recall(bare.pack_sha256, name=bare.service)
    definition = pack.case.assessment
    if definition is None:
        raise NoSuchReferral("There is no referral with this reference.")
    may_see = [*pack.title_needs, *definition.treated_by]
    return open_referral(reference, _permission(request), before_declaring=may_see), definition


def _body(request: HttpRequest, reference: str) -> dict[str, object]:
    view, definition = _opened(request, reference)
    return {
        "reference": view.reference,
        "service": view.service,
        "state": view.state,
        "why": {"en": definition.why.en, "cy": definition.why.cy},
        "referred_at": view.referred_at,
        "due_on": view.due_on,
        "taken_by": view.taken_by_name,
        "disclosed": [
            {"need": one.need, "value": one.value, "document": one.document}
            for one in view.disclosed
        ],
        "criteria": [
            {
                "id": one.id,
                "kind": one.kind,
                "label": {"en": one.label.en, "cy": one.label.cy},
                "options": list(one.options),
                "law": one.law,
            }
            for one in definition.criteria
        ],
        "recommendations": list(definition.recommendations),
    }


def _act(request: HttpRequest, reference: str, what: str, deed: Callable[[], None]) -> HttpResponse:
    def act() -> tuple[int, str]:
        try:
            deed()
        except FaultyReport as faulty:
            errors = [{"field": one.field, "message": one.message.en} for one in faulty.faults]
            title = "The report is not as it should be"
            return 422, problem_text(422, title, "See each field.", errors)
        return 200, canonical_json(_body(request, reference))

    return act_once(request, route=f"referrals/{reference}/{what}", act=act)
