"""The times that an assessing organisation offers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.assessments import actions
from standpipe.assessments.appointment import MOST, read_times, working_times
from standpipe.assessments.queries import slots as slots_of_organisation
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import packs
from standpipe.packs.pack import ServicePack
from standpipe.places.queries import organisation_slug
from standpipe.web.access import open_to
from standpipe.web.assessors.opening import permission_of
from standpipe.web.presenters.slots import slot_fields, slot_rows
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.opening import show_to_staff

NAMES = ("service", "first", "last", "times", "kind", "place")


@open_to("assessor", "manager", methods=("GET", "POST"))
def slots(request: HttpRequest) -> HttpResponse:
    """Show what is offered, and offer more: times of day on every working day between two."""
    assessed = assessed_here(request)
    sent = {name: request.POST.get(name, "").strip() for name in NAMES}
    faults: dict[str, str] = {}
    if request.method == "POST" and assessed:
        faults = _publish(request, assessed, sent)
        if not faults:
            return HttpResponseRedirect(resolve_url("slots"))
    with acting(request.actor):
        offered = slots_of_organisation(permission_of(request.actor, request.at))
    language = language_of(request)
    values = {
        "rows": slot_rows(offered, packs(), language=language),
        "assessed": bool(assessed),
        "fields": slot_fields(assessed, sent, faults, language=language),
        "errors": [{"href": f"#{name}", "text": text} for name, text in faults.items()],
    }
    return show_to_staff(request, "assessors/slots.html", values, status=422 if faults else 200)


@open_to("assessor", "manager", methods=("POST",))
def remove_slot(request: HttpRequest, slot: UUID) -> HttpResponse:
    """Take back a time that nobody has chosen."""
    actions.remove_slot(slot, actor=request.actor, at=request.at)
    return HttpResponseRedirect(resolve_url("slots"))


def assessed_here(request: HttpRequest) -> dict[str, ServicePack]:
    """Return the services for which the actor's organisation sees people."""
    slug = organisation_slug(request.actor.organisation)
    return {
        name: pack
        for name, pack in packs().items()
        if pack.case.assessor == slug
        and pack.case.assessment
        and pack.case.assessment.appointment.bookable
    }


def _publish(
    request: HttpRequest, assessed: dict[str, ServicePack], sent: dict[str, str]
) -> dict[str, str]:
    say, faults = words_in(request), {}
    pack = assessed.get(sent["service"])
    terms = pack.case.assessment.appointment if pack and pack.case.assessment else None
    if terms is None:
        faults["service"] = say("slots.no_service")
    first, last, times = _day(sent["first"]), _day(sent["last"]), read_times(sent["times"])
    if first is None or first < request.at.date():
        faults["first"] = say("slots.no_first")
    if last is None or (first is not None and last < first):
        faults["last"] = say("slots.no_last")
    if not times:
        faults["times"] = say("slots.no_times")
    if terms is None or sent["kind"] not in terms.bookable:
        faults["kind"] = say("slots.no_kind")
    if not sent["place"] or len(sent["place"]) > 300:
        faults["place"] = say("slots.no_place")
    if faults or first is None or last is None or terms is None or not times:
        return faults
    too_many = say("slots.too_many", most=MOST)
    if (last - first).days > MOST:
        return {"last": too_many}
    starts = [one for one in working_times(first, last, times) if one > request.at]
    if not 0 < len(starts) <= MOST:
        return {"times": too_many if starts else say("slots.all_past")}
    made = actions.publish_slots(
        sent["service"],
        starts=starts,
        minutes=terms.length_minutes,
        kind=sent["kind"],
        place=sent["place"],
        actor=request.actor,
        at=request.at,
    )
    messages.success(request, say("slots.published", count=made))
    return {}


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
