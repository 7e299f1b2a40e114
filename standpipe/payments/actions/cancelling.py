"""Ending a payment that was begun and is not wanted any more, before it can be made."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from standpipe.gateway.contracts import NotAccepted
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.errors import Unavailable
from standpipe.payments.actions.ledger import find, provider
from standpipe.payments.actions.paying import open_at_provider, refresh
from standpipe.payments.queries import PaymentView, view
from standpipe.payments.settling import is_finished


class StillBeingTaken(Unavailable):
    """The provider has not ended a payment, because its money is being taken at this moment."""


def cancel(payment_id: UUID, *, actor: Actor, at: datetime) -> PaymentView:
    """
    End a payment at the provider, and return how it stands then; it can be made no more.

    One that was made or ended before stays as it is, as does one that the provider finds made when
    it is told to end it. Safe to call again.

    :raises NoSuchPayment: if the actor sees none of that id
    :raises StillBeingTaken: if it is not known yet whether it was made
    :raises Unavailable: if the provider cannot be reached
    """
    with acting(actor):
        payment = find(payment_id)
        if is_finished(payment.state):
            return view(payment)
    if not payment.provider_id:
        # Somebody may be opening it at this moment: by its key it is opened once, and then ended.
        try:
            payment = open_at_provider(payment, actor=actor, at=at)
        except NotAccepted:
            return refresh(payment_id, actor=actor, at=at)
    provider().cancel(payment.provider_id)
    ended = refresh(payment_id, actor=actor, at=at)
    if not is_finished(ended.state):
        raise StillBeingTaken("A payment is being taken at this moment.")
    return ended
