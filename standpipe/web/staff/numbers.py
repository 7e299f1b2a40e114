"""Is this number good? The answer is one word, and that it was asked is kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.entitlements.actions import NoSuchReason, NotForThem, NotLive, check, note
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import entitlement_of_kind, packs
from standpipe.web.access import open_to
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.opening import show_to_staff


@open_to("caseworker", "manager", "enforcement", methods=("GET", "POST"))
def check_number(request: HttpRequest) -> HttpResponse:
    """Ask for a kind and a number, and say valid, not valid or unknown."""
    kinds = _kinds(language_of(request))
    sent = request.POST if request.method == "POST" else {}
    number = sent.get("number", "").strip()
    kind = sent.get("kind", next(iter(kinds), ""))
    fault = answer = None
    if request.method == "POST":
        if not number:
            fault = words_in(request)("staff.number.missing")
        elif kind in kinds:
            with acting(request.actor):
                answer = check(kind, number, actor=request.actor, at=request.at)
    return _page(request, kind=kind, number=number, answer=answer, fault=fault or "", misuse="")


@open_to("caseworker", "manager", "enforcement", methods=("POST",))
def note_misuse(request: HttpRequest) -> HttpResponse:
    """Note misuse of a number, whoever granted it; they see the note."""
    number = request.POST.get("number", "").strip().upper()[:40]
    kind, what, words = (request.POST.get(name, "") for name in ("kind", "what", "words"))
    kinds = _kinds(language_of(request))
    say = words_in(request)
    fault = say("register.no_words") if not words.strip() else ""
    if kind not in kinds:
        raise Http404
    if not fault:
        try:
            with acting(request.actor):
                note(kind, number, what=what, words=words, actor=request.actor, at=request.at)
        except (NoSuchReason, NotForThem, NotLive) as refused:
            fault = say("register.no_reason") if isinstance(refused, NoSuchReason) else str(refused)
    if fault:
        return _page(request, kind=kind, number=number, answer=None, fault="", misuse=fault)
    messages.success(request, say("register.done.note"))
    return HttpResponseRedirect(resolve_url("check_number"))


def _page(
    request: HttpRequest, *, kind: str, number: str, answer: str | None, fault: str, misuse: str
) -> HttpResponse:
    language = language_of(request)
    kinds = _kinds(language)
    act = entitlement_of_kind(kind).acts.get("note") if kind in kinds else None
    wrong = fault or misuse
    values = {
        "kinds": [
            {"value": name, "text": label, "selected": name == kind}
            for name, label in kinds.items()
        ],
        "kind": kind,
        "number": number[:40],
        "answer": answer,
        "fault": fault,
        "misuse": misuse,
        "may_note": bool(act and act.by & request.actor.roles)
        and (bool(misuse) or answer in ("valid", "not_valid")),
        "kinds_of_misuse": [
            {"value": code, "text": one.label.in_(language)} for code, one in act.reasons.items()
        ]
        if act
        else [],
        "errors": [{"href": "#number" if fault else "#words", "text": wrong}] if wrong else [],
    }
    return show_to_staff(request, "staff/number.html", values, status=422 if wrong else 200)


def _kinds(language: str) -> dict[str, str]:
    definitions = (packs()[name].entitlement for name in packs())
    return {one.kind: one.label.in_(language) for one in definitions if one is not None}
