"""One page of a form: what it asks, and what was answered."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from standpipe.applications.application import ApplicationView
from standpipe.packs.form import Page
from standpipe.packs.loaded import vocabulary
from standpipe.web.access import open_to
from standpipe.web.citizen.addresses import address_page
from standpipe.web.citizen.asking import keep_answers, show_offer, show_questions
from standpipe.web.citizen.consulting import consult_page
from standpipe.web.citizen.opening import opened
from standpipe.web.citizen.repeating import repeating_page
from standpipe.web.citizen.uploading import upload_page
from standpipe.web.links import link
from standpipe.web.presenters.question import asks_for_address, is_offered
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
    if request.method == "POST":
        return keep_answers(request, view, page, answers_of(request))
    if is_offered(view, page) and "change" not in request.GET:
        return show_offer(request, view, page)
    return show_questions(request, view, page)
