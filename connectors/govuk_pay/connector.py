"""Turns what we want paid into a payment of GOV.UK Pay, and its states into ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, cast

from connectors.govuk_pay.client import Client, PayError
from standpipe.gateway.contracts import (
    NotAccepted,
    PaymentRequest,
    PaymentStarted,
    PaymentState,
    Refunded,
    Unreached,
)
from standpipe.gateway.http import Outbound

_NAME = "govuk_pay"
# "Cancellation of payment failed": it was made, or ended in another way, before. With P0502 Pay
# learns of it at this moment, from the bank.
_ENDED = ("P0501", "P0502")

Status = Literal["created", "started", "submitted", "success", "failed", "cancelled", "error"]

# `capturable` is a payment authorised but not yet taken: to us it is still under way.
_STATUSES: Mapping[str, Status] = {
    "created": "created",
    "started": "started",
    "submitted": "submitted",
    "capturable": "submitted",
    "success": "success",
    "failed": "failed",
    "cancelled": "cancelled",
    "error": "error",
}


def connect(settings: Mapping[str, str], outbound: Outbound) -> GovukPay:
    """Build the connector from its settings."""
    return GovukPay(
        Client(outbound, url=settings["STANDPIPE_PAY_URL"], key=settings["STANDPIPE_PAY_KEY"])
    )


class GovukPay:
    """A PaymentProvider."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def create(self, request: PaymentRequest) -> PaymentStarted:
        """Open a payment; the key makes it safe to be asked again after an unknown outcome."""
        body: dict[str, Any] = {
            "amount": request.amount_pence,
            "reference": request.reference,
            "description": request.description,
            "return_url": request.return_url,
            "language": request.language,
        }
        if request.email:
            body["email"] = request.email
        # Pay accepts letters, digits and hyphens in a key.
        key = re.sub(r"[^A-Za-z0-9-]", "-", request.idempotency_key)
        try:
            payment = self._client.create_payment(body, idempotency_key=key)
        except PayError as error:
            raise _ours(error) from error
        return PaymentStarted(payment.payment_id, payment.next_url)

    def state(self, provider_id: str) -> PaymentState:
        """Return how far a payment has come."""
        try:
            payment = self._client.payment(provider_id)
        except PayError as error:
            raise _ours(error) from error
        state = payment.state
        if state.status not in _STATUSES:
            raise Unreached(_NAME, "malformed", outcome_unknown=False)
        return PaymentState(
            _STATUSES[state.status], state.finished, state.message, payment.refunded
        )

    def cancel(self, provider_id: str) -> None:
        """End a payment; one that has ended stays as it is, which its state tells."""
        try:
            self._client.cancel(provider_id)
        except PayError as error:
            if error.code in _ENDED:
                return
            if error.status == 409:
                raise Unreached(_NAME, "unavailable", outcome_unknown=True) from error
            raise _ours(error) from error

    def refund(self, provider_id: str, *, amount_pence: int, available_pence: int) -> Refunded:
        """Refund a payment; the amount available guards against paying back twice."""
        try:
            refund = self._client.refund(
                provider_id, amount=amount_pence, refund_amount_available=available_pence
            )
        except PayError as error:
            raise _ours(error) from error
        if refund.status not in ("submitted", "success", "error"):
            raise Unreached(_NAME, "malformed", outcome_unknown=True)
        status = cast(Literal["submitted", "success", "error"], refund.status)
        return Refunded(refund.refund_id, status)


def _ours(error: PayError) -> NotAccepted | Unreached:
    # A key that is wrong or an account that is shut is for the operator to mend.
    if error.status in (401, 403):
        return Unreached(_NAME, "refused", outcome_unknown=False)
    return NotAccepted(_NAME, error.code, error.description, field=error.field)
