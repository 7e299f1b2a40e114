"""What is answered where nothing is: a page for people, a problem for machines."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from standpipe.api.answers import problem
from standpipe.web import problems

MACHINES = ("/api/", "/oauth/")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here, in the manner of whoever asks."""
    if request.path.startswith(MACHINES):
        detail = "There is nothing at this address. /api/v1/openapi.json lists what there is."
        return problem(404, "Not found", detail)
    return problems.not_found(request, exception)
