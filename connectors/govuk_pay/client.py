"""GOV.UK Pay's public API in its own words. Gives no meaning to any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from standpipe.gateway.calls import Answer, Call, Malformed
from standpipe.gateway.http import Outbound

T = TypeVar("T")


class PayError(Exception):
    """An error as Pay writes it: `code` such as P0102, and the field or header at fault."""

    def __init__(self, status: int, code: str, description: str, field: str | None) -> None:
        super().__init__(f"{status} {code}: {description}")
        self.status, self.code = status, code
        self.description, self.field = description, field


@dataclass(frozen=True, slots=True)
class State:
    """The state of a payment; `code` and `message` are there only if it failed."""

    status: str
    finished: bool
    code: str | None
    message: str | None


@dataclass(frozen=True, slots=True)
class Payment:
    """
    One payment; `next_url` is where the payer goes next, None if nowhere.

    `refunded` is what was taken on to pay back, in pence.
    """

    payment_id: str
    state: State
    next_url: str | None
    refunded: int


@dataclass(frozen=True, slots=True)
class Refund:
    """One refund."""

    refund_id: str
    status: str


class Client:
    """Calls the API with its key. May be shared by threads."""

    def __init__(self, outbound: Outbound, *, url: str, key: str) -> None:
        self._outbound = outbound
        self._url = url.rstrip("/")
        self._key = key

    def create_payment(self, body: Mapping[str, Any], *, idempotency_key: str) -> Payment:
        """
        Create a payment; with a key used before, return the payment it made.

        :raises PayError: if Pay declines
        :raises Unreached: if the payment is not known to exist
        """
        return self._call(
            "POST",
            "/v1/payments",
            "/v1/payments",
            _read_payment,
            idempotency_key,
            body=body,
            idempotency_key=idempotency_key,
        )

    def payment(self, payment_id: str) -> Payment:
        """Return a payment; PayError 404 if Pay does not know it."""
        path = f"/v1/payments/{quote(payment_id, safe='')}"
        return self._call("GET", path, "/v1/payments/{id}", _read_payment, payment_id)

    def cancel(self, payment_id: str) -> None:
        """
        Cancel a payment.

        PayError 400 P0501 if it has ended; 409 P0502 if it has ended at the bank, of which Pay
        learns by asking there.

        :raises PayError: if Pay declines
        :raises Unreached: if it is not known to be cancelled
        """
        path = f"/v1/payments/{quote(payment_id, safe='')}/cancel"
        self._call("POST", path, "/v1/payments/{id}/cancel", _read_nothing, payment_id)

    def refund(self, payment_id: str, *, amount: int, refund_amount_available: int) -> Refund:
        """
        Refund a payment in part or whole; PayError 412 if less or more is available.

        :raises PayError: if Pay declines
        :raises Unreached: if the refund is not known to exist
        """
        return self._call(
            "POST",
            f"/v1/payments/{quote(payment_id, safe='')}/refunds",
            "/v1/payments/{id}/refunds",
            _read_refund,
            payment_id,
            body={"amount": amount, "refund_amount_available": refund_amount_available},
        )

    def _call(
        self,
        method: str,
        path: str,
        route: str,
        read: Callable[[Answer], T],
        correlation_id: str,
        **terms: Any,
    ) -> T:
        call = Call(
            method,
            self._url + path,
            route,
            correlation_id,
            headers={"Authorization": f"Bearer {self._key}"},
            **terms,
        )
        return self._outbound.call(call, read=_unless_error(read))


def _unless_error(read: Callable[[Answer], T]) -> Callable[[Answer], T]:
    def reading(answer: Answer) -> T:
        if answer.status < 400:
            return read(answer)
        # A wrong key is answered without a body that could be counted on.
        error = {} if answer.status == 401 else answer.json_object()
        field = error.get("field") or error.get("header")
        raise PayError(
            answer.status,
            str(error.get("code", "")),
            str(error.get("description", "")),
            None if field is None else str(field),
        )

    return reading


def _read_payment(answer: Answer) -> Payment:
    body = answer.json_object()
    try:
        state = body["state"]
        link = (body.get("_links") or {}).get("next_url") or {}
        refunds = body.get("refund_summary") or {}
        return Payment(
            _of_type(str, body["payment_id"]),
            State(
                _of_type(str, state["status"]),
                _of_type(bool, state["finished"]),
                _of_type(str | None, state.get("code")),
                _of_type(str | None, state.get("message")),
            ),
            _of_type(str | None, link.get("href")),
            max(0, _of_type(int, refunds.get("amount_submitted") or 0)),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise Malformed("not a payment") from error


def _read_nothing(answer: Answer) -> None:
    if answer.status != 204:
        raise Malformed(f"{answer.status} instead of 204")


def _of_type(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind):
        raise Malformed(f"a {type(value).__name__} instead of {kind}")
    return value


def _read_refund(answer: Answer) -> Refund:
    body = answer.json_object()
    refund_id, status = body.get("refund_id"), body.get("status")
    if not isinstance(refund_id, str) or not isinstance(status, str):
        raise Malformed("not a refund")
    return Refund(refund_id, status)
