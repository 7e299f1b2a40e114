"""The rules that an organisation decides on, and the drafts of new ones."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.policy.actions import begin_draft
from standpipe.policy.queries import drafts, own_services
from standpipe.web.access import open_to
from standpipe.web.presenters.policy import draft_rows, service_rows
from standpipe.web.rendering import language_of
from standpipe.web.staff.opening import show_to_staff


@open_to("manager")
def rules(request: HttpRequest) -> HttpResponse:
    """Show the services whose rules are the organisation's to change, and its drafts."""
    services = own_services(request.actor)
    language = language_of(request)
    values = {
        "services": service_rows(services, language=language),
        "drafts": draft_rows(drafts(request.actor), services, language=language),
    }
    return show_to_staff(request, "policy/rules.html", values)


@open_to("manager", methods=("POST",))
def new_draft(request: HttpRequest, service: str) -> HttpResponse:
    """Begin a draft of a service's rules."""
    draft = begin_draft(service, actor=request.actor, at=request.at)
    return HttpResponseRedirect(resolve_url("draft", draft))
