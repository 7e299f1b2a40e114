"""What came of an application, and what its person can still do."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications.actions import reply, withdraw
from standpipe.applications.actions.concluding import write_letter
from standpipe.applications.application import ApplicationView
from standpipe.applications.queries import own_document
from standpipe.documents.cleaning import NotAcceptable
from standpipe.packs.loaded import packs, place
from standpipe.web.access import open_to
from standpipe.web.citizen.opening import opened, show_in
from standpipe.web.downloads import attachment
from standpipe.web.links import link
from standpipe.web.presenters.outcome import outcome_page
from standpipe.web.rendering import language_of, words_in
from standpipe.web.uploads import uploads_of


@open_to("applicant")
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the decision with its reasons, or what happens next and when."""
    view = opened(request, reference)
    if view.status in ("draft", "paying"):
        return HttpResponseRedirect(link(request, "application", reference))
    values = outcome_page(
        view,
        place().organisation(view.organisation_slug),
        on=request.at.date(),
        language=language_of(request),
    )
    values["complaints"] = view.pack.complaints if view.pack.complaints in packs() else None
    return show_in(request, view, "citizen/outcome.html", values)


@open_to("applicant")
def own_file(request: HttpRequest, reference: str, document: UUID) -> HttpResponse:
    """Send a file of one's own application: always to keep, never to show in the browser."""
    return attachment(own_document(reference, document, actor=request.actor, at=request.at))


@open_to("applicant")
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the decision letter; written now, where the worker has not come to it yet."""
    view = opened(request, reference)
    written = view.letter or write_letter(reference, actor=request.actor, at=request.at)
    if written is None:
        return HttpResponseRedirect(link(request, "outcome", reference))
    return own_file(request, reference, written)


@open_to("applicant", methods=("GET", "POST"))
def send_more(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer what staff asked for, in words and files."""
    view = opened(request, reference)
    if view.case is None or view.case.position.waits_on != "applicant" or view.case.closed_at:
        return HttpResponseRedirect(link(request, "application", reference))
    if request.method != "POST":
        return _show_send_more(request, view)
    say, language = words_in(request), language_of(request)
    uploads = uploads_of(request, "files")
    words = request.POST.get("words", "").strip()
    if any(upload.is_too_large for upload in uploads):
        return _show_send_more(request, view, words=words, fault=("files", say("more.too_large")))
    if not words and not uploads:
        return _show_send_more(request, view, words=words, fault=("words", say("more.nothing")))
    try:
        reply(
            reference,
            words=words or say("more.files_alone"),
            files=[(upload.name, upload.content) for upload in uploads],
            actor=request.actor,
            at=request.at,
        )
    except NotAcceptable as refused:
        fault = ("files", refused.message.in_(language))
        return _show_send_more(request, view, words=words, fault=fault)
    return HttpResponseRedirect(link(request, "outcome", reference))


def _show_send_more(
    request: HttpRequest,
    view: ApplicationView,
    *,
    words: str = "",
    fault: tuple[str, str] | None = None,
) -> HttpResponse:
    asked = [event.why for event in view.case.events if event.verb == "case.asked"]
    values = {"asked": asked[-1] if asked else "", "words": words, "fault": fault}
    return show_in(request, view, "citizen/send_more.html", values, status=422 if fault else 200)


@open_to("applicant", methods=("GET", "POST"))
def withdraw_application(request: HttpRequest, reference: str) -> HttpResponse:
    """Withdraw an application, after asking once whether that is meant."""
    view = opened(request, reference)
    if view.status not in ("draft", "paying", "submitted"):
        return HttpResponseRedirect(link(request, "application", reference))
    if request.method == "POST":
        withdraw(reference, actor=request.actor, at=request.at)
        return HttpResponseRedirect(resolve_url("applications"))
    return show_in(request, view, "citizen/withdraw.html", {})
