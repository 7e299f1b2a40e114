"""The policy workbench: a draft replayed over people, and who would gain or lose."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from standpipe.applications.queries import past_decisions
from standpipe.kernel.csv_text import csv_text
from standpipe.packs.loaded import place
from standpipe.packs.pack import ServicePack
from standpipe.policy.draft import DraftView, NotReady
from standpipe.policy.effects import Effects, Version, compare
from standpipe.policy.people import People, district_of, gather, leaves
from standpipe.policy.queries import base_of, checked, open_draft, synthetic_people, terms_of
from standpipe.web.access import open_to
from standpipe.web.presenters.effects import basis_of, effects_page, effects_rows
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.opening import show_to_staff

RESIDENTS = 20_000
OVER = ("population", "decisions")


@open_to("manager")
def effects(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show who is affected by a draft."""
    view = open_draft(draft, actor=request.actor)
    over = _over(request)
    found, why_not = _tried(request, view, over)
    values: dict[str, Any] = {
        "draft": view,
        "service": base_of(view).label.in_(language_of(request)),
        "over": over,
        "choices": OVER,
        "why_not": why_not,
    }
    terms = terms_of(view.service)
    if terms is not None:
        made_up = terms.people if over == "population" else ()
        values |= basis_of((*made_up, *terms.reckoning))
    if found is not None:
        values |= effects_page(found, base_of(view), place(), language=language_of(request))
    return show_to_staff(request, "policy/effects.html", values, status=200 if found else 422)


@open_to("manager")
def effects_csv(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Send the same tables to be kept; what they withhold, these withhold."""
    view = open_draft(draft, actor=request.actor)
    over = _over(request)
    found, why_not = _tried(request, view, over)
    if found is None:
        raise NotReady(why_not)
    rows = effects_rows(found, base_of(view), place(), language=language_of(request))
    name = f"{view.service}-{over}.csv"
    return HttpResponse(
        csv_text(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )


def _over(request: HttpRequest) -> str:
    chosen = request.GET.get("over", "")
    return chosen if chosen in OVER else OVER[0]


def _tried(request: HttpRequest, view: DraftView, over: str) -> tuple[Effects | None, str]:
    """Return what the draft does, or in words why it cannot be tried."""
    say = words_in(request)
    draft = checked(view)
    if draft.pack is None or draft.holes or draft.others:
        return None, say("policy.effects.not_whole")
    before, after = _version(base_of(view), view, request), _version(draft.pack, view, request)
    people = _people(request, view, before, after, over)
    if not len(people):
        return None, say("policy.effects.nobody")
    found = compare(
        before,
        after,
        people,
        terms=terms_of(view.service),
        everybody_applies=over == "decisions",
    )
    return found, ""


def _version(pack: ServicePack, view: DraftView, request: HttpRequest) -> Version:
    on = max(view.valid_from or request.at.date(), request.at.date())
    # A fee of a later day counts too: it is part of what is tried.
    fee = next((one for one in reversed(pack.fees) if one.when is None), None) or pack.fee(on)
    return Version(pack, pack.rules(on), fee)


def _people(
    request: HttpRequest, view: DraftView, before: Version, after: Version, over: str
) -> People:
    needs = leaves(before.rules, after.rules)
    if over == "population":
        return synthetic_people(view.service, needs=needs, rules=before.rules, count=RESIDENTS)
    past = past_decisions(view.service, actor=request.actor, at=request.at)
    address = before.pack.address_need
    return gather(
        (one.known for one in past),
        [district_of(one.known, address, place()) for one in past],
        rules=before.rules,
        needs=needs,
    )
