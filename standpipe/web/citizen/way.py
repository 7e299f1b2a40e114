"""The way through a form: what comes before and after a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from standpipe.applications.application import ApplicationView
from standpipe.packs.form import Page
from standpipe.web.citizen.opening import opened
from standpipe.web.links import link
from standpipe.web.read_out import page_script

# What a page's address says when the person came from their answers to change one.
CHANGING = "from=check"


def is_changing(request: HttpRequest) -> bool:
    """Say whether the person came from "check your answers"."""
    return request.GET.get("from") == "check"


def page_frame(request: HttpRequest, view: ApplicationView, page: Page) -> dict[str, Any]:
    """Return what every question page shows besides its questions."""
    return {
        "back_url": back_url(request, view, page),
        "is_first": _place(view, page) == 0,
        "script": page_script(request, view, page),
    }


def back_url(request: HttpRequest, view: ApplicationView, page: Page) -> str:
    """Return where "Back" leads: the answers, the page before, or the start of the service."""
    if is_changing(request):
        return link(request, "check_answers", view.reference)
    place = _place(view, page)
    if place == 0:
        return reverse("service", args=[view.service])
    return link(request, "question", view.reference, view.visible[place - 1].id)


def last_page_url(request: HttpRequest, view: ApplicationView) -> str:
    """Return where "Back" leads from "check your answers"."""
    if not view.visible:
        return reverse("service", args=[view.service])
    return link(request, "question", view.reference, view.visible[-1].id)


def next_url(request: HttpRequest, view: ApplicationView, page: Page) -> str:
    """
    Return where "Continue" leads, now that a page is answered.

    Through the form in its order, past what is known from elsewhere; from a changed answer
    straight to what that made necessary, and else back to the answers.
    """
    after = opened(request, view.reference)
    if is_changing(request):
        if after.next_page is None:
            return link(request, "check_answers", view.reference)
        following = link(request, "question", view.reference, after.next_page.id)
        return f"{following}?{CHANGING}"
    for one in after.visible[_place(after, page) + 1 :]:
        if not _known_from_elsewhere(after, one):
            return link(request, "question", view.reference, one.id)
    return link(request, "application", view.reference)


def _known_from_elsewhere(view: ApplicationView, page: Page) -> bool:
    """Say whether all that a page asks was told without it: on paper, or for what is renewed."""
    if view.next_page is not None and page.id == view.next_page.id:
        return False
    known = [view.facts[ask.need] for ask in page.ask if ask.need in view.facts]
    return bool(known) and not any(fact.page for fact in known)


def _place(view: ApplicationView, page: Page) -> int:
    ids = [one.id for one in view.visible]
    return ids.index(page.id) if page.id in ids else 0
