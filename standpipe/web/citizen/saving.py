"""Saving for later, and coming back with an e-mailed code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications.actions import come_back, save, send_return_code
from standpipe.applications.application import WrongCode
from standpipe.packs.loaded import vocabulary
from standpipe.vocabulary.answers import Answer, FieldFault, read_answer
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
ASKED = "code_asked_for"


@open_to("applicant", methods=("GET", "POST"))
def save_for_later(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for an e-mail address and keep the draft; say how to come back."""
    view = opened(request, reference)
    if view.status != "draft":
        return HttpResponseRedirect(link(request, "application", reference))
    until = date_in_words(view.expires_on, language=language_of(request))
    sent = answers_of(request) if request.method == "POST" else {}
    faults: tuple[FieldFault, ...] = ()
    if request.method == "POST":
        email = str(sent.get(vocabulary()["contact.email"].field_name, ""))
        faults = save(reference, email=email, actor=request.actor, at=request.at).faults
        if not faults:
            values = {"email": email.strip(), "until": until}
            return show_in(request, view, "citizen/saved.html", values)
    if not sent:
        known = view.answers.get("applicant/contact.email")
        sent = {vocabulary()["contact.email"].field_name: known} if known else {}
    values = {
        "components": _email_question(request, sent, faults),
        "errors": _errors(request, faults),
        "until": until,
    }
    return show_in(request, view, "citizen/save.html", values, status=422 if faults else 200)


@open_to("anyone", methods=("GET", "POST"))
def come_back_to(request: HttpRequest) -> HttpResponse:
    """Ask which application, and where to e-mail the code; never say whether there is one."""
    sent = answers_of(request) if request.method == "POST" else {}
    faults: list[FieldFault] = []
    if request.method == "POST":
        reference = str(sent.get("reference", "")).strip().upper()
        attribute = vocabulary()["contact.email"]
        read = read_answer(attribute, sent, on=request.at.date())
        if not reference:
            faults.append(FieldFault("reference", wording()["return.no_reference"]))
        if not isinstance(read, Answer):
            faults.extend(read)
        if not faults:
            if not allowed(request, "return_code", most=10, minutes=10):
                return show(request, "web/too_many.html", status=429)
            email = str(read.value)
            send_return_code(reference, email=email, at=request.at)
            request.session[ASKED] = [reference, email]
            return HttpResponseRedirect(resolve_url("return_code"))
    values = {
        "reference": sent.get("reference", ""),
        "components": _email_question(request, sent, tuple(faults)),
        "errors": _errors(request, tuple(faults)),
        "reference_error": next(
            (each["text"] for each in _errors(request, tuple(faults)) if "#ref" in each["href"]),
            None,
        ),
    }
    return show(request, "citizen/come_back.html", values, status=422 if faults else 200)


@open_to("anyone", methods=("GET", "POST"))
def return_code(request: HttpRequest) -> HttpResponse:
    """Ask for the e-mailed code and open the application."""
    asked = request.session.get(ASKED)
    if asked is None:
        return HttpResponseRedirect(resolve_url("come_back"))
    reference, email = asked
    fault = None
    if request.method == "POST":
        if not allowed(request, "return_try", most=30, minutes=10):
            return show(request, "web/too_many.html", status=429)
        code = request.POST.get("code", "").strip()
        try:
            if not code:
                fault = words_in(request)("return.no_code")
            else:
                person = come_back(reference, email=email, code=code, at=request.at)
                become(request, person)
                return HttpResponseRedirect(link(request, "application", reference))
        except WrongCode:
            fault = words_in(request)("return.wrong_code")
    values = {"email": email, "fault": fault}
    return show(request, "citizen/return_code.html", values, status=422 if fault else 200)


def _email_question(
    request: HttpRequest, sent: dict[str, str | list[str]], faults: tuple[FieldFault, ...]
) -> list[Component]:
    attribute = vocabulary()["contact.email"]
    asked = Asked(
        attribute=attribute,
        label=attribute.label.in_(language_of(request)),
        hint=words_in(request)("save.email_hint"),
        required=True,
        is_heading=False,
        is_own=True,
    )
    return components(asked, sent, faults, language=language_of(request))


def _errors(request: HttpRequest, faults: tuple[FieldFault, ...]) -> list[dict[str, str]]:
    language = language_of(request)
    return [{"href": f"#{fault.field}", "text": fault.message.in_(language)} for fault in faults]
