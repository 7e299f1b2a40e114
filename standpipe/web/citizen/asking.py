"""A page of questions: shown, offered from what is known, and kept or shown again with faults."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from standpipe.applications.actions import answer, own_to_choose
from standpipe.applications.application import ApplicationView
from standpipe.packs.form import Page
from standpipe.packs.loaded import vocabulary
from standpipe.vocabulary.answers import FieldFault, Submitted
from standpipe.web.citizen.opening import show_in
from standpipe.web.citizen.way import next_url, page_frame
from standpipe.web.presenters.question import offer, question_form
from standpipe.web.rendering import language_of


def keep_answers(
    request: HttpRequest, view: ApplicationView, page: Page, sent: Submitted
) -> HttpResponse:
    """Keep what was answered and go on to the next page, or show what is wrong with it."""
    answered = answer(
        view.reference, page=page.id, submitted=sent, actor=request.actor, at=request.at
    )
    if answered.faults:
        return show_questions(request, view, page, sent=sent, faults=answered.faults)
    return HttpResponseRedirect(next_url(request, view, page))


def show_questions(
    request: HttpRequest,
    view: ApplicationView,
    page: Page,
    *,
    sent: Submitted | None = None,
    faults: tuple[FieldFault, ...] = (),
) -> HttpResponse:
    """Show a page's questions, with what was sent and what is wrong with it."""
    form = question_form(
        view,
        page,
        vocabulary(),
        own=own_to_choose(view.reference, actor=request.actor, at=request.at)
        if any(ask.chosen_from for ask in page.ask)
        else (),
        sent=sent,
        faults=faults,
        language=language_of(request),
    )
    return show_in(
        request,
        view,
        "citizen/question.html",
        {**page_frame(request, view, page), **form},
        status=422 if faults else 200,
    )


def show_offer(request: HttpRequest, view: ApplicationView, page: Page) -> HttpResponse:
    """Show what is known already, to be kept or changed."""
    query = request.GET.copy()
    query["change"] = "yes"
    values = {
        **page_frame(request, view, page),
        "offer": offer(view, page, vocabulary(), language=language_of(request)),
        "change_url": f"{request.path}?{query.urlencode()}",
    }
    return show_in(request, view, "citizen/offer.html", values)
