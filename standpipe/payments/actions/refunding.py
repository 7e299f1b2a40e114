"""
Paying back, all or a part. The wish is kept first, and the call to the provider is in no
transaction.

The provider has no idempotency key for it, but knows how much it has paid back. What is asked of
one payment is paid in order, so that the sum up to each says whether that one was paid.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from standpipe.gateway.contracts import NotAccepted
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.errors import Refused
from standpipe.kernel.money import show_pounds
from standpipe.payments.actions.ledger import find, note, provider
from standpipe.payments.models import Payment, Refund
from standpipe.payments.settling import PAID


class NotPaid(Refused):
    """What was not paid cannot be paid back."""


class MoreThanIsLeft(Refused):
    """It is nothing, or more than is left of what was paid."""


def refund(payment_id: UUID, *, actor: Actor, at: datetime) -> None:
    """
    Pay back all that is left of a payment, once, however often this is called.

    The wish is kept first: if the provider cannot be reached, the worker asks again.

    :raises NotPaid: if it was not paid
    :raises Unavailable: if the provider cannot be reached; it will be paid back all the same
    """
    with acting(actor):
        payment = find(payment_id, lock=True)
        left = _left(payment)
        if left > 0 or payment.state != PAID:
            ask_refund(payment_id, pence=left, reason="", key=payment_id, actor=actor, at=at)
    pay_out(payment_id, actor=actor, at=at)


def ask_refund(
    payment_id: UUID, *, pence: int, reason: str, key: UUID, actor: Actor, at: datetime
) -> bool:
    """
    Keep in the caller's transaction that a part is to be paid back; `pay_out` does it.

    Once for each `key`: False if it was asked for before.

    :raises NotPaid: if it was not paid
    :raises MoreThanIsLeft: if it is nothing, or with what was asked before more than was paid
    """
    payment = find(payment_id, lock=True)
    if payment.state != PAID:
        raise NotPaid("This payment was not made, so there is nothing to pay back.")
    asked = Refund.objects.filter(payment=payment)
    if asked.filter(id=key).exists():
        return False
    left = _left(payment)
    if not 0 < pence <= left:
        raise MoreThanIsLeft(f"Between £0.01 and {show_pounds(left)} can be paid back.")
    Refund.objects.create(
        id=key,
        payment=payment,
        person_id=payment.person_id,
        organisation_id=payment.organisation_id,
        number=asked.count() + 1,
        pence=pence,
        reason=reason[:500],
        by=actor.name,
        asked_at=at,
    )
    payment.refund_asked_at = payment.refund_asked_at or at
    payment.save(update_fields=["refund_asked_at"])
    note(payment, verb="refund.asked", actor=actor, at=at, pence=pence)
    return True


def pay_out(payment_id: UUID, *, actor: Actor, at: datetime) -> None:
    """
    Pay back what was asked for and not done yet, in order; safe to run twice and at once.

    What was taken at a counter is given back there.

    :raises Unavailable: if the provider cannot be reached; what is left is paid later
    """
    with acting(actor):
        payment = find(payment_id)
        asked = [] if payment.till_receipt else list(payment.refunds.order_by("number"))
    target = 0
    for one in asked:
        target += one.pence
        if one.done_at is None:
            _pay_back(payment, up_to=target)
            with acting(actor):
                _keep_done(one, actor=actor, at=at)


def _left(payment: Payment) -> int:
    asked = payment.refunds.aggregate(total=Sum("pence"))["total"] or 0
    return int(payment.amount_pence - asked)


def _pay_back(payment: Payment, *, up_to: int) -> None:
    # What an earlier try of unknown outcome did, the provider knows; and should two ask at this
    # moment, it declines the one whose amount available is no longer true.
    taker = provider()
    done = taker.state(payment.provider_id).refunded_pence
    if done >= up_to:
        return
    available = payment.amount_pence - done
    try:
        taken = taker.refund(
            payment.provider_id, amount_pence=up_to - done, available_pence=available
        )
    except NotAccepted:
        if taker.state(payment.provider_id).refunded_pence < up_to:
            raise
        return
    if taken.status == "error":
        raise NotAccepted("payments", "error", "The provider could not pay it back.", field=None)


def _keep_done(one: Refund, *, actor: Actor, at: datetime) -> None:
    payment = find(one.payment_id, lock=True)
    if not Refund.objects.filter(id=one.id, done_at=None).update(done_at=at):
        return
    payment.refunded_pence += one.pence
    payment.save(update_fields=["refunded_pence"])
    note(payment, verb="payment.refunded", actor=actor, at=at, pence=one.pence)
