"""One referral: what was disclosed, the declaration, and the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.assessments import actions
from standpipe.assessments.findings import FaultyReport, read_findings
from standpipe.assessments.queries import open_file
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import place, vocabulary
from standpipe.web.access import open_to
from standpipe.web.assessors.opening import opened_referral, permission_of
from standpipe.web.downloads import attachment
from standpipe.web.presenters.assessment import referral_page, report_fields
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.opening import show_to_staff


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent: what it held, and what is wrong with it, by field."""

    values: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


NOTHING = Sent()


@open_to("assessor")
def referral(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a referral: before the declaration whom it is about, then all that was disclosed."""
    return _show(request, reference)


@open_to("assessor", methods=("POST",))
def declare(request: HttpRequest, reference: str) -> HttpResponse:
    """Say whether one is independent, and take the referral or leave it to a colleague."""
    say = words_in(request)
    said, words = request.POST.get("independent", ""), request.POST.get("words", "").strip()
    if said not in ("yes", "no"):
        return _show(
            request, reference, Sent({"words": words}, {"independent": say("assessors.say_which")})
        )
    if said == "no" and not words:
        sent = Sent({"independent": said}, {"words": say("assessors.say_how")})
        return _show(request, reference, sent)
    _, _, definition = opened_referral(reference, actor=request.actor, at=request.at)
    actions.declare(
        reference,
        independent=said == "yes",
        words=words,
        treated_by=definition.treated_by,
        actor=request.actor,
        at=request.at,
    )
    return HttpResponseRedirect(
        resolve_url("referral", reference) if said == "yes" else resolve_url("referrals")
    )


@open_to("assessor", methods=("GET", "POST"))
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Record what was found, criterion by criterion, and send it to those who asked."""
    view, pack, definition = opened_referral(reference, actor=request.actor, at=request.at)
    if not (view.is_open and view.is_mine):
        return HttpResponseRedirect(resolve_url("referral", reference))
    language = language_of(request)
    values, faults = {}, {}
    if request.method == "POST":
        values = {name: request.POST.get(name, "") for name in request.POST}
        try:
            found = read_findings(definition, values)
        except FaultyReport as faulty:
            faults = {one.field: one.message.in_(language) for one in faulty.faults}
        else:
            actions.report(reference, found, language=language, actor=request.actor, at=request.at)
            return HttpResponseRedirect(resolve_url("referral", reference))
    shown = referral_page(view, pack, definition, place(), vocabulary(), language=language)
    shown |= report_fields(definition, values, faults, language=language)
    status = 422 if faults else 200
    return show_to_staff(request, "assessors/report.html", shown, status=status)


@open_to("assessor", methods=("POST",))
def give_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Return a referral that nobody here can assess."""
    why = request.POST.get("why", "").strip()
    if not why:
        fault = {"why": words_in(request)("assessors.say_why")}
        return _show(request, reference, Sent({}, fault))
    actions.give_back(reference, why=why, actor=request.actor, at=request.at)
    return HttpResponseRedirect(resolve_url("referrals"))


@open_to("assessor", methods=("POST",))
def missed(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that the person did not come; they are told, and can choose another time."""
    actions.miss(reference, actor=request.actor, at=request.at)
    return HttpResponseRedirect(resolve_url("referral", reference))


@open_to("assessor")
def disclosed_file(request: HttpRequest, reference: str, document: UUID) -> HttpResponse:
    """Send a disclosed file, to be kept and never shown in the browser."""
    with acting(request.actor):
        permission = permission_of(request.actor, request.at)
        return attachment(open_file(reference, document, permission))


def _show(request: HttpRequest, reference: str, sent: Sent = NOTHING) -> HttpResponse:
    view, pack, definition = opened_referral(reference, actor=request.actor, at=request.at)
    language = language_of(request)
    shown = referral_page(view, pack, definition, place(), vocabulary(), language=language)
    booked = view.appointment
    shown |= {
        "can_miss": view.is_mine and booked is not None and booked.starts_at <= request.at,
        "sent": sent.values,
        "faults": sent.faults,
        "errors": [{"href": f"#{name}", "text": text} for name, text in sent.faults.items()],
    }
    status = 422 if sent.faults else 200
    return show_to_staff(request, "assessors/referral.html", shown, status=status)
