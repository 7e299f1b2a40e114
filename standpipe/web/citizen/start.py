"""Where a service begins."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications.actions import begin
from standpipe.applications.actions.beginning import offered
from standpipe.consent.actions import permit_own
from standpipe.consent.mandate import ForWhom
from standpipe.entitlements.queries import entries_of
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import packs, place, vocabulary
from standpipe.packs.pack import ServicePack
from standpipe.web.access import open_to
from standpipe.web.actors import become
from standpipe.web.citizen.channel import channel_of
from standpipe.web.kiosk.mode import COOKIE as KIOSK
from standpipe.web.language import COOKIE
from standpipe.web.presenters.service import notice, summary
from standpipe.web.presenters.who import FIELD, who_question
from standpipe.web.rendering import home_organisation, language_of, show, words_in

# That somebody wants to apply although they hold one already; and for what they would.
AGAIN, INSTEAD_OF = "again", "instead_of"


@open_to("anyone")
def home(request: HttpRequest) -> HttpResponse:
    """Show the place and its services."""
    language = language_of(request)
    services = [
        summary(packs()[name], place(), on=request.at.date(), language=language) for name in packs()
    ]
    values = {"place": place().name.in_(language), "services": services}
    return show(request, "web/home.html", values)


@open_to("anyone")
def service(request: HttpRequest, service: str) -> HttpResponse:
    """Show what a service is for, what it costs, and where to start."""
    if service not in packs():
        raise Http404
    return _start_page(request, packs()[service])


@open_to("anyone", methods=("POST",))
def start(request: HttpRequest, service: str) -> HttpResponse:
    """Begin an application; whoever has no account is remembered in the session alone."""
    if request.actor.kind == "staff":
        # What they begin is not their own, and they could not open it again.
        return HttpResponseRedirect(resolve_url("assist_begin", service))
    pack = offered(service)
    if pack.about is not None:
        return HttpResponseRedirect(resolve_url("about", service))
    for_whom = pack.applies_for[0]
    if len(pack.applies_for) > 1:
        chosen = request.POST.get(FIELD, "")
        if chosen not in pack.applies_for:
            return _start_page(request, pack, fault=words_in(request)("who.nothing_chosen"))
        for_whom = cast(ForWhom, chosen)
    if for_whom == "self" and AGAIN not in request.POST and _holds_already(request, pack):
        # What is theirs can be renewed or replaced there; whoever still wants to may go on.
        return HttpResponseRedirect(f"{resolve_url('held')}?{INSTEAD_OF}={pack.name}")
    begun = begin(
        service,
        actor=request.actor,
        language=language_of(request),
        channel=channel_of(request),
        at=request.at,
        for_whom=for_whom,
    )
    if request.actor.kind == "anonymous":
        become(request, begun.person)
    return HttpResponseRedirect(resolve_url("application", begun.reference))


def _holds_already(request: HttpRequest, pack: ServicePack) -> bool:
    definition = pack.entitlement
    if definition is None or request.actor.person is None:
        return False
    with acting(request.actor):
        permission = permit_own(request.actor, purpose="your_entitlements", at=request.at)
        entries = entries_of(request.actor.person, permission)
    return any(
        one.kind == definition.kind and one.status in ("ordered", "issued") and not one.left_to
        for one in entries
    )


def _start_page(
    request: HttpRequest, pack: ServicePack, *, fault: str | None = None
) -> HttpResponse:
    language = language_of(request)
    return show(
        request,
        "citizen/start.html",
        {
            "service": summary(pack, place(), on=request.at.date(), language=language),
            # For whom one asks about something granted, what is chosen there says.
            "who": None
            if pack.about
            else who_question(pack, chosen="", fault=fault, language=language),
            "errors": [{"href": f"#{FIELD}", "text": fault}] if fault else [],
        },
        organisation=pack.organisation,
        service=(pack.name, pack.label),
        status=422 if fault else 200,
    )


@open_to("anyone")
def service_privacy(request: HttpRequest, service: str) -> HttpResponse:
    """Show what a service does with what it is told."""
    if service not in packs():
        raise Http404
    pack = packs()[service]
    return show(
        request,
        "citizen/privacy.html",
        {"notice": notice(pack, place(), vocabulary(), language=language_of(request))},
        organisation=pack.organisation,
        service=(pack.name, pack.label),
    )


@open_to("anyone")
def privacy(request: HttpRequest) -> HttpResponse:
    """Show which privacy notices there are."""
    language = language_of(request)
    services = [{"name": name, "label": packs()[name].label.in_(language)} for name in packs()]
    values = {"place": place().name.in_(language), "services": services}
    return show(request, "web/privacy.html", values)


@open_to("anyone")
def cookies(request: HttpRequest) -> HttpResponse:
    """Show which cookies there are and what for."""
    say = words_in(request)
    rows = [
        {
            "name": name,
            "purpose": say(f"pages.cookies.{key}"),
            "expires": say(f"pages.cookies.{end}"),
        }
        for name, key, end in (
            (settings.SESSION_COOKIE_NAME, "session", "session_ends"),
            (settings.CSRF_COOKIE_NAME, "csrf", "year"),
            (COOKIE, "language", "year"),
            ("messages", "message", "message_ends"),
            (KIOSK, "kiosk", "year"),
        )
    ]
    return show(request, "web/cookies.html", {"cookies": rows})


@open_to("anyone")
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    language = language_of(request)
    organisation = home_organisation()
    values = {
        "place": place().name.in_(language),
        "origin": request.get_host(),
        "organisation": organisation.name.in_(language),
        "contact": organisation.contact,
    }
    return show(request, "web/accessibility.html", values)
