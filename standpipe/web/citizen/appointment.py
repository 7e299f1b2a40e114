"""Choosing, changing and cancelling the time at which somebody is seen."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications.actions import book, cancel_appointment
from standpipe.applications.actions.appointing import offered, where_in_words
from standpipe.assessments.appointment import NoAppointment, NoSuchSlot, SlotTaken
from standpipe.assessments.calendar import MEDIA_TYPE, calendar_file
from standpipe.assessments.referral import NoSuchReferral
from standpipe.packs.loaded import place
from standpipe.web.access import open_to
from standpipe.web.citizen.opening import opened, show_in
from standpipe.web.presenters.assessment import name_of
from standpipe.web.presenters.slots import appointment_shown, choices
from standpipe.web.rendering import language_of, words_in


@open_to("applicant", methods=("GET", "POST"))
def appointment(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the times that can be chosen, and choose one."""
    if request.method != "POST":
        return _show(request, reference)
    say = words_in(request)
    try:
        slot = UUID(request.POST.get("slot", ""))
    except ValueError:
        return _show(request, reference, fault=say("slots.own.no_slot"))
    try:
        book(reference, slot=slot, actor=request.actor, at=request.at)
    except (SlotTaken, NoSuchSlot):
        return _show(request, reference, fault=say("slots.own.taken"))
    return HttpResponseRedirect(resolve_url("appointment", reference))


@open_to("applicant", methods=("POST",))
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the time back; without one there is nothing to do."""
    try:
        cancel_appointment(reference, actor=request.actor, at=request.at)
    except (NoAppointment, NoSuchReferral):
        opened(request, reference)
    return HttpResponseRedirect(resolve_url("appointment", reference))


@open_to("applicant")
def calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the appointment as a file for the person's own calendar."""
    view = opened(request, reference)
    chosen = next((one.appointment for one in view.referrals if one.appointment), None)
    if chosen is None:
        raise Http404
    say, language = words_in(request), language_of(request)
    title = say("slots.own.event", service=view.pack.label.in_(language))
    where = where_in_words(chosen, language=language)
    content = calendar_file(
        chosen,
        title=title,
        words=f"{where}\n{say('slots.own.reference', reference=reference)}",
        url=f"{settings.ENV.origin}{resolve_url('appointment', reference)}",
        host=urlsplit(settings.ENV.origin).hostname or "localhost",
        about=reference,
    )
    return HttpResponse(
        content,
        content_type=MEDIA_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="{reference}.ics"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _show(request: HttpRequest, reference: str, *, fault: str | None = None) -> HttpResponse:
    view, language = opened(request, reference), language_of(request)
    definition = view.pack.case.assessment
    values: dict[str, object] = {"assessor": None, "appointment": None, "days": [], "errors": []}
    if definition is not None and any(one.is_open for one in view.referrals):
        referral, slots = offered(reference, actor=request.actor, at=request.at)
        chosen = referral.appointment
        values |= {
            "assessor": name_of(referral.assessor, place(), language=language),
            "minutes": definition.appointment.length_minutes,
            "appointment": appointment_shown(chosen, language=language),
            "days": choices(slots, language=language, chosen="", fault=fault),
        }
    if fault:
        values["errors"] = [{"href": "#slot", "text": fault}]
    return show_in(request, view, "citizen/appointment.html", values, status=422 if fault else 200)
