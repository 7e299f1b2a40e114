"""What is one's own: applications, agreements, and who looked at one's data."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications import actions, queries
from standpipe.audit.queries import about
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import packs, place, vocabulary
from standpipe.places.actions import organisation_id
from standpipe.web.access import open_to
from standpipe.web.presenters.assist import help_rows
from standpipe.web.presenters.own import agreement_rows, application_rows, looked_rows
from standpipe.web.registries import registry_owners
from standpipe.web.rendering import language_of, show, words_in


@open_to("signed_in")
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead whoever has just signed in to where their work is."""
    if request.actor.kind == "staff":
        if request.actor.roles == {"enforcement"}:
            return HttpResponseRedirect(resolve_url("check_number"))
        assesses = request.actor.roles == {"assessor"}
        return HttpResponseRedirect(resolve_url("referrals" if assesses else "queue"))
    return HttpResponseRedirect(resolve_url("applications" if request.actor.person else "home"))


@open_to("applicant")
def applications(request: HttpRequest) -> HttpResponse:
    """List one's applications."""
    mine = queries.my_applications(actor=request.actor, at=request.at)
    values = {"rows": application_rows(mine, language=language_of(request))}
    return show(request, "citizen/applications.html", values)


@open_to("applicant")
def looked(request: HttpRequest) -> HttpResponse:
    """Show who did what with one's data, when and why."""
    with acting(request.actor):
        entries = about(request.actor.person)
    with_own = request.GET.get("own") == "yes"
    rows = looked_rows(
        entries,
        place(),
        {packs()[name].purpose.id: packs()[name].purpose.text for name in packs()},
        with_own=with_own,
        language=language_of(request),
    )
    return show(request, "citizen/looked.html", {"rows": rows, "with_own": with_own})


@open_to("applicant")
def my_agreements(request: HttpRequest) -> HttpResponse:
    """Show what one agreed to, with the words one saw."""
    rows = agreement_rows(
        queries.my_agreements(actor=request.actor, at=request.at),
        place(),
        vocabulary(),
        registry_owners(),
        at=request.at,
        language=language_of(request),
    )
    helps = actions.help_received(actor=request.actor)
    names = {organisation_id(one.slug): one.name for one in place().organisations}
    values = {"rows": rows, "helps": help_rows(helps, names, language=language_of(request))}
    return show(request, "citizen/agreements.html", values)


@open_to("applicant", methods=("POST",))
def end_own_help(request: HttpRequest, assistance: UUID) -> HttpResponse:
    """Take back that somebody helps: from now on they see nothing of it."""
    actions.end_help_received(assistance, actor=request.actor, at=request.at)
    messages.success(request, words_in(request)("assist.help.done"))
    return HttpResponseRedirect(resolve_url("agreements"))


@open_to("applicant", methods=("POST",))
def withdraw_agreement(request: HttpRequest, agreement: UUID) -> HttpResponse:
    """Take an agreement back; what was asked before stays lawful."""
    actions.withdraw_agreement(agreement, actor=request.actor, at=request.at)
    messages.success(request, words_in(request)("agreements.withdrawn"))
    return HttpResponseRedirect(resolve_url("agreements"))


@open_to("signed_in")
def account(request: HttpRequest) -> HttpResponse:
    """Show how one signs in, and where to change it."""
    return show(request, "web/account.html", {"email": request.user.email})
