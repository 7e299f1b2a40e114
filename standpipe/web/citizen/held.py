"""What one was granted: badges, permits and licences, and what can be done about each."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications.actions import begin, begin_about_held, held_for_others
from standpipe.consent.actions import permit_own
from standpipe.entitlements.queries import entries_of
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import packs
from standpipe.web.access import open_to
from standpipe.web.citizen.channel import channel_of
from standpipe.web.citizen.start import AGAIN, INSTEAD_OF
from standpipe.web.presenters.held import held_rows
from standpipe.web.presenters.who import FIELD
from standpipe.web.rendering import language_of, show


@open_to("applicant")
def held(request: HttpRequest) -> HttpResponse:
    """List what one holds and held, with its history."""
    with acting(request.actor):
        permission = permit_own(request.actor, purpose="your_entitlements", at=request.at)
        entries = entries_of(request.actor.person, permission)
    services = list(packs().values())
    definitions = {one.entitlement.kind: one.entitlement for one in services if one.entitlement}
    known = {"on": request.at.date(), "language": language_of(request)}
    rows = held_rows(entries, definitions, services, **known)
    others = [one.entry for one in held_for_others(request.actor, at=request.at)]
    rows += held_rows(others, definitions, services, of_others=True, **known)
    instead_of = request.GET.get(INSTEAD_OF, "")
    values = {"rows": rows, "instead_of": instead_of if instead_of in packs() else None}
    return show(request, "citizen/held.html", values | {"again": AGAIN, "whom": FIELD})


@open_to("applicant", methods=("POST",))
def renew(request: HttpRequest, service: str, entry: UUID) -> HttpResponse:
    """Begin an application that takes the place of what one holds."""
    known = {
        "actor": request.actor,
        "language": language_of(request),
        "channel": channel_of(request),
        "at": request.at,
    }
    if any(one.entry.id == entry for one in held_for_others(request.actor, at=request.at)):
        begun = begin_about_held(service, entry=entry, renew=True, **known)
    else:
        begun = begin(service, renews=entry, **known)
    return HttpResponseRedirect(resolve_url("application", begun.reference))
