"""Decisions looked at again: opening a review for who phones, and deciding one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications.actions import ask_review, review
from standpipe.applications.queries import open_application
from standpipe.web.access import open_to
from standpipe.web.rendering import words_in
from standpipe.web.staff.case import CaseFault, show_case
from standpipe.web.staff.deciding import how_many


@open_to("caseworker", "manager", methods=("POST",))
def open_review(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a review in the words of whoever phoned or wrote."""
    words = request.POST.get("words", "").strip()
    if not words:
        fault = CaseFault("open_review", "review_words", words_in(request)("review.no_words"))
        return show_case(request, reference, fault=fault)
    ask_review(reference, words=words, actor=request.actor, at=request.at)
    return HttpResponseRedirect(resolve_url("case", reference))


@open_to("caseworker", "manager", methods=("POST",))
def review_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Uphold or change a decision; whoever took part in it is refused."""
    say = words_in(request)
    sent = {name: request.POST.get(name, "").strip() for name in ("outcome", "ground", "reason")}
    view = open_application(reference, actor=request.actor, at=request.at)
    pack = view.pack
    if sent["outcome"] not in pack.outcomes:
        fault = CaseFault("review", "outcome", say("staff.decide.no_outcome"))
        return show_case(request, reference, fault=fault, sent=sent)
    if sent["ground"] and sent["ground"] not in pack.grounds:
        fault = CaseFault("review", "ground", say("staff.decide.no_ground"))
        return show_case(request, reference, fault=fault, sent=sent)
    if not sent["reason"]:
        fault = CaseFault("review", "reason", say("staff.decide.no_reason"))
        return show_case(request, reference, fault=fault, sent=sent)
    try:
        count = how_many(view, sent["outcome"], request.POST.get("granted", ""))
    except ValueError:
        fault = CaseFault("review", "granted", say("staff.decide.no_granted"))
        sent["granted"] = request.POST.get("granted", "")
        return show_case(request, reference, fault=fault, sent=sent)
    review(reference, **sent, count=count, actor=request.actor, at=request.at)
    return HttpResponseRedirect(resolve_url("case", reference))
