"""The check by number: valid, not valid or unknown, and that it was asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from standpipe.api.access import Bearer
from standpipe.api.answers import json_answer
from standpipe.api.schemas import CheckIn, CheckOut, ProblemOut
from standpipe.entitlements.actions import check
from standpipe.identity.tenancy import acting

router = Router(tags=["entitlements"])


@router.post(
    "/entitlement-checks",
    auth=Bearer("entitlements:check"),
    response={200: CheckOut, (400, 422): ProblemOut},
    operation_id="check_entitlement",
)
def check_entitlement(request: HttpRequest, body: CheckIn) -> HttpResponse:
    """Say whether a number is valid today; the person can see that it was asked."""
    with acting(request.auth):  # type: ignore[attr-defined]
        answer = check(
            body.kind,
            body.number,
            actor=request.auth,  # type: ignore[attr-defined]
            at=request.at,  # type: ignore[attr-defined]
        )
    return json_answer({"kind": body.kind, "number": body.number, "answer": answer})
