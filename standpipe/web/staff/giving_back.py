"""Giving a part of a fee back: how much, and why, as who paid will read it."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.applications.actions import give_back_part
from standpipe.applications.application import ApplicationView
from standpipe.applications.queries import open_application
from standpipe.cases.queries import open_case
from standpipe.identity.tenancy import acting
from standpipe.kernel.errors import Unavailable
from standpipe.kernel.identifiers import new_id
from standpipe.kernel.money import show_pounds
from standpipe.web.access import open_to
from standpipe.web.presenters.refund import refund_rows
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.case import permission
from standpipe.web.staff.opening import show_to_staff

LONGEST_REASON = 500
_AMOUNT = re.compile(r"£?([0-9]{1,6})(?:\.([0-9]{2}))?")


@open_to("caseworker", "manager", methods=("GET", "POST"))
def give_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what was paid and returned of a case's fee, and return a part of it."""
    with acting(request.actor):
        open_case(reference, permission(request))
    view = open_application(reference, actor=request.actor, at=request.at)
    if request.method != "POST":
        return _show(request, view, {}, {})
    sent = {name: request.POST.get(name, "").strip() for name in ("amount", "reason", "key")}
    pence, faults = _read(request, sent, left=view.payment.left_pence if view.payment else 0)
    if faults:
        return _show(request, view, sent, faults)
    say = words_in(request)
    try:
        give_back_part(
            reference,
            pence=pence,
            reason=sent["reason"],
            key=_key(sent["key"]),
            actor=request.actor,
            at=request.at,
        )
    except Unavailable:
        messages.info(request, say("refund.later", amount=show_pounds(pence)))
    else:
        messages.success(request, say("refund.done", amount=show_pounds(pence)))
    return HttpResponseRedirect(resolve_url("case", reference))


def _read(request: HttpRequest, sent: dict[str, str], *, left: int) -> tuple[int, dict[str, str]]:
    """Return the amount in pence, and what is wrong with it or the reason, by field."""
    say, faults = words_in(request), {}
    found = _AMOUNT.fullmatch(sent["amount"].replace(",", "").replace(" ", ""))
    pence = int(found[1]) * 100 + int(found[2] or 0) if found else 0
    if not sent["amount"]:
        faults["amount"] = say("refund.no_amount")
    elif found is None:
        faults["amount"] = say("refund.not_an_amount")
    elif not 0 < pence <= left:
        faults["amount"] = say("refund.not_so_much", left=show_pounds(left))
    if not sent["reason"]:
        faults["reason"] = say("refund.no_reason")
    elif len(sent["reason"]) > LONGEST_REASON:
        faults["reason"] = say("refund.too_long", most=LONGEST_REASON)
    return pence, faults


def _key(sent: str) -> UUID:
    """Return the key of a form, under which it is done once; another for what is no key."""
    try:
        return UUID(sent)
    except ValueError:
        return new_id()


def _show(
    request: HttpRequest, view: ApplicationView, sent: dict[str, str], faults: dict[str, str]
) -> HttpResponse:
    language = language_of(request)
    values = {
        "reference": view.reference,
        "service": view.pack.label.in_(language),
        "payment": view.payment,
        "paid": show_pounds(view.payment.amount_pence) if view.payment else "",
        "left": show_pounds(view.payment.left_pence) if view.payment else "",
        "rows": refund_rows(view.payment, language=language) if view.payment else [],
        "sent": {"key": str(new_id()), **sent},
        "fault": faults,
        "errors": [{"href": f"#{field}", "text": text} for field, text in faults.items()],
        "most": LONGEST_REASON,
    }
    return show_to_staff(request, "staff/refund.html", values, status=422 if faults else 200)
