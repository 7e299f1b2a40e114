"""Referring a case to another organisation's expert: what they would be told, then the act."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications.actions import refer, take_back
from standpipe.applications.queries import what_would_be_told
from standpipe.packs.loaded import vocabulary
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.access import open_to
from standpipe.web.presenters.assessment import disclosed_rows
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.case import CaseFault, show_case
from standpipe.web.staff.opening import show_to_staff


@open_to("caseworker", methods=("GET", "POST"))
def refer_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show exactly what the assessor would be told, and refer."""
    if request.method == "POST":
        refer(reference, actor=request.actor, at=request.at)
        return HttpResponseRedirect(resolve_url("case", reference))
    language = language_of(request)
    told = what_would_be_told(reference, actor=request.actor, at=request.at)
    values = {
        "reference": reference,
        "service": told.service.in_(language),
        "assessor": told.assessor.in_(language),
        "why": told.definition.why.in_(language),
        "disclosed": disclosed_rows(told.disclosed, vocabulary(), language=language),
        "due": date_in_words(told.definition.due_on(request.at.date()), language=language),
    }
    return show_to_staff(request, "staff/refer.html", values)


@open_to("caseworker", methods=("POST",))
def take_back_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a case back from its assessor."""
    why = request.POST.get("why", "").strip()
    if not why:
        fault = CaseFault("take_back", "why", words_in(request)("assessment.take_back.no_why"))
        return show_case(request, reference, fault=fault)
    take_back(reference, why=why, actor=request.actor, at=request.at)
    return HttpResponseRedirect(resolve_url("case", reference))
