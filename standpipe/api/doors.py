"""The API as one object, and its problems."""

from __future__ import annotations

from typing import Any

from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from standpipe.api import applications, assessments, cases, entitlements, services, slots
from standpipe.api.access import ScopeMissing
from standpipe.api.answers import problem
from standpipe.applications.application import NoSuchApplication, NoSuchService
from standpipe.assessments.referral import NoSuchReferral
from standpipe.cases.actions import NoSuchCase
from standpipe.consent.actions import NotPermitted
from standpipe.documents.queries import NoSuchDocument
from standpipe.kernel.errors import Refused, Unavailable

api = NinjaAPI(
    title="Standpipe",
    version="1",
    description="The acts of caseworkers and of systems that lodge applications for people.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
for each in (services, applications, cases, entitlements, assessments, slots):
    api.add_router("", each.router)

_NOT_THERE = (
    NoSuchApplication,
    NoSuchCase,
    NoSuchReferral,
    NoSuchDocument,
    NoSuchService,
    NotPermitted,
)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    if isinstance(refused, _NOT_THERE):
        # What belongs to others is not told apart from what is not there.
        return problem(404, "Not found", "There is nothing of this name in your organisation.")
    return problem(409, "Not possible now", str(refused))


@api.exception_handler(InterfaceError)
@api.exception_handler(OperationalError)
@api.exception_handler(Unavailable)
def _unavailable(request: HttpRequest, unavailable: Exception) -> HttpResponse:
    response = problem(503, "Not available", "Try again in a minute. Nothing was lost.")
    response.headers["Retry-After"] = "60"
    return response


@api.exception_handler(DataError)
@api.exception_handler(UnicodeEncodeError)
def _cannot_be_kept(request: HttpRequest, error: Exception) -> HttpResponse:
    # JSON can say characters that are none: NUL, and halves of others.
    detail = "It holds characters that cannot be kept, such as NUL. Leave them out."
    return problem(400, "The request cannot be read", detail)


@api.exception_handler(AuthenticationError)
def _unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = problem(401, "No valid token", "Get a token at /oauth/token and send it as Bearer.")
    response.headers["WWW-Authenticate"] = 'Bearer realm="standpipe"'
    return response


@api.exception_handler(ScopeMissing)
def _scope_missing(request: HttpRequest, missing: ScopeMissing) -> HttpResponse:
    return problem(403, "Not with this token", str(missing))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"field": ".".join(str(step) for step in one["loc"]), "message": one["msg"]}
        for one in error.errors
    ]
    return problem(422, "The request is not as it should be", "See each field.", errors)


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, "The request cannot be read", str(error))


def operations() -> list[tuple[str, str, Any]]:
    """Return (method, path below the API, operation) of everything the API can do."""
    found = []
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    found.append((method, f"{prefix}{path}", operation))
    return found
