"""What became of a payment. The caller opens the transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from standpipe.payments.models import Payment
from standpipe.payments.settling import DEAD, PAID, State, is_finished


@dataclass(frozen=True, slots=True)
class RefundView:
    """
    A part that is paid back, or all, by the key it was asked for with.

    `done_at` is None while the provider has not taken it on.
    """

    key: UUID
    pence: int
    reason: str
    by: str
    asked_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaymentView:
    """
    One payment; `next_url` is where it is paid, empty before it is opened and once it has ended.

    `message` says for people why it failed. `settled_at` is when we learnt how it ended.
    `till_receipt` names what was paid at a counter, empty where the provider was paid.
    """

    id: UUID
    state: State
    amount_pence: int
    next_url: str
    message: str
    settled_at: datetime | None
    refunded_pence: int
    refund_asked_at: datetime | None
    till_receipt: str
    refunds: tuple[RefundView, ...] = ()

    @property
    def left_pence(self) -> int:
        """How much can still be paid back; what was asked for is taken away already."""
        asked = sum(one.pence for one in self.refunds)
        return self.amount_pence - asked if self.state == PAID else 0


def payment_of(application: UUID) -> PaymentView | None:
    """Return the payment of an application that lives, else the last; None if there is none."""
    rows = list(Payment.objects.filter(application=application).order_by("-at", "-id"))
    live = [row for row in rows if row.state not in DEAD]
    return view(next(iter(live or rows))) if rows else None


def open_payments(organisation: UUID, *, before: datetime, most: int) -> dict[UUID, UUID]:
    """Return payments begun before a moment that can still be made, by their application."""
    rows = Payment.objects.filter(organisation_id=organisation, at__lt=before)
    rows = rows.exclude(state__in=[*DEAD, PAID]).exclude(provider_id="").order_by("at")
    return dict(rows.values_list("application", "id")[:most])


def view(row: Any) -> PaymentView:
    """Return a payment's row in plain types."""
    return PaymentView(
        id=row.id,
        state=row.state,
        amount_pence=row.amount_pence,
        next_url="" if is_finished(row.state) else row.next_url,
        message=row.message,
        settled_at=row.settled_at,
        refunded_pence=row.refunded_pence,
        refund_asked_at=row.refund_asked_at,
        till_receipt=row.till_receipt,
        refunds=_refunds(row) if row.refund_asked_at else (),
    )


def _refunds(row: Any) -> tuple[RefundView, ...]:
    return tuple(
        RefundView(one.id, one.pence, one.reason, one.by, one.asked_at, one.done_at)
        for one in row.refunds.order_by("number")
    )
