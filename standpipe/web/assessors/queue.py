"""What an organisation was asked to assess, the most urgent first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from standpipe.assessments.queries import referrals as referrals_of_organisation
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import packs, place, vocabulary
from standpipe.web.access import open_to
from standpipe.web.assessors.opening import permission_of, title_needs
from standpipe.web.presenters.assessment import referral_rows
from standpipe.web.rendering import language_of
from standpipe.web.staff.opening import show_to_staff


@open_to("assessor")
def referrals(request: HttpRequest) -> HttpResponse:
    """List the referrals that are open, or those that are closed."""
    closed = request.GET.get("closed") == "yes"
    with acting(request.actor):
        found = referrals_of_organisation(
            permission_of(request.actor, request.at), closed=closed, title_needs=title_needs()
        )
    rows = referral_rows(
        found,
        packs(),
        place(),
        vocabulary(),
        on=request.at.date(),
        language=language_of(request),
    )
    return show_to_staff(request, "assessors/referrals.html", {"rows": rows, "closed": closed})
