"""From the answers to the application: check, declare, pay, send."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from standpipe.applications.actions import change_after_all, settle, submit
from standpipe.applications.application import ApplicationView, Unfinished
from standpipe.applications.application import Submitted as Sent
from standpipe.packs.loaded import vocabulary
from standpipe.vocabulary.answers import FieldFault, Submitted
from standpipe.web.access import open_to
from standpipe.web.citizen.opening import opened, show_in
from standpipe.web.citizen.way import last_page_url
from standpipe.web.links import link
from standpipe.web.presenters.answers import answer_groups
from standpipe.web.presenters.declaration import declaration_faults, declarations
from standpipe.web.presenters.money import for_each, pounds
from standpipe.web.read_out import check_script
from standpipe.web.rendering import language_of
from standpipe.web.uploads import answers_of


@open_to("applicant", methods=("GET", "POST"))
def check_answers(request: HttpRequest, reference: str) -> HttpResponse:
    """Show every answer, ask for the declaration, and send the application."""
    view = opened(request, reference)
    if view.status != "draft" or view.next_page is not None:
        return HttpResponseRedirect(link(request, "application", reference))
    if request.method != "POST":
        return _show_answers(request, view)
    declared = answers_of(request)
    faults = declaration_faults(view, vocabulary(), declared, on=request.at.date())
    if faults:
        return _show_answers(request, view, sent=declared, faults=faults)
    try:
        sent = _submit(request, reference, declared=True)
    except Unfinished as unfinished:
        return HttpResponseRedirect(link(request, "question", reference, unfinished.page))
    return HttpResponseRedirect(_where(request, reference, sent))


@open_to("applicant", methods=("GET", "POST"))
def pay(request: HttpRequest, reference: str) -> HttpResponse:
    """
    Lead to the payment provider by a link.

    A form could not: the content policy lets no form lead to another site. Posting asks the
    provider for a new payment, after one that failed or was cancelled.
    """
    view = opened(request, reference)
    if view.status != "paying":
        return HttpResponseRedirect(link(request, "application", reference))
    if request.method == "POST":
        if "change" in request.POST:
            change_after_all(reference, actor=request.actor, at=request.at)
            return HttpResponseRedirect(link(request, "check_answers", reference))
        return HttpResponseRedirect(
            _where(request, reference, _submit(request, reference, declared=True))
        )
    payment = view.payment
    values = {
        "amount": pounds(view.charge.amount_pence),
        "for_each": for_each(view.charge, language=language_of(request)),
        "is_refundable": view.charge.fee.refundable,
        "pay_url": payment.next_url if payment else None,
        "has_failed": payment is not None and payment.state in ("failed", "cancelled", "error"),
        "state": payment.state if payment else "created",
    }
    return show_in(request, view, "citizen/pay.html", values)


@open_to("applicant")
def paid(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on after the payment provider's pages; safe to open again."""
    view = opened(request, reference)
    if view.status == "draft":
        return HttpResponseRedirect(link(request, "application", reference))
    sent = settle(reference, actor=request.actor, at=request.at)
    return HttpResponseRedirect(_where(request, reference, sent))


def _submit(request: HttpRequest, reference: str, *, declared: bool) -> Sent:
    return submit(
        reference,
        declared=declared,
        return_url=_return_url(request, reference),
        actor=request.actor,
        at=request.at,
    )


def _return_url(request: HttpRequest, reference: str) -> str:
    # Of the person, also where somebody helps them: they may pay on their own device.
    path = reverse("paid", args=[reference])
    if settings.IN_PRODUCTION:
        # Behind a proxy, what the request says of its own address need not be what people type.
        return f"{settings.ENV.origin}{path}"
    return request.build_absolute_uri(path)


def _where(request: HttpRequest, reference: str, sent: Sent) -> str:
    return link(request, "pay" if sent.state == "pay" else "outcome", reference)


def _show_answers(
    request: HttpRequest,
    view: ApplicationView,
    *,
    sent: Submitted | None = None,
    faults: tuple[FieldFault, ...] = (),
) -> HttpResponse:
    language = language_of(request)
    values = {
        "title": view.pack.form.check_title.in_(language),
        "send": view.pack.form.submit_label.in_(language),
        "groups": answer_groups(
            view, vocabulary(), language=language, change_url=partial(link, request, "question")
        ),
        **check_script(
            request, view, declarations(view, vocabulary(), sent or {}, faults, language=language)
        ),
        "errors": [
            {"href": f"#{fault.field}", "text": fault.message.in_(language)} for fault in faults
        ],
        "amount": pounds(view.charge.amount_pence) if view.charge.amount_pence else None,
        "for_each": for_each(view.charge, language=language),
        "back_url": last_page_url(request, view),
    }
    return show_in(
        request, view, "citizen/check_answers.html", values, status=422 if faults else 200
    )
