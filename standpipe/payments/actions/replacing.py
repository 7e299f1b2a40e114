"""Letting another payment take the place of one that was made and goes back whole."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from standpipe.identity.actor import Actor
from standpipe.payments.actions.ledger import find, note
from standpipe.payments.actions.refunding import NotPaid
from standpipe.payments.queries import view
from standpipe.payments.settling import PAID, RETURNED


def give_place(payment_id: UUID, *, actor: Actor, at: datetime) -> None:
    """
    Keep in the caller's transaction that a payment counts no more, and another may be asked for.

    All of it must have been asked back before; `pay_out` goes on returning it.

    :raises NotPaid: if it was not paid, or something of it is still to be asked back
    """
    payment = find(payment_id, lock=True)
    if payment.state != PAID or view(payment).left_pence > 0:
        raise NotPaid("This payment still counts.")
    payment.state = RETURNED
    payment.save(update_fields=["state"])
    note(payment, verb="payment.replaced", actor=actor, at=at, pence=payment.amount_pence)
