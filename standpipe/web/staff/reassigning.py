"""Giving the chosen cases of the queue to a colleague, or back; then what became of each."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from standpipe.applications.actions.reassigning import reassign
from standpipe.identity.queries import colleagues
from standpipe.web.access import open_to
from standpipe.web.rendering import words_in
from standpipe.web.staff.opening import show_to_staff

QUEUE = "queue"


@open_to("caseworker", "manager", methods=("POST",))
def reassign_cases(request: HttpRequest) -> HttpResponse:
    """Reassign, and report what was given and what was not; with nothing chosen, say so."""
    say = words_in(request)
    references, chosen = request.POST.getlist("case"), request.POST.get("to", "")
    known = {str(one.id): one.name for one in colleagues(request.actor.organisation)}
    fault = None
    if not references:
        fault = say("reassign.no_case")
    elif chosen != QUEUE and chosen not in known:
        fault = say("reassign.no_colleague")
    if fault:
        return show_to_staff(request, "staff/reassigned.html", {"fault": fault}, status=422)
    to = None if chosen == QUEUE else UUID(chosen)
    done = reassign(references, to=to, actor=request.actor, at=request.at)
    values = {
        "fault": None,
        "to": known.get(chosen),
        "given": done.given,
        "left": [{"reference": one.reference, "why": one.why} for one in done.left],
    }
    return show_to_staff(request, "staff/reassigned.html", values)
