"""Asking another organisation about the person: told first, agreed to, and shown afterwards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from standpipe.applications.actions import consult
from standpipe.applications.application import ApplicationView
from standpipe.packs.form import Page
from standpipe.packs.loaded import place, vocabulary
from standpipe.web.citizen.opening import show_in
from standpipe.web.citizen.way import next_url, page_frame
from standpipe.web.presenters.consultation import Proposal, proposal, result
from standpipe.web.registries import registry_owners
from standpipe.web.rendering import language_of, words_in


def consult_page(request: HttpRequest, view: ApplicationView, page: Page) -> HttpResponse:
    """Ask for agreement; after a yes or a no, show what came of it."""
    done = view.consultations.get(page.id)
    asked = done is not None and done.status != "asking"
    if request.method == "POST":
        if asked:
            return HttpResponseRedirect(next_url(request, view, page))
        return _answered(request, view, page)
    if asked:
        return _show_result(request, view, page)
    return _show_proposal(request, view, page)


def _answered(request: HttpRequest, view: ApplicationView, page: Page) -> HttpResponse:
    agreed = request.POST.get("agree")
    if agreed not in ("yes", "no"):
        return _show_proposal(request, view, page, nothing_chosen=True)
    shown = _proposal(request, view, page)
    consult(
        view.reference,
        page=page.id,
        agreed=agreed == "yes",
        wording=shown.wording,
        actor=request.actor,
        at=request.at,
    )
    # To the same page, which now shows what came of it.
    return HttpResponseRedirect(request.get_full_path())


def _proposal(request: HttpRequest, view: ApplicationView, page: Page) -> Proposal:
    return proposal(
        view,
        page,
        vocabulary(),
        owner=registry_owners()[page.registry or ""],
        organisation=place().organisation(view.organisation_slug).name,
        language=language_of(request),
    )


def _show_proposal(
    request: HttpRequest, view: ApplicationView, page: Page, *, nothing_chosen: bool = False
) -> HttpResponse:
    fault = words_in(request)("consult.nothing_chosen") if nothing_chosen else None
    values = {"proposal": _proposal(request, view, page), "fault": fault}
    return show_in(
        request,
        view,
        "citizen/consult.html",
        {**page_frame(request, view, page), **values},
        status=422 if nothing_chosen else 200,
    )


def _show_result(request: HttpRequest, view: ApplicationView, page: Page) -> HttpResponse:
    values = {
        "result": result(
            view,
            page,
            vocabulary(),
            owner=registry_owners()[page.registry or ""],
            language=language_of(request),
        )
    }
    return show_in(
        request, view, "citizen/consulted.html", {**page_frame(request, view, page), **values}
    )
