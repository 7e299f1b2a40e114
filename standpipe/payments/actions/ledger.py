"""The rows of payments, what is recorded of them, and who takes the money."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from standpipe.audit.actions import record
from standpipe.gateway.contracts import PaymentProvider
from standpipe.gateway.loaded import connectors
from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused
from standpipe.payments.models import Payment


class NoSuchPayment(Refused):
    """There is no such payment, or none that the actor may see."""


def find(payment_id: UUID, *, lock: bool = False) -> Payment:
    """
    Return a payment, held until the transaction ends if `lock`.

    :raises NoSuchPayment: if the actor of the transaction sees none of that id
    """
    rows = Payment.objects.select_for_update() if lock else Payment.objects.all()
    payment = rows.filter(id=payment_id).first()
    if payment is None:
        raise NoSuchPayment("There is no such payment.")
    return payment


def note(payment: Payment, *, verb: str, actor: Actor, at: datetime, **detail: int | str) -> None:
    """Record what was done to a payment; in the same transaction."""
    record(
        verb,
        actor=actor,
        at=at,
        organisation=payment.organisation_id,
        subjects=[payment.person_id],
        what=f"application:{payment.reference}",
        detail={"payment": str(payment.id), **detail},
    )


def provider() -> PaymentProvider:
    """Return who takes payments for this installation."""
    return connectors().contract(PaymentProvider)
