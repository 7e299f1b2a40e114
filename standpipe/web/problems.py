"""The pages for when something is wrong; each says what to do next."""

from __future__ import annotations

import sys

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from standpipe.applications.actions.concerning import NoSuchEntry
from standpipe.applications.application import (
    AlreadySent,
    NoSuchApplication,
    NoSuchPage,
    NoSuchService,
)
from standpipe.assessments.referral import NoSuchReferral
from standpipe.assistance.actions import NoSuchHelp
from standpipe.cases.actions import NoSuchCase
from standpipe.consent.actions import NotPermitted
from standpipe.documents.queries import NoSuchDocument
from standpipe.entitlements.actions.taking_in import NoSuchIntake
from standpipe.kernel.errors import Refused, Unavailable
from standpipe.packs.actions import UnreadableVersion
from standpipe.policy.draft import NoSuchDraft, NotOurs
from standpipe.policy.template_text import NoSuchText
from standpipe.quality.sample import NoSuchSample
from standpipe.web.factor_secrets import UnreadableSecret
from standpipe.web.rendering import home_organisation, language_of, show

log = structlog.get_logger("web")

# One page for what is not there and for what is somebody else's.
NOT_THERE = (
    NoSuchApplication,
    NoSuchCase,
    NoSuchDocument,
    NoSuchEntry,
    NoSuchPage,
    NoSuchReferral,
    NoSuchIntake,
    NoSuchService,
    NoSuchDraft,
    NoSuchSample,
    NoSuchText,
    NotOurs,
    NotPermitted,
    NoSuchHelp,
)


def answer_to(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Return the page for an error that a person or time can mend; None if it is a bug."""
    match error:
        case _ if isinstance(error, NOT_THERE):
            return not_found(request)
        case AlreadySent():
            return show(request, "web/already_sent.html", status=409)
        case Refused():
            log.info("refused", reason=type(error).__name__)
            return show(request, "web/refused.html", {"reason": str(error)}, status=409)
        case UnreadableSecret():
            log.error("second_factor.unreadable")
            return show(request, "web/refused.html", {"reason": error.message}, status=503)
        case UnreadableVersion():
            return unreadable(request, error)
        case Unavailable() | OperationalError() | InterfaceError():
            log.warning("unavailable", reason=type(error).__name__)
            return unavailable(request)
    return None


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """
    Say that there is no such page.

    The same page answers for what never was and for what belongs to somebody else: it tells
    nobody which of the two.
    """
    return show(request, "web/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this may not be done."""
    return show(request, "web/forbidden.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what the browser sent cannot be read."""
    return show(request, "web/bad_request.html", status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours; or that time will mend it, if the database is away."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return show(request, "web/failed.html", status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that something we need is away for a while."""
    response = show(request, "web/unavailable.html", status=503)
    response.headers["Retry-After"] = "30"
    return response


def unreadable(request: HttpRequest, error: UnreadableVersion) -> HttpResponse:
    """Say that an application is kept but cannot be shown, and to staff what does not load."""
    log.error("version.unreadable", pack=error.name, version=error.version, why=str(error))
    match = request.resolver_match
    organisation = home_organisation()
    values = {
        "reference": match.kwargs.get("reference", "") if match else "",
        "version": f"{error.name} {error.version}",
        "faults": [str(fault) for fault in error.faults],
        "is_staff": request.actor.kind == "staff",  # type: ignore[attr-defined]
        "organisation": organisation.name.in_(language_of(request)),
        "contact": organisation.contact,
        "hours": organisation.contact.hours.in_(language_of(request)),
    }
    response = show(request, "web/unreadable.html", values, status=503)
    response.headers["Retry-After"] = "3600"
    return response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was open for too long, or that cookies are off; nothing was sent."""
    log.info("csrf.refused", reason=reason)
    return show(request, "web/csrf_failed.html", status=403)
