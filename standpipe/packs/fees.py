"""Fees with their dates of effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standpipe.kernel.errors import Misconfigured


class NoFeeInForce(Misconfigured):
    """The table of fees starts after that day."""


@dataclass(frozen=True, slots=True)
class Fee:
    """What is charged; `law` None where the service charges nothing and never has."""

    amount_pence: int
    law: str | None
    refundable: bool
    since: date | None


def read_fees(words: Mapping[str, Any]) -> tuple[Fee, ...]:
    """Read the amounts, earliest first."""
    fees = [
        Fee(
            amount_pence=one["amount_pence"],
            law=one["law"],
            refundable=one.get("refundable", False),
            since=date.fromisoformat(one["from"]),
        )
        for one in words["amounts"]
    ]
    return tuple(sorted(fees, key=lambda fee: fee.since or date.min))


def fee_in_force(fees: tuple[Fee, ...], *, on: date) -> Fee:
    """
    Return the fee of a day; nothing where the service has no fees at all.

    :raises NoFeeInForce: if the first fee starts later
    """
    if not fees:
        return Fee(0, None, refundable=False, since=None)
    in_force = [fee for fee in fees if fee.since is None or fee.since <= on]
    if not in_force:
        raise NoFeeInForce(f"No fee is in force on {on}; the first starts on {fees[0].since}.")
    return in_force[-1]
