"""Fees with their dates of effect: for everybody, for some, and for each of what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standpipe.kernel.errors import Misconfigured
from standpipe.kernel.text import Text
from standpipe.packs.condition import Circumstances, Condition, read_condition
from standpipe.vocabulary.unknown import is_unknown


class NoFeeInForce(Misconfigured):
    """The table of fees starts after that day."""


@dataclass(frozen=True, slots=True)
class Fee:
    """
    What is charged; `law` None where the service charges nothing and never has.

    `when` says of whom, None of everybody; `per` is the need of a count that the amount is for
    each of, None for once. `label` says both in words.
    """

    amount_pence: int
    law: str | None
    refundable: bool
    since: date | None
    when: Condition | None = None
    per: str | None = None
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """What one application costs: a fee, and how many times, None where that is not said yet."""

    fee: Fee
    count: int | None

    @property
    def amount_pence(self) -> int:
        """The whole amount; of what is not counted yet, that of one."""
        return self.fee.amount_pence * (1 if self.count is None else self.count)


def read_fees(words: Mapping[str, Any]) -> tuple[Fee, ...]:
    """Read the amounts, earliest first."""
    fees = [
        Fee(
            amount_pence=one["amount_pence"],
            law=one["law"],
            refundable=one.get("refundable", False),
            since=date.fromisoformat(one["from"]),
            when=read_condition(one["when"]) if "when" in one else None,
            per=one.get("per"),
            label=Text.read(one["label"]) if "label" in one else None,
        )
        for one in words["amounts"]
    ]
    return tuple(sorted(fees, key=lambda fee: fee.since or date.min))


def fee_in_force(fees: tuple[Fee, ...], *, on: date) -> Fee:
    """
    Return the fee of a day for whom no condition is about; nothing where there are none.

    :raises NoFeeInForce: if the first fee starts later
    """
    if not fees:
        return Fee(0, None, refundable=False, since=None)
    in_force = [fee for fee in fees if fee.since is None or fee.since <= on]
    if not in_force:
        raise NoFeeInForce(f"No fee is in force on {on}; the first starts on {fees[0].since}.")
    of_everybody = [fee for fee in in_force if fee.when is None]
    return of_everybody[-1] if of_everybody else Fee(0, None, refundable=False, since=None)


def fees_for_some(fees: tuple[Fee, ...], *, on: date) -> tuple[Fee, ...]:
    """Return the fees of a day that a condition is about: of each condition the latest."""
    latest: dict[Condition, Fee] = {}
    for fee in fees:
        if fee.when is not None and (fee.since is None or fee.since <= on):
            latest[fee.when] = fee
    return tuple(latest.values())


def charge(fees: tuple[Fee, ...], *, on: date, at: Circumstances) -> Charge:
    """
    Return what an application costs: the first fee whose condition holds, or else everybody's.

    :raises NoFeeInForce: if the first fee starts later
    """
    fee = next(
        (one for one in fees_for_some(fees, on=on) if one.when and one.when.holds(at)),
        None,
    ) or fee_in_force(fees, on=on)
    return Charge(fee, 1 if fee.per is None else _count(fee.per, at))


def _count(need: str, at: Circumstances) -> int | None:
    try:
        value = at.value(need)
    except KeyError:
        return None
    return None if value is None or is_unknown(value) else int(value)
