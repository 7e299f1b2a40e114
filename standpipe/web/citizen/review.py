"""Asking that a decision be looked at again: why, with anything new, or that it is too late."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from standpipe.applications.actions import ask_review
from standpipe.applications.application import ApplicationView
from standpipe.documents.cleaning import NotAcceptable
from standpipe.packs.loaded import place
from standpipe.web.access import open_to
from standpipe.web.citizen.opening import opened, show_in
from standpipe.web.links import link
from standpipe.web.presenters.review import review_part, stands_towards
from standpipe.web.rendering import language_of, words_in
from standpipe.web.uploads import uploads_of


@open_to("applicant", methods=("GET", "POST"))
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a review of a decision; whoever comes too late is told where else to go."""
    view = opened(request, reference)
    stands = stands_towards(view, on=request.at.date())
    if stands not in ("can_ask", "too_late"):
        return HttpResponseRedirect(link(request, "outcome", reference))
    if request.method != "POST" or stands == "too_late":
        return _show(request, view)
    say, language = words_in(request), language_of(request)
    uploads = uploads_of(request, "files")
    words = request.POST.get("words", "").strip()
    if not words:
        return _show(request, view, fault=("words", say("review.no_words")))
    if any(upload.is_too_large for upload in uploads):
        return _show(request, view, words=words, fault=("files", say("more.too_large")))
    try:
        ask_review(
            reference,
            words=words,
            files=[(upload.name, upload.content) for upload in uploads],
            actor=request.actor,
            at=request.at,
        )
    except NotAcceptable as refused:
        fault = ("files", refused.message.in_(language))
        return _show(request, view, words=words, fault=fault)
    return HttpResponseRedirect(link(request, "outcome", reference))


def _show(
    request: HttpRequest,
    view: ApplicationView,
    *,
    words: str = "",
    fault: tuple[str, str] | None = None,
) -> HttpResponse:
    language = language_of(request)
    organisation = place().organisation(view.organisation_slug)
    part = review_part(
        view,
        organisation=organisation.name.in_(language),
        on=request.at.date(),
        language=language,
    )
    values = {
        "review": part,
        "reason": view.case.decisions[0].reason.in_(language),
        "words": words,
        "fault": fault,
        "organisation": organisation.name.in_(language),
        "contact": organisation.contact,
        "hours": organisation.contact.hours.in_(language),
    }
    return show_in(request, view, "citizen/review.html", values, status=422 if fault else 200)
