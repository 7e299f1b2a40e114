"""Payments of the simulated GOV.UK Pay: what is accepted, the states, and how they look."""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

# Codes and messages of failed payments, as Pay documents them.
FAILURES = {
    "P0010": ("failed", "Payment method rejected"),
    "P0020": ("failed", "Payment expired"),
    "P0030": ("failed", "Payment was cancelled by the user"),
    "P0040": ("cancelled", "Payment was cancelled by the service"),
    "P0050": ("error", "Payment provider returned an error"),
}
FINISHED = frozenset({"success", "failed", "cancelled", "error"})

_KNOWN = {
    "agreement_id",
    "agreement_payment_type",
    "amount",
    "authorisation_mode",
    "delayed_capture",
    "description",
    "email",
    "language",
    "metadata",
    "moto",
    "prefilled_cardholder_details",
    "reference",
    "return_url",
    "set_up_agreement",
}


class Declined(Exception):
    """A request Pay declines: the status and Pay's own error."""

    def __init__(
        self,
        status: int,
        code: str,
        description: str,
        *,
        field: str | None = None,
        header: str = "",
    ) -> None:
        super().__init__(code)
        self.status = status
        self.error = {"code": code, "description": description}
        if field:
            self.error["field"] = field
        if header:
            self.error["header"] = header


def new_id() -> str:
    """Return 26 small letters and digits, the form of all ids of Pay."""
    return "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(26))


def check_create(body: Mapping[str, Any] | None) -> None:
    """Raise Declined unless a payment can be created so."""
    if body is None:
        raise Declined(400, "P0197", "Unable to parse JSON")
    for field in ("amount", "reference", "description", "return_url"):
        if body.get(field) is None:
            raise Declined(400, "P0101", f"Missing mandatory attribute: {field}", field=field)
    for field in sorted(body.keys() - _KNOWN):
        raise _invalid(field, "Unrecognised attribute")
    _check_amount(body["amount"], "amount", least=0, code="P0102")
    for field, longest in (("reference", 255), ("description", 255), ("return_url", 2000)):
        _check_text(body[field], field, longest)
    if _card_number_in(body["reference"]):
        message = "Card number entered in a payment link reference"
        raise Declined(400, "P0105", message, field="reference")
    address = urlsplit(body["return_url"])
    if address.scheme not in ("https", "http") or not address.hostname:
        raise _invalid("return_url", "Must be a valid URL format")
    if "email" in body:
        _check_text(body["email"], "email", 254)
    if body.get("language", "en") not in ("en", "cy"):
        raise _invalid("language", 'Must be "en" or "cy"')


def check_refund(body: Mapping[str, Any] | None, *, available: int, status: str) -> None:
    """Raise Declined unless a refund can be made so; `available` is in pence."""
    if body is None:
        raise Declined(400, "P0697", "Unable to parse JSON")
    if body.get("amount") is None:
        raise Declined(400, "P0601", "Missing mandatory attribute: amount", field="amount")
    _check_amount(body["amount"], "amount", least=1, code="P0602")
    if status != "available":
        message = f"The payment is not available for refund. Payment refund status: {status}"
        raise Declined(400, "P0603", message)
    stated = body.get("refund_amount_available")
    if (stated is not None and stated != available) or body["amount"] > available:
        raise Declined(412, "P0604", "Refund amount available mismatch.")


def _check_amount(amount: object, field: str, *, least: int, code: str) -> None:
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise _invalid(field, "Must be a valid numeric format", code)
    if amount < least:
        raise _invalid(field, f"Must be greater than or equal to {least}", code)
    if amount > 10_000_000:
        raise _invalid(field, "Must be less than or equal to 10000000", code)


def _check_text(value: object, field: str, longest: int) -> None:
    if not isinstance(value, str):
        raise _invalid(field, "Must be a valid string format")
    if len(value) > longest:
        raise _invalid(field, f"Must be less than or equal to {longest} characters length")


def _invalid(field: str, problem: str, code: str = "P0102") -> Declined:
    status = 400 if "format" in problem or "attribute" in problem else 422
    return Declined(status, code, f"Invalid attribute value: {field}. {problem}", field=field)


def _card_number_in(text: str) -> bool:
    return any(
        12 <= len(digits) <= 19 and passes_luhn(digits)
        for digits in re.findall(r"\d+", re.sub(r"[ -]", "", text))
    )


def passes_luhn(digits: str) -> bool:
    """Say whether the last digit of a card number fits the others (ISO/IEC 7812)."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def moment(seconds: float) -> str:
    """Return a moment as Pay writes it, in UTC to the millisecond."""
    text = datetime.fromtimestamp(seconds, tz=UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def refund_status(payment: Mapping[str, Any]) -> tuple[str, int]:
    """Return whether a payment can be refunded, in Pay's word, and how much of it, in pence."""
    left = payment["amount"] - payment["refunded"]
    if payment["status"] == "success":
        return ("available", left) if left else ("full", 0)
    return ("unavailable" if payment["status"] in FINISHED else "pending", left)


def as_json(payment: Mapping[str, Any], *, base_url: str) -> dict[str, Any]:
    """Return a payment as the API shows it; `next_url` only while somebody must still pay."""
    url = f"{base_url}/v1/payments/{payment['payment_id']}"
    state: dict[str, Any] = {
        "status": payment["status"],
        "finished": payment["status"] in FINISHED,
    }
    if payment["code"]:
        state |= {"code": payment["code"], "message": FAILURES[payment["code"]][1]}
    links: dict[str, Any] = {
        "self": {"href": url, "method": "GET"},
        "events": {"href": f"{url}/events", "method": "GET"},
        "refunds": {"href": f"{url}/refunds", "method": "GET"},
    }
    if not state["finished"]:
        page = f"{base_url}/secure/{payment['token']}"
        links["next_url"] = {"href": page, "method": "GET"}
        links["cancel"] = {"href": f"{url}/cancel", "method": "POST"}
    shown = {
        "payment_id": payment["payment_id"],
        "amount": payment["amount"],
        "description": payment["description"],
        "reference": payment["reference"],
        "language": payment["language"],
        "return_url": payment["return_url"],
        "payment_provider": "sandbox",
        "created_date": moment(payment["made_at"]),
        "delayed_capture": False,
        "moto": False,
        "state": state,
        "refund_summary": dict(
            zip(
                ("status", "amount_available", "amount_submitted"),
                (*refund_status(payment), payment["refunded"]),
                strict=True,
            )
        ),
        "settlement_summary": {},
        "_links": links,
    }
    for name in ("email", "card_details"):
        if payment[name]:
            shown[name] = payment[name]
    return shown
