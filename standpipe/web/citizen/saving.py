"""Saving for later, and coming back with a code by e-mail or by text."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications.actions import (
    Address,
    come_back,
    save,
    send_return_code,
    way_back,
)
from standpipe.applications.application import ApplicationView, WrongCode
from standpipe.packs.loaded import vocabulary
from standpipe.vocabulary.answers import FieldFault, Submitted
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.access import open_to
from standpipe.web.actors import become
from standpipe.web.citizen.opening import opened, show_in
from standpipe.web.links import link
from standpipe.web.presenters.fields import Asked, Component, components
from standpipe.web.rendering import language_of, show, words_in
from standpipe.web.throttle import allowed
from standpipe.web.uploads import answers_of
from standpipe.web.wording import wording

# Where the session keeps which application a code was asked for, between the two pages.
ASKED = "code_sent_to"


@open_to("applicant", methods=("GET", "POST"))
def save_for_later(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask where to send the way back and keep the draft; say how to come back."""
    view = opened(request, reference)
    if view.status != "draft":
        return HttpResponseRedirect(link(request, "application", reference))
    until = date_in_words(view.expires_on, language=language_of(request))
    sent = answers_of(request) if request.method == "POST" else {}
    faults: tuple[FieldFault, ...] = ()
    if request.method == "POST":
        given = _given(sent)
        faults = save(reference, **given, actor=request.actor, at=request.at).faults
        if not faults:
            email = given["email"].strip()
            values = {
                "to": email or given["mobile"].strip(),
                "by": "email" if email else "sms",
                "until": until,
            }
            return show_in(request, view, "citizen/saved.html", values)
    if not sent:
        sent = _known(view)
    values = {
        "components": _where_questions(request, sent, faults),
        "errors": _errors(request, faults),
        "until": until,
    }
    return show_in(request, view, "citizen/save.html", values, status=422 if faults else 200)


@open_to("anyone", methods=("GET", "POST"))
def come_back_to(request: HttpRequest) -> HttpResponse:
    """Ask which application, and where to send the code; never say whether there is one."""
    sent = answers_of(request) if request.method == "POST" else {}
    faults: list[FieldFault] = []
    if request.method == "POST":
        reference = str(sent.get("reference", "")).strip().upper()
        to = way_back(**_given(sent), on=request.at.date())
        if not reference:
            faults.append(FieldFault("reference", wording()["return.no_reference"]))
        if not isinstance(to, Address):
            faults.extend(to)
        if not faults and isinstance(to, Address):
            if not allowed(request, "return_code", most=10, minutes=10):
                return show(request, "web/too_many.html", status=429)
            send_return_code(reference, to=to, at=request.at)
            request.session[ASKED] = [reference, to.way, to.where]
            return HttpResponseRedirect(resolve_url("return_code"))
    values = {
        "reference": sent.get("reference", ""),
        "components": _where_questions(request, sent, tuple(faults)),
        "errors": _errors(request, tuple(faults)),
        "reference_error": next(
            (each["text"] for each in _errors(request, tuple(faults)) if "#ref" in each["href"]),
            None,
        ),
    }
    return show(request, "citizen/come_back.html", values, status=422 if faults else 200)


@open_to("anyone", methods=("GET", "POST"))
def return_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code that was sent and open the application."""
    asked = request.session.get(ASKED)
    if asked is None:
        return HttpResponseRedirect(resolve_url("come_back"))
    reference, to = asked[0], Address(*asked[1:])
    fault = None
    if request.method == "POST":
        if not allowed(request, "return_try", most=30, minutes=10):
            return show(request, "web/too_many.html", status=429)
        code = request.POST.get("code", "").strip()
        try:
            if not code:
                fault = words_in(request)("return.no_code")
            else:
                person = come_back(reference, to=to, code=code, at=request.at)
                become(request, person)
                return HttpResponseRedirect(link(request, "application", reference))
        except WrongCode:
            fault = words_in(request)("return.wrong_code")
    values = {"to": to.where, "by": to.way, "fault": fault}
    return show(request, "citizen/return_code.html", values, status=422 if fault else 200)


def _given(sent: Submitted) -> dict[str, str]:
    """Return what was given as e-mail address and as mobile phone number."""
    names = {one: vocabulary()[f"contact.{one}"].field_name for one in ("email", "mobile")}
    return {one: str(sent.get(name, "")) for one, name in names.items()}


def _known(view: ApplicationView) -> dict[str, str | list[str]]:
    """Return what the person told already of where they are reached, as a form sends it."""
    known = {one: view.answers.get(f"applicant/contact.{one}") for one in ("email", "mobile")}
    return {
        vocabulary()[f"contact.{one}"].field_name: value for one, value in known.items() if value
    }


def _where_questions(
    request: HttpRequest, sent: dict[str, str | list[str]], faults: tuple[FieldFault, ...]
) -> list[Component]:
    asked = []
    for one in ("email", "mobile"):
        attribute = vocabulary()[f"contact.{one}"]
        asked += components(
            Asked(
                attribute=attribute,
                label=attribute.label.in_(language_of(request)),
                hint=words_in(request)(f"save.{one}_hint"),
                required=True,
                is_heading=False,
                is_own=True,
            ),
            sent,
            faults,
            language=language_of(request),
        )
    return asked


def _errors(request: HttpRequest, faults: tuple[FieldFault, ...]) -> list[dict[str, str]]:
    language = language_of(request)
    return [{"href": f"#{fault.field}", "text": fault.message.in_(language)} for fault in faults]
