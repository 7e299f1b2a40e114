"""The one question after an outcome; nobody needs to answer it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.figures.actions import give_feedback
from standpipe.web.access import open_to
from standpipe.web.citizen.opening import opened, show_in
from standpipe.web.rendering import words_in

RATINGS = (5, 4, 3, 2, 1)
# In the session alone, so that what is kept does not say whose it is.
ANSWERED = "feedback_given"


@open_to("applicant", methods=("GET", "POST"))
def feedback(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask how it was; thank whoever has answered."""
    view = opened(request, reference)
    if view.status in ("draft", "paying"):
        return HttpResponseRedirect(resolve_url("application", reference))
    answered = request.session.get(ANSWERED, [])
    say = words_in(request)
    if reference in answered:
        return show_in(request, view, "citizen/feedback_given.html", {})
    fault = ""
    if request.method == "POST":
        rating = request.POST.get("rating", "")
        if rating in map(str, RATINGS):
            give_feedback(reference, rating=int(rating), actor=request.actor, at=request.at)
            request.session[ANSWERED] = [*answered, reference][-20:]
            return HttpResponseRedirect(resolve_url("feedback", reference))
        fault = say("feedback.fault")
    choices = [{"value": str(one), "text": say(f"feedback.rating.{one}")} for one in RATINGS]
    values = {
        "params": {
            "name": "rating",
            "idPrefix": "rating",
            "fieldset": {
                "legend": {
                    "text": say("feedback.question"),
                    "isPageHeading": True,
                    "classes": "govuk-fieldset__legend--l",
                }
            },
            "hint": {"text": say("feedback.hint")},
            "items": choices,
            **({"errorMessage": {"text": fault}} if fault else {}),
        },
        "errors": [{"href": "#rating", "text": fault}] if fault else [],
    }
    return show_in(request, view, "citizen/feedback.html", values, status=422 if fault else 200)
