"""What staff do with a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications.actions import ask_for_more, assign, decide, finish_task, note
from standpipe.applications.application import ApplicationView
from standpipe.applications.queries import open_application
from standpipe.entitlements.receiving import CannotReceive
from standpipe.identity.queries import colleagues
from standpipe.web.access import open_to
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.case import CaseFault, show_case


@open_to("caseworker", methods=("POST",))
def decide_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide: an outcome, the ground it rests on, and the reason in the officer's words."""
    say = words_in(request)
    sent = {name: request.POST.get(name, "").strip() for name in ("outcome", "ground", "reason")}
    view = open_application(reference, actor=request.actor, at=request.at)
    pack = view.pack
    if sent["outcome"] not in pack.outcomes:
        fault = CaseFault("decide", "outcome", say("staff.decide.no_outcome"))
        return show_case(request, reference, fault=fault, sent=sent)
    if sent["ground"] and sent["ground"] not in pack.grounds:
        fault = CaseFault("decide", "ground", say("staff.decide.no_ground"))
        return show_case(request, reference, fault=fault, sent=sent)
    if not sent["reason"]:
        fault = CaseFault("decide", "reason", say("staff.decide.no_reason"))
        return show_case(request, reference, fault=fault, sent=sent)
    try:
        count = how_many(view, sent["outcome"], request.POST.get("granted", ""))
    except ValueError:
        fault = CaseFault("decide", "granted", say("staff.decide.no_granted"))
        sent["granted"] = request.POST.get("granted", "")
        return show_case(request, reference, fault=fault, sent=sent)
    try:
        decide(reference, **sent, count=count, actor=request.actor, at=request.at)
    except CannotReceive as refused:
        fault = CaseFault("decide", "outcome", refused.message.in_(language_of(request)))
        return show_case(request, reference, fault=fault, sent=sent)
    return HttpResponseRedirect(resolve_url("case", reference))


def how_many(view: ApplicationView, outcome: str, given: str) -> int | None:
    """
    Return how many of several to grant; None where the outcome grants none, or one at most.

    :raises ValueError: if it is not from one to as many as were asked for
    """
    definition = view.pack.entitlement
    wanted = definition.wanted(view.answers) if definition else None
    if definition is None or wanted is None or outcome not in definition.granted_for:
        return None
    count = int(given) if given.strip().isascii() else 0
    if not 1 <= count <= wanted:
        raise ValueError(given)
    return count


@open_to("caseworker", methods=("POST",))
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the applicant for more; the clock stops until they reply."""
    words = request.POST.get("words", "").strip()
    if not words:
        fault = CaseFault("ask", "words", words_in(request)("staff.ask.no_words"))
        return show_case(request, reference, fault=fault)
    ask_for_more(reference, words=words, actor=request.actor, at=request.at)
    return HttpResponseRedirect(resolve_url("case", reference))


@open_to("caseworker", "manager", methods=("POST",))
def assign_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a case to a colleague, or back to the queue."""
    chosen = request.POST.get("to", "")
    known = {str(one.id) for one in colleagues(request.actor.organisation)}
    if chosen and chosen not in known:
        fault = CaseFault("assign", "to", words_in(request)("staff.assign.unknown"))
        return show_case(request, reference, fault=fault)
    to = UUID(chosen) if chosen else None
    assign(reference, to=to, actor=request.actor, at=request.at)
    return HttpResponseRedirect(resolve_url("case", reference))


@open_to("caseworker", "manager", methods=("POST",))
def add_note(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a note for colleagues."""
    text = request.POST.get("text", "").strip()
    if not text:
        fault = CaseFault("note", "text", words_in(request)("staff.note.no_text"))
        return show_case(request, reference, fault=fault)
    note(reference, text=text, actor=request.actor, at=request.at)
    return HttpResponseRedirect(resolve_url("case", reference))


@open_to("caseworker", methods=("POST",))
def do_task(request: HttpRequest, reference: str, task: str) -> HttpResponse:
    """Tick off a task."""
    finish_task(reference, task=task, actor=request.actor, at=request.at)
    return HttpResponseRedirect(resolve_url("case", reference))
