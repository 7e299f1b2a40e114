"""The pages of an application as who helps sees them: the applicant's own, read out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from standpipe.applications.actions import (
    change_after_all,
    send_way_to_pay,
    take_payment,
)
from standpipe.applications.application import NoSuchApplication
from standpipe.assistance.queries import help_by
from standpipe.consent.actions import NotPermitted
from standpipe.web.access import open_to
from standpipe.web.assist.helping import HELPERS, helped
from standpipe.web.citizen import outcome as outcomes
from standpipe.web.citizen import questions, receipt, saving, sending
from standpipe.web.citizen.opening import opened, show_in
from standpipe.web.links import link
from standpipe.web.presenters.money import pounds
from standpipe.web.rendering import show, words_in

application = helped(questions.application)
question = helped(questions.question)
check_answers = helped(sending.check_answers)
save = helped(saving.save_for_later)
receipt_page = helped(receipt.receipt)
own_file = helped(outcomes.own_file)
_outcome = helped(outcomes.outcome)


@open_to(*HELPERS)
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what came of it to who may follow it; to everybody else, that it was sent."""
    known = help_by(request.actor, what=f"application:{reference}")
    if known is None:
        raise NoSuchApplication("There is no application with this reference.")
    staff = request.actor
    try:
        return _outcome(request, reference)
    except NotPermitted:
        request.helped, request.actor = None, staff
        is_ours = staff.organisation == known.organisation and staff.roles & {
            "caseworker",
            "manager",
        }
        return show(request, "assist/sent.html", {"reference": reference, "is_ours": is_ours})


@helped
@open_to(*HELPERS, methods=("GET", "POST"))
def pay(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the person the way to pay, or note what they paid at the counter."""
    view = opened(request, reference)
    if view.status != "paying":
        return HttpResponseRedirect(link(request, "application", reference))
    say = words_in(request)
    fault, till = None, request.POST.get("receipt", "").strip()
    if "change" in request.POST:
        change_after_all(reference, actor=request.actor, at=request.at)
        return HttpResponseRedirect(link(request, "check_answers", reference))
    if "send" in request.POST:
        told = send_way_to_pay(reference, actor=request.actor, at=request.at)
        messages.success(request, say("assist.pay.sent" if told else "assist.pay.nobody"))
        return HttpResponseRedirect(link(request, "pay", reference))
    if "taken" in request.POST:
        if till:
            take_payment(reference, till_receipt=till, actor=request.actor, at=request.at)
            return HttpResponseRedirect(link(request, "outcome", reference))
        fault = say("assist.pay.receipt_missing")
    values = {
        "amount": pounds(view.charge.amount_pence),
        "receipt": till,
        "is_ours": request.actor.acts_for(view.organisation),
        "fault": fault,
        "errors": [{"href": "#receipt", "text": fault}] if fault else [],
    }
    return show_in(request, view, "assist/pay.html", values, status=422 if fault else 200)
