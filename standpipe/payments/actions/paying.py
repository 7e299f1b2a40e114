"""
Leading a person to pay, and learning how it ended.

Each call to the provider stands between two short transactions, never inside one. The id of a
payment is its idempotency key, so that to ask again is to ask once.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from standpipe.gateway.contracts import (
    NotAccepted,
    PaymentRequest,
    PaymentStarted,
    PaymentState,
)
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.payments.actions.ledger import find, note, provider
from standpipe.payments.actions.requesting import request_anew
from standpipe.payments.models import Payment
from standpipe.payments.queries import PaymentView, view
from standpipe.payments.settling import DEAD, PAID, is_finished, moves


def start(payment_id: UUID, *, actor: Actor, at: datetime) -> str:
    """
    Return the address where a payment is paid, opening it at the provider if need be.

    If it has failed or was cancelled, another one takes its place. If it is paid already, the
    address is the one to return to. Safe to call again.

    :raises NoSuchPayment: if the actor sees none of that id
    :raises Unavailable: if the provider cannot be reached; nothing is lost, and nothing was paid
    """
    with acting(actor):
        payment = find(payment_id)
    if payment.provider_id:
        state = refresh(payment_id, actor=actor, at=at).state
        if not is_finished(state):
            return str(payment.next_url)
        payment.state = state
    if payment.state == PAID:
        return str(payment.return_url)
    if payment.state in DEAD:
        with acting(actor):
            successor = request_anew(payment, actor=actor, at=at)
        return start(successor, actor=actor, at=at)
    payment = open_at_provider(payment, actor=actor, at=at)
    return str(payment.next_url or payment.return_url)


def open_at_provider(payment: Payment, *, actor: Actor, at: datetime) -> Payment:
    """
    Open a payment at the provider, once, and return it as it is kept then.

    :raises NotAccepted: if the provider declines it; that ends it
    :raises Unavailable: if the provider cannot be reached
    """
    try:
        started = provider().create(_terms(payment))
    except NotAccepted as refused:
        with acting(actor):
            _settle(payment.id, PaymentState("error", True, str(refused)), actor=actor, at=at)
        raise
    with acting(actor):
        return _keep_start(payment.id, started)


def refresh(payment_id: UUID, *, actor: Actor, at: datetime) -> PaymentView:
    """
    Ask the provider how a payment stands, and return it; that it ended is recorded once.

    A payment that ended, or that the provider never opened, is returned without asking.

    :raises NoSuchPayment: if the actor sees none of that id
    :raises Unavailable: if the provider cannot be reached
    """
    with acting(actor):
        payment = find(payment_id)
        if is_finished(payment.state) or not payment.provider_id:
            return view(payment)
    state = provider().state(payment.provider_id)
    with acting(actor):
        return _settle(payment_id, state, actor=actor, at=at)


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


def _keep_start(payment_id: UUID, started: PaymentStarted) -> Payment:
    payment = find(payment_id, lock=True)
    payment.provider_id = started.provider_id
    payment.next_url = started.next_url or payment.next_url
    payment.save(update_fields=["provider_id", "next_url"])
    return payment


def _settle(payment_id: UUID, news: PaymentState, *, actor: Actor, at: datetime) -> PaymentView:
    payment = find(payment_id, lock=True)
    if moves(payment.state, news.status):
        payment.state, payment.message = news.status, news.message or ""
        if is_finished(news.status):
            payment.settled_at = at
            note(payment, verb="payment.settled", actor=actor, at=at, state=news.status)
        payment.save(update_fields=["state", "message", "settled_at"])
    return view(payment)
