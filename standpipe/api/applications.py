"""Applications: lodge a whole one or a draft, add its files, send it, see what became of it."""

from __future__ import annotations

from typing import Annotated

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from standpipe.api.access import Bearer
from standpipe.api.acting_once import act_once
from standpipe.api.answers import json_answer, problem, problem_text
from standpipe.api.schemas import (
    ApplicationIn,
    ApplicationOut,
    FileOut,
    ProblemOut,
    Reference,
    SendIn,
)
from standpipe.applications.actions.loading import Loaded, load_draft
from standpipe.applications.actions.lodging import (
    NotTaken,
    file_kind,
    lodge,
    lodge_file,
    send_lodged,
)
from standpipe.applications.application import NotDeclared, Unfinished
from standpipe.applications.queries import open_application
from standpipe.documents.cleaning import NotAcceptable, clean
from standpipe.identity.tenancy import acting
from standpipe.kernel.canonical import canonical_json, digest

router = Router(tags=["applications"])

_REFUSALS = {(400, 404, 409, 413, 422): ProblemOut}


@router.post(
    "/applications",
    auth=Bearer("applications:write"),
    response={201: ApplicationOut, **_REFUSALS},
    operation_id="lodge_application",
)
def lodge_application(request: HttpRequest, body: ApplicationIn) -> HttpResponse:
    """Lodge an application for a person, once for each Idempotency-Key; a draft if so said."""

    def act() -> tuple[int, str]:
        try:
            loaded = lodge(
                body.service,
                answers=body.answers,
                language=body.language,
                channel=body.channel,
                for_whom=body.for_whom,
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
        if body.draft:
            return 201, _told(loaded, "draft")
        return _send(loaded, declared=body.declared, status=201)

    return act_once(request, route="applications", act=act)


@router.post(
    "/applications/{reference}/files",
    auth=Bearer("applications:write"),
    response={201: FileOut, **_REFUSALS},
    operation_id="send_file",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    },
)
def send_file(
    request: HttpRequest,
    reference: Reference,
    need: Annotated[str, Query(max_length=120)],
    name: Annotated[str, Query(max_length=200)],
) -> HttpResponse:
    """Send one file of a draft as the body of the request; it is opened, made safe and kept."""
    largest = settings.ENV.max_upload_mb * 1024 * 1024
    content = request.read(largest + 1)
    if len(content) > largest:
        return problem(413, "The file is too large", f"Send at most {largest // 1048576} MB.")
    actor, at = request.auth, request.at  # type: ignore[attr-defined]
    with acting(actor):
        kind = file_kind(reference, need=need, actor=actor, at=at)
    try:
        # Reading a stranger's file can take seconds: no transaction waits for it.
        cleaned = clean(content, name=name, kind=kind)
    except NotAcceptable as refused:
        return problem(422, "The file cannot be taken", refused.message.en)

    def act() -> tuple[int, str]:
        file = lodge_file(reference, need=need, cleaned=cleaned, actor=actor, at=at)
        return 201, canonical_json(file)

    said = f"{need} {name} {digest(content)}".encode()
    return act_once(request, route=f"applications/{reference}/files", act=act, said=said)


@router.post(
    "/applications/{reference}/submission",
    auth=Bearer("applications:write"),
    response={200: ApplicationOut, **_REFUSALS},
    operation_id="send_application",
)
def send_application(request: HttpRequest, reference: Reference, body: SendIn) -> HttpResponse:
    """Send a draft that was lodged before."""

    def act() -> tuple[int, str]:
        loaded = load_draft(
            reference,
            actor=request.auth,  # type: ignore[attr-defined]
            at=request.at,  # type: ignore[attr-defined]
        )
        return _send(loaded, declared=body.declared, status=200)

    return act_once(request, route=f"applications/{reference}/submission", act=act)


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
            "channel": view.channel,
            "for_whom": view.for_whom,
            "begun_at": view.begun_at,
            "submitted_at": view.submitted_at,
            "decided_at": view.decided_at,
            "outcome": view.outcome or None,
        }
    )


def _send(loaded: Loaded, *, declared: bool, status: int) -> tuple[int, str]:
    try:
        submitted = send_lodged(loaded, declared=declared)
    except Unfinished as unfinished:
        errors = [{"page": unfinished.page}]
        return 422, problem_text(422, "Something is missing", str(unfinished), errors)
    except NotDeclared as undeclared:
        errors = [{"field": "declared"}]
        return 422, problem_text(422, "Not declared", str(undeclared), errors)
    return status, _told(loaded, "decided" if submitted.state == "decided" else "submitted")


def _told(loaded: Loaded, status: str) -> str:
    row = loaded.row
    return canonical_json({"reference": row.reference, "status": status, "service": row.service})
