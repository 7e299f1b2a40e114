"""
Asking for payments, following them and paying them back.

Each call to the provider stands between two short transactions, never inside one. The id of a
payment is its idempotency key, so that to ask again is to ask once.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from standpipe.audit.actions import record
from standpipe.gateway.contracts import (
    NotAccepted,
    PaymentProvider,
    PaymentRequest,
    PaymentStarted,
    PaymentState,
)
from standpipe.gateway.loaded import connectors
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.errors import Refused
from standpipe.kernel.identifiers import new_id
from standpipe.payments.models import Payment
from standpipe.payments.queries import PaymentView, view
from standpipe.payments.settling import DEAD, PAID, is_finished, moves


class NothingToPay(Refused):
    """The amount is nothing: no payment is made of it."""


class NoSuchPayment(Refused):
    """There is no such payment, or none that the actor may see."""


class NotPaid(Refused):
    """What was not paid cannot be paid back."""


def request(
    *,
    application: UUID,
    reference: str,
    amount_pence: int,
    description: str,
    return_url: str,
    language: str,
    email: str | None,
    person: UUID,
    organisation: UUID,
    actor: Actor,
    at: datetime,
) -> UUID:
    """
    Ask for the payment of an application, in the caller's transaction; no call goes out yet.

    Returns the one that lives if there is one: two never do.

    :raises NothingToPay: if the amount is zero or less
    """
    if amount_pence <= 0:
        raise NothingToPay("There is nothing to pay.")
    payment = Payment(
        id=new_id(),
        application=application,
        person_id=person,
        organisation_id=organisation,
        reference=reference,
        amount_pence=amount_pence,
        description=description,
        return_url=return_url,
        language=language,
        email=email or "",
        state="created",
        at=at,
    )
    # Two who ask at once are told apart by the database, which lets one of them write.
    Payment.objects.bulk_create([payment], ignore_conflicts=True)
    live = Payment.objects.exclude(state__in=DEAD).get(application=application)
    if live.id == payment.id:
        _record("payment.requested", payment, actor=actor, at=at, pence=amount_pence)
    return live.id


def start(payment_id: UUID, *, actor: Actor, at: datetime) -> str:
    """
    Return the address where a payment is paid, opening it at the provider if need be.

    If it has failed or was cancelled, another one takes its place. If it is paid already, the
    address is the one to return to. Safe to call again.

    :raises NoSuchPayment: if the actor sees none of that id
    :raises Unavailable: if the provider cannot be reached; nothing is lost, and nothing was paid
    """
    with acting(actor):
        payment = _payment(payment_id)
    if payment.provider_id:
        state = refresh(payment_id, actor=actor, at=at).state
        if not is_finished(state):
            return str(payment.next_url)
        payment.state = state
    if payment.state == PAID:
        return str(payment.return_url)
    if payment.state in DEAD:
        with acting(actor):
            successor = _succeed(payment, actor=actor, at=at)
        return start(successor, actor=actor, at=at)
    try:
        started = _provider().create(_terms(payment))
    except NotAccepted as refused:
        with acting(actor):
            _settle(payment_id, PaymentState("error", True, str(refused)), actor=actor, at=at)
        raise
    with acting(actor):
        _keep_start(payment_id, started)
    return started.next_url or str(payment.return_url)


def refresh(payment_id: UUID, *, actor: Actor, at: datetime) -> PaymentView:
    """
    Ask the provider how a payment stands, and return it; that it ended is recorded once.

    A payment that ended, or that the provider never opened, is returned without asking.

    :raises NoSuchPayment: if the actor sees none of that id
    :raises Unavailable: if the provider cannot be reached
    """
    with acting(actor):
        payment = _payment(payment_id)
    if is_finished(payment.state) or not payment.provider_id:
        return view(payment)
    state = _provider().state(payment.provider_id)
    with acting(actor):
        return _settle(payment_id, state, actor=actor, at=at)


def refund(payment_id: UUID, *, actor: Actor, at: datetime) -> None:
    """
    Pay all of a payment back, once, however often this is called.

    The wish is kept first: if the provider cannot be reached, the worker asks again.

    :raises NotPaid: if it was not paid
    :raises Unavailable: if the provider cannot be reached; it will be paid back all the same
    """
    with acting(actor):
        payment = _payment(payment_id, lock=True)
        if payment.state != PAID:
            raise NotPaid("This payment was not made, so there is nothing to pay back.")
        if payment.refunded_pence:
            return
        if payment.refund_asked_at is None:
            payment.refund_asked_at = at
            payment.save(update_fields=["refund_asked_at"])
    _pay_back(payment)
    with acting(actor):
        payment = _payment(payment_id, lock=True)
        if not payment.refunded_pence:
            payment.refunded_pence = payment.amount_pence
            payment.save(update_fields=["refunded_pence"])
            _record("payment.refunded", payment, actor=actor, at=at, pence=payment.amount_pence)


def _pay_back(payment: Payment) -> None:
    # What an earlier try of unknown outcome did, the provider knows; and should two ask at this
    # moment, it declines the one whose amount available is no longer true.
    provider = _provider()
    left = payment.amount_pence - provider.state(payment.provider_id).refunded_pence
    if left <= 0:
        return
    try:
        provider.refund(payment.provider_id, amount_pence=left, available_pence=left)
    except NotAccepted:
        if provider.state(payment.provider_id).refunded_pence < payment.amount_pence:
            raise


def _provider() -> PaymentProvider:
    return connectors().contract(PaymentProvider)


def _payment(payment_id: UUID, *, lock: bool = False) -> Payment:
    rows = Payment.objects.select_for_update() if lock else Payment.objects.all()
    payment = rows.filter(id=payment_id).first()
    if payment is None:
        raise NoSuchPayment("There is no such payment.")
    return payment


def _terms(payment: Payment) -> PaymentRequest:
    # All of it kept with the row: one key with other terms would be declined.
    language: Literal["en", "cy"] = "cy" if payment.language == "cy" else "en"
    return PaymentRequest(
        amount_pence=payment.amount_pence,
        reference=payment.reference,
        description=payment.description,
        return_url=payment.return_url,
        email=payment.email or None,
        language=language,
        idempotency_key=str(payment.id),
    )


def _succeed(payment: Payment, *, actor: Actor, at: datetime) -> UUID:
    return request(
        application=payment.application,
        reference=payment.reference,
        amount_pence=payment.amount_pence,
        description=payment.description,
        return_url=payment.return_url,
        language=payment.language,
        email=payment.email,
        person=payment.person_id,
        organisation=payment.organisation_id,
        actor=actor,
        at=at,
    )


def _keep_start(payment_id: UUID, started: PaymentStarted) -> None:
    payment = _payment(payment_id, lock=True)
    payment.provider_id = started.provider_id
    payment.next_url = started.next_url or payment.next_url
    payment.save(update_fields=["provider_id", "next_url"])


def _settle(payment_id: UUID, news: PaymentState, *, actor: Actor, at: datetime) -> PaymentView:
    payment = _payment(payment_id, lock=True)
    if moves(payment.state, news.status):
        payment.state, payment.message = news.status, news.message or ""
        if is_finished(news.status):
            payment.settled_at = at
            _record("payment.settled", payment, actor=actor, at=at, state=news.status)
        payment.save(update_fields=["state", "message", "settled_at"])
    return view(payment)


def _record(
    verb: str, payment: Payment, *, actor: Actor, at: datetime, **detail: int | str
) -> None:
    record(
        verb,
        actor=actor,
        at=at,
        organisation=payment.organisation_id,
        subjects=[payment.person_id],
        what=f"application:{payment.reference}",
        detail={"payment": str(payment.id), **detail},
    )
