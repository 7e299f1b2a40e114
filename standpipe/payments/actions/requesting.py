"""Asking for a payment: a row first, and no call yet."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused
from standpipe.kernel.identifiers import new_id
from standpipe.payments.actions.ledger import note
from standpipe.payments.models import Payment
from standpipe.payments.settling import DEAD


class NothingToPay(Refused):
    """The amount is nothing: no payment is made of it."""


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
        note(payment, verb="payment.requested", actor=actor, at=at, pence=amount_pence)
    return live.id


def request_anew(payment: Payment, *, actor: Actor, at: datetime) -> UUID:
    """Ask for a payment on the terms of one that failed or was cancelled."""
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
