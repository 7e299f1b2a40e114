"""Money that is taken at a counter, and noted here by the receipt of its till."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.errors import Refused
from standpipe.payments.actions.cancelling import cancel
from standpipe.payments.actions.ledger import find, note
from standpipe.payments.actions.paying import refresh
from standpipe.payments.settling import PAID


class PaidAlready(Refused):
    """It was paid through the provider: what was taken at the counter must be given back."""


def take(payment_id: UUID, *, till_receipt: str, actor: Actor, at: datetime) -> None:
    """
    Note that a payment was made at a counter; once.

    :raises PaidAlready: if it was paid through the provider meanwhile
    :raises Unavailable: if the provider, who may have been paid, cannot be reached
    """
    if refresh(payment_id, actor=actor, at=at).next_url:
        # What is paid at the counter can be paid nowhere else.
        cancel(payment_id, actor=actor, at=at)
    with acting(actor):
        payment = find(payment_id, lock=True)
        if payment.till_receipt == till_receipt:
            return
        if payment.state == PAID:
            raise PaidAlready("This was paid already. Give back what you have just taken.")
        payment.state, payment.till_receipt, payment.settled_at = PAID, till_receipt[:60], at
        payment.save(update_fields=["state", "till_receipt", "settled_at"])
        note(payment, verb="payment.settled", actor=actor, at=at, till=payment.till_receipt)
