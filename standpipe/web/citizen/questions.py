"""One page of a form: what it asks, and what was answered."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from standpipe.applications.actions import answer
from standpipe.applications.application import ApplicationView
from standpipe.packs.form import Page
from standpipe.packs.loaded import vocabulary
from standpipe.vocabulary.answers import FieldFault, Submitted
from standpipe.web.access import open_to
from standpipe.web.citizen.addresses import address_page
from standpipe.web.citizen.consulting import consult_page
from standpipe.web.citizen.opening import opened, show_in
from standpipe.web.citizen.repeating import repeating_page
from standpipe.web.citizen.uploading import upload_page
from standpipe.web.citizen.way import next_url, page_frame
from standpipe.web.links import link
from standpipe.web.presenters.question import asks_for_address, is_offered, offer, question_form
from standpipe.web.rendering import language_of
from standpipe.web.uploads import answers_of


@open_to("applicant")
def application(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the person to where they left off."""
    view = opened(request, reference)
    if view.status == "paying":
        return HttpResponseRedirect(link(request, "pay", reference))
    if view.status != "draft":
        return HttpResponseRedirect(link(request, "outcome", reference))
    if view.next_page is None:
        return HttpResponseRedirect(link(request, "check_answers", reference))
    return HttpResponseRedirect(link(request, "question", reference, view.next_page.id))


@open_to("applicant", methods=("GET", "POST"))
def question(request: HttpRequest, reference: str, page: str) -> HttpResponse:
    """Ask one page, or keep what was answered and go on to the next."""
    view = opened(request, reference)
    asked = next((one for one in view.visible if one.id == page), None)
    if view.status != "draft":
        return HttpResponseRedirect(link(request, "application", reference))
    if asked is None:
        # An earlier answer took this page away, or it was never part of this form.
        if any(one.id == page for one in view.pack.form.pages):
            return HttpResponseRedirect(link(request, "application", reference))
        raise Http404
    if asked.repeat:
        return repeating_page(request, view, asked)
    if asked.kind == "consult":
        return consult_page(request, view, asked)
    if asked.kind == "upload":
        return upload_page(request, view, asked)
    if asks_for_address(asked, vocabulary()):
        return address_page(request, view, asked)
    return _ask(request, view, asked)


def _ask(request: HttpRequest, view: ApplicationView, page: Page) -> HttpResponse:
    if request.method != "POST":
        if is_offered(view, page) and "change" not in request.GET:
            return _offer(request, view, page)
        return show_question(request, view, page)
    sent = answers_of(request)
    answered = answer(
        view.reference, page=page.id, submitted=sent, actor=request.actor, at=request.at
    )
    if answered.faults:
        return show_question(request, view, page, sent=sent, faults=answered.faults)
    return HttpResponseRedirect(next_url(request, view, page))


def show_question(
    request: HttpRequest,
    view: ApplicationView,
    page: Page,
    *,
    sent: Submitted | None = None,
    faults: tuple[FieldFault, ...] = (),
) -> HttpResponse:
    """Show a page's questions, with what was sent and what is wrong with it."""
    form = question_form(
        view, page, vocabulary(), sent=sent, faults=faults, language=language_of(request)
    )
    return show_in(
        request,
        view,
        "citizen/question.html",
        {**page_frame(request, view, page), **form},
        status=422 if faults else 200,
    )


def _offer(request: HttpRequest, view: ApplicationView, page: Page) -> HttpResponse:
    language = language_of(request)
    query = request.GET.copy()
    query["change"] = "yes"
    return show_in(
        request,
        view,
        "citizen/offer.html",
        {
            **page_frame(request, view, page),
            "offer": offer(view, page, vocabulary(), language=language),
            "change_url": f"{request.path}?{query.urlencode()}",
        },
    )
