"""A paper form that came back: added by staff, and shown while they write down what it says."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from standpipe.applications.actions import take_paper
from standpipe.applications.actions.returning import Taken
from standpipe.applications.application import ApplicationView
from standpipe.documents.cleaning import NotAcceptable
from standpipe.packs.loaded import vocabulary
from standpipe.vocabulary.need import Need
from standpipe.web.access import open_to
from standpipe.web.assist.helping import HELPERS, helped
from standpipe.web.citizen.opening import opened, show_in
from standpipe.web.links import link
from standpipe.web.rendering import language_of, words_in
from standpipe.web.uploads import upload_of


@helped
@open_to(*HELPERS, methods=("GET", "POST"))
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the form that came; say what was read from it, and what could not be."""
    view = opened(request, reference)
    if view.status != "draft":
        return HttpResponseRedirect(link(request, "application", reference))
    if request.method != "POST":
        return _show(request, view)
    say = words_in(request)
    upload = upload_of(request, "form")
    if upload is None:
        return _show(request, view, fault=say("paper.missing"))
    if upload.is_too_large:
        return _show(request, view, fault=say("paper.too_large"))
    try:
        taken = take_paper(
            reference, name=upload.name, content=upload.content, actor=request.actor, at=request.at
        )
    except NotAcceptable as refused:
        return _show(request, view, fault=refused.message.in_(language_of(request)))
    return show_in(request, view, "assist/paper_read.html", _read(request, view, taken))


def _show(request: HttpRequest, view: ApplicationView, *, fault: str | None = None) -> HttpResponse:
    values = {
        "fault": fault,
        "errors": [{"href": "#form", "text": fault}] if fault else [],
        "back_url": link(request, "application", view.reference),
        "blank": view.service,
    }
    return show_in(request, view, "assist/paper.html", values, status=422 if fault else 200)


def _read(request: HttpRequest, view: ApplicationView, taken: Taken) -> dict[str, Any]:
    language = language_of(request)
    return {
        "is_read": taken.is_read,
        "kept": taken.kept,
        "misread": [
            {
                "label": vocabulary()[Need.parse(one.need).attribute].label.in_(language),
                "written": one.written,
                "faults": [fault.message.in_(language) for fault in one.faults],
                "url": link(request, "question", view.reference, one.page),
            }
            for one in taken.misread
        ],
        "next_url": link(request, "application", view.reference),
    }
