"""What every page for staff begins and ends with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from standpipe.places.queries import organisation_slug
from standpipe.web.rendering import show


def show_to_staff(
    request: HttpRequest, template: str, values: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Show a page in the look of the organisation that the actor works for."""
    slug = organisation_slug(request.actor.organisation)
    return show(request, template, values, organisation=slug, status=status)
