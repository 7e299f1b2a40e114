"""Paying back. The wish is kept first, and the call to the provider is in no transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from standpipe.gateway.contracts import NotAccepted
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.errors import Refused
from standpipe.payments.actions.ledger import find, note, provider
from standpipe.payments.models import Payment
from standpipe.payments.settling import PAID


class NotPaid(Refused):
    """What was not paid cannot be paid back."""


def refund(payment_id: UUID, *, actor: Actor, at: datetime) -> None:
    """
    Pay all of a payment back, once, however often this is called.

    The wish is kept first: if the provider cannot be reached, the worker asks again.

    :raises NotPaid: if it was not paid
    :raises Unavailable: if the provider cannot be reached; it will be paid back all the same
    """
    with acting(actor):
        payment = find(payment_id, lock=True)
        if payment.state != PAID:
            raise NotPaid("This payment was not made, so there is nothing to pay back.")
        if payment.refunded_pence:
            return
        if payment.refund_asked_at is None:
            payment.refund_asked_at = at
            payment.save(update_fields=["refund_asked_at"])
        if payment.till_receipt:
            # Whoever took it at the counter gives it back there.
            return
    _pay_back(payment)
    with acting(actor):
        payment = find(payment_id, lock=True)
        if not payment.refunded_pence:
            payment.refunded_pence = payment.amount_pence
            payment.save(update_fields=["refunded_pence"])
            note(payment, verb="payment.refunded", actor=actor, at=at, pence=payment.amount_pence)


def _pay_back(payment: Payment) -> None:
    # What an earlier try of unknown outcome did, the provider knows; and should two ask at this
    # moment, it declines the one whose amount available is no longer true.
    taker = provider()
    left = payment.amount_pence - taker.state(payment.provider_id).refunded_pence
    if left <= 0:
        return
    try:
        taker.refund(payment.provider_id, amount_pence=left, available_pence=left)
    except NotAccepted:
        if taker.state(payment.provider_id).refunded_pence < payment.amount_pence:
            raise
