"""A receipt to print or to be e-mailed: what was sent where, and nothing of what was told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from standpipe.applications.actions import send_receipt
from standpipe.applications.application import STATUS_WORDS, ApplicationView
from standpipe.packs.loaded import place, vocabulary
from standpipe.vocabulary.answers import FieldFault
from standpipe.web.access import open_to
from standpipe.web.citizen.opening import opened, show_in
from standpipe.web.links import link
from standpipe.web.presenters.fields import Asked, components
from standpipe.web.presenters.times import moment
from standpipe.web.rendering import language_of, words_in
from standpipe.web.uploads import answers_of


@open_to("applicant", methods=("GET", "POST"))
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a receipt, with a cover sheet where it is printed; or e-mail it."""
    view = opened(request, reference)
    if view.submitted_at is None:
        return HttpResponseRedirect(link(request, "application", reference))
    if request.method != "POST":
        return _show(request, view)
    email = str(answers_of(request).get(vocabulary()["contact.email"].field_name, ""))
    sent = send_receipt(reference, email=email, actor=request.actor, at=request.at)
    return _show(request, view, email=email.strip(), faults=sent.faults)


def _show(
    request: HttpRequest,
    view: ApplicationView,
    *,
    email: str = "",
    faults: tuple[FieldFault, ...] = (),
) -> HttpResponse:
    language, attribute = language_of(request), vocabulary()["contact.email"]
    organisation = place().organisation(view.organisation_slug)
    asked = Asked(
        attribute=attribute,
        label=attribute.label.in_(language),
        hint=words_in(request)("receipt.email_hint"),
        required=True,
        is_heading=False,
        is_own=True,
    )
    sent = {attribute.field_name: email} if faults else {}
    values = {
        "service_label": view.pack.label.in_(language),
        "sent_at": moment(view.submitted_at, language=language) if view.submitted_at else "",
        "status": STATUS_WORDS[view.status].in_(language),
        "next_steps": [step.in_(language) for step in view.pack.form.next_steps]
        if view.status == "submitted"
        else [],
        "organisation": organisation.name.in_(language),
        "contact": organisation.contact,
        "hours": organisation.contact.hours.in_(language),
        "emailed": "" if faults else email,
        "components": components(asked, sent, faults, language=language),
        "errors": [{"href": f"#{one.field}", "text": one.message.in_(language)} for one in faults],
    }
    return show_in(request, view, "citizen/receipt.html", values, status=422 if faults else 200)
