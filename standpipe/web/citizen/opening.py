"""What every page of an application begins and ends with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from standpipe.applications.application import ApplicationView
from standpipe.applications.queries import open_application
from standpipe.web.read_out import shown_to
from standpipe.web.rendering import show


def opened(request: HttpRequest, reference: str) -> ApplicationView:
    """
    Return the application that a page is about.

    :raises NoSuchApplication: if it is not the visitor's; the guard answers "not found"
    """
    return open_application(reference, actor=request.actor, at=request.at)


def show_in(
    request: HttpRequest,
    view: ApplicationView,
    template: str,
    values: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Show a page of an application, in its organisation's look and under its service's name."""
    shown_to(request, view)
    return show(
        request,
        template,
        {"reference": view.reference, **values},
        organisation=view.organisation_slug,
        service=(view.service, view.pack.label),
        status=status,
    )
