"""What a person can see of the expert who looks at their application."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from standpipe.web.access import open_to
from standpipe.web.citizen.opening import opened, show_in
from standpipe.web.presenters.case_assessment import referrals_shown
from standpipe.web.rendering import language_of


@open_to("applicant")
def assessment(request: HttpRequest, reference: str) -> HttpResponse:
    """Show to whom the application was referred, why, and what exactly they were told."""
    view = opened(request, reference)
    values = {"referrals": referrals_shown(view, language=language_of(request))}
    return show_in(request, view, "citizen/assessment.html", values)
