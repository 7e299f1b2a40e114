"""The times that an assessing organisation offers, and who did not come."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from ninja import Router

from standpipe.api.access import Bearer
from standpipe.api.acting_once import act_once
from standpipe.api.answers import json_answer, problem_text
from standpipe.api.assessment_schemas import ReferralId, SlotOut, SlotsIn
from standpipe.api.schemas import ProblemOut
from standpipe.assessments import actions
from standpipe.assessments.actions import PURPOSE
from standpipe.assessments.queries import slots
from standpipe.consent.actions import permit_task
from standpipe.consent.permission import Permission
from standpipe.identity.tenancy import acting
from standpipe.kernel.canonical import canonical_json
from standpipe.packs.loaded import packs
from standpipe.places.queries import organisation_slug

router = Router(tags=["assessments"])

_REFUSALS = {(400, 404, 409, 422): ProblemOut}


def _permission(request: HttpRequest) -> Permission:
    actor = request.auth  # type: ignore[attr-defined]
    at = request.at  # type: ignore[attr-defined]
    return permit_task(actor, organisation=actor.organisation, purpose=PURPOSE, at=at)


@router.get(
    "/slots",
    auth=Bearer("assessments:read"),
    response={200: list[SlotOut]},
    operation_id="list_slots",
)
def list_slots(request: HttpRequest) -> HttpResponse:
    """List the times that the organisation offers from now on; who took one is not said."""
    with acting(request.auth):  # type: ignore[attr-defined]
        return json_answer([asdict(one) for one in slots(_permission(request))])


@router.post(
    "/slots",
    auth=Bearer("assessments:write"),
    response={201: dict[str, int], **_REFUSALS},
    operation_id="offer_slots",
)
def offer_slots(request: HttpRequest, body: SlotsIn) -> HttpResponse:
    """Offer times for a service that asks this organisation to see people."""
    actor, at = request.auth, request.at  # type: ignore[attr-defined]

    def act() -> tuple[int, str]:
        pack = packs().get(body.service)
        case = pack.case if pack else None
        if (
            case is None
            or case.assessment is None
            or case.assessor != organisation_slug(actor.organisation)
            or body.kind not in case.assessment.appointment.bookable
        ):
            detail = "This service does not ask your organisation to see people so."
            return 422, problem_text(422, "No such appointments", detail)
        made = actions.publish_slots(
            body.service,
            starts=[one for one in body.starts if one > at],
            minutes=case.assessment.appointment.length_minutes,
            kind=body.kind,
            place=body.place,
            actor=actor,
            at=at,
        )
        return 201, canonical_json({"offered": made})

    return act_once(request, route="slots", act=act)


@router.post(
    "/referrals/{reference}/absences",
    auth=Bearer("assessments:write"),
    response={200: dict[str, str], **_REFUSALS},
    operation_id="record_absence",
)
def record_absence(request: HttpRequest, reference: ReferralId) -> HttpResponse:
    """Record that somebody did not come to their appointment."""

    def act() -> tuple[int, str]:
        actor, at = request.auth, request.at  # type: ignore[attr-defined]
        actions.miss(reference, actor=actor, at=at)
        return 200, canonical_json({"reference": reference, "appointment": "missed"})

    return act_once(request, route=f"referrals/{reference}/absences", act=act)
