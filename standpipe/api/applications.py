"""Applications: lodge a whole one, see what became of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from standpipe.api.access import Bearer
from standpipe.api.acting_once import act_once
from standpipe.api.answers import json_answer, problem_text
from standpipe.api.schemas import ApplicationIn, ApplicationOut, ProblemOut, Reference
from standpipe.applications.actions import lodge
from standpipe.applications.actions.lodging import NotTaken
from standpipe.applications.application import Unfinished
from standpipe.applications.queries import open_application
from standpipe.kernel.canonical import canonical_json

router = Router(tags=["applications"])


@router.post(
    "/applications",
    auth=Bearer("applications:write"),
    response={201: ApplicationOut, (400, 404, 409, 422): ProblemOut},
    operation_id="lodge_application",
)
def lodge_application(request: HttpRequest, body: ApplicationIn) -> HttpResponse:
    """Lodge a complete application for a person; the same Idempotency-Key lodges it once."""

    def act() -> tuple[int, str]:
        try:
            reference, submitted = lodge(
                body.service,
                answers=body.answers,
                declared=body.declared,
                language=body.language,
                channel=body.channel,
                actor=request.auth,  # type: ignore[attr-defined]
                at=request.at,  # type: ignore[attr-defined]
            )
        except NotTaken as refused:
            errors = [
                {"need": need, "message": fault.message.in_(body.language)}
                for need, faults in refused.faults.items()
                for fault in faults
            ]
            return 422, problem_text(422, "Some answers cannot be taken", str(refused), errors)
        except Unfinished as unfinished:
            errors = [{"page": unfinished.page}]
            return 422, problem_text(422, "Something is missing", str(unfinished), errors)
        answer = {"reference": reference, "status": submitted.state, "service": body.service}
        return 201, canonical_json(answer)

    return act_once(request, route="applications", act=act)


@router.get(
    "/applications/{reference}",
    auth=Bearer("applications:read"),
    response={200: ApplicationOut, 404: ProblemOut},
    operation_id="read_application",
)
def read_application(request: HttpRequest, reference: Reference) -> HttpResponse:
    """Tell what became of an application of the client's organisation."""
    view = open_application(
        reference,
        actor=request.auth,  # type: ignore[attr-defined]
        at=request.at,  # type: ignore[attr-defined]
    )
    return json_answer(
        {
            "reference": view.reference,
            "service": view.service,
            "status": view.status,
            "begun_at": view.begun_at,
            "submitted_at": view.submitted_at,
            "decided_at": view.decided_at,
            "outcome": view.outcome or None,
        }
    )
