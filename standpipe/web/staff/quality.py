"""Quality review: a sample of decided cases, each marked by somebody who did not decide it."""

from __future__ import annotations

import secrets
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.packs.actions import recall
from standpipe.packs.pack import ServicePack
from standpipe.quality.actions import draw_sample, review
from standpipe.quality.queries import open_sample, reviewable, samples
from standpipe.quality.sample import NoSuchSample, NothingToDraw, SampleView, Terms, Unmarked
from standpipe.web.access import open_to
from standpipe.web.presenters.quality import draw_fields, review_page, sample_page, sample_rows
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.opening import show_to_staff

NAMES = ("service", "first", "last", "outcome", "share", "seed")


@open_to("manager", methods=("GET", "POST"))
def quality(request: HttpRequest) -> HttpResponse:
    """List the samples, and draw one."""
    services = reviewable(request.actor)
    sent = {name: request.POST.get(name, "").strip() for name in NAMES}
    faults: dict[str, str] = {}
    if request.method == "POST" and services:
        terms, faults = _terms(request, sent, services)
        if terms is not None:
            try:
                made = draw_sample(terms, actor=request.actor, at=request.at)
            except NothingToDraw:
                faults = {"first": words_in(request)("quality.nothing")}
            else:
                return HttpResponseRedirect(resolve_url("sample", made))
    language = language_of(request)
    found = samples(actor=request.actor, at=request.at)
    values = {
        "rows": sample_rows(found, services, language=language),
        "can_draw": bool(services),
        "fields": draw_fields(services, sent, faults, on=request.at.date(), language=language),
        "errors": [{"href": f"#{name}", "text": text} for name, text in faults.items()],
    }
    return show_to_staff(request, "staff/quality.html", values, status=422 if faults else 200)


@open_to("caseworker", "manager")
def sample(request: HttpRequest, sample: UUID) -> HttpResponse:
    """Show a sample: its cases, and what was found in those that were reviewed."""
    view = open_sample(sample, actor=request.actor, at=request.at)
    values = sample_page(view, _pack(view), language=language_of(request))
    return show_to_staff(request, "staff/sample.html", values)


@open_to("caseworker", "manager", methods=("GET", "POST"))
def sampled(request: HttpRequest, sample: UUID, reference: str) -> HttpResponse:
    """Mark one case of a sample."""
    view = open_sample(sample, actor=request.actor, at=request.at)
    one = next((each for each in view.cases if each.reference == reference), None)
    if one is None:
        raise NoSuchSample("There is no such case in this sample.")
    pack, language = _pack(view), language_of(request)
    sent = {mark.id: request.POST.get(mark.id, "") for mark in pack.case.quality}
    words = request.POST.get("words", "").strip()
    faults: dict[str, str] = {}
    if request.method == "POST":
        try:
            review(
                sample,
                reference,
                marks=sent,
                words=words,
                actor=request.actor,
                at=request.at,
            )
        except Unmarked as unmarked:
            say = words_in(request)
            faults = {
                name: say("quality.no_words" if name == "words" else "quality.no_mark")
                for name in unmarked.fields
            }
        else:
            return HttpResponseRedirect(resolve_url("sample", sample))
    values = review_page(view, one, pack, {**sent, "words": words}, faults, language=language)
    return show_to_staff(request, "staff/sampled.html", values, status=422 if faults else 200)


def _pack(view: SampleView) -> ServicePack:
    return recall(view.pack_sha256, name=view.terms.service)


def _terms(
    request: HttpRequest, sent: dict[str, str], services: dict[str, ServicePack]
) -> tuple[Terms | None, dict[str, str]]:
    say, faults = words_in(request), {}
    first, last = _day(sent["first"]), _day(sent["last"])
    share = int(sent["share"]) if sent["share"].isascii() and sent["share"].isdigit() else 0
    if sent["service"] not in services:
        faults["service"] = say("quality.no_service")
    if first is None:
        faults["first"] = say("quality.no_first")
    if last is None or (first is not None and last < first):
        faults["last"] = say("quality.no_last")
    if not 1 <= share <= 100:
        faults["share"] = say("quality.no_share")
    if len(sent["seed"]) > 40:
        faults["seed"] = say("quality.no_seed")
    if faults or first is None or last is None:
        return None, faults
    seed = sent["seed"] or secrets.token_hex(4)
    return Terms(sent["service"], first, last, sent["outcome"][:40], share, seed), {}


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
