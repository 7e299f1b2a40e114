"""What staff post or say by phone to people whom no e-mail and no text reaches."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.consent.actions import permit_task
from standpipe.consent.permission import Permission
from standpipe.documents.letters import compose
from standpipe.documents.queries import OpenedDocument, letter_of
from standpipe.identity.tenancy import acting
from standpipe.kernel.canonical import digest
from standpipe.notifications.actions import hand_on
from standpipe.notifications.queries import message_for_staff, waiting_for_staff
from standpipe.packs.loaded import place
from standpipe.places.queries import organisation_slug
from standpipe.web.access import open_to
from standpipe.web.downloads import attachment
from standpipe.web.presenters.posting import posting_groups
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.opening import show_to_staff

PURPOSE = "telling_people"
MOST = 200


@open_to("caseworker", "manager", methods=("GET", "POST"))
def post(request: HttpRequest) -> HttpResponse:
    """Show the letters to post and the calls to make; note those that are done."""
    if request.method == "POST":
        done = hand_on(_chosen(request), actor=request.actor, at=request.at)
        key = "post.done" if done else "post.nothing_chosen"
        messages.success(request, words_in(request)(key, count=done))
        return HttpResponseRedirect(resolve_url("post"))
    with acting(request.actor):
        rows = waiting_for_staff(_permission(request), most=MOST)
        enclosed = {
            one.id: letter_of(f"application:{one.reference}", since=one.written_at) for one in rows
        }
    values = {"groups": posting_groups(rows, enclosed, language=language_of(request))}
    return show_to_staff(request, "staff/post.html", values)


@open_to("caseworker", "manager")
def post_letter(request: HttpRequest, message: UUID) -> HttpResponse:
    """Give a letter to print."""
    with acting(request.actor):
        found = message_for_staff(message, permission=_permission(request))
    if found is None or found.channel != "letter":
        raise Http404
    organisation = place().organisation(organisation_slug(request.actor.organisation))
    content = compose(found.as_letter(organisation))
    name = f"{found.reference}-{found.name}.pdf"
    return attachment(OpenedDocument(name, "application/pdf", content, digest(name)))


def _permission(request: HttpRequest) -> Permission:
    actor = request.actor
    return permit_task(actor, organisation=actor.organisation, purpose=PURPOSE, at=request.at)


def _chosen(request: HttpRequest) -> list[UUID]:
    chosen = []
    for said in request.POST.getlist("message"):
        try:
            chosen.append(UUID(said))
        except ValueError:
            continue
    return chosen
