"""Numbers: rounding, parts and roots."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from functools import partial
from typing import Final

from standpipe.dmn.feel.arithmetic import DECIMAL128, number
from standpipe.dmn.feel.durations import DaysDuration, MonthsDuration
from standpipe.dmn.feel.functions.signature import Functions

FUNCTIONS = Functions()

_MIN_SCALE: Final = -6111
_MAX_SCALE: Final = 6176


def rounded(rounding: str, value: Decimal, scale: Decimal = Decimal(0)) -> Decimal:
    """Return a number with that many digits after the point; ValueError beyond decimal128."""
    places = int(scale)
    if not _MIN_SCALE <= places <= _MAX_SCALE:
        raise ValueError("the scale is out of range")
    if -value.as_tuple().exponent <= places:  # type: ignore[operator]
        return value
    # Room for every digit that the number has, so that only the scale decides what is lost.
    room = Context(prec=max(40, value.adjusted() + places + 3), rounding=rounding)
    return value.quantize(Decimal(1).scaleb(-places, room), context=room) + 0


for _name, _rounding in (
    ("decimal", ROUND_HALF_EVEN),
    ("round up", ROUND_UP),
    ("round down", ROUND_DOWN),
    ("round half up", ROUND_HALF_UP),
    ("round half down", ROUND_HALF_DOWN),
):
    FUNCTIONS.define(_name, "n: number, scale: number")(partial(rounded, _rounding))
for _name, _rounding in (("floor", ROUND_FLOOR), ("ceiling", ROUND_CEILING)):
    FUNCTIONS.define(_name, "n: number, scale?: number")(partial(rounded, _rounding))


@FUNCTIONS.define("abs", "n: number|days|months")
def _abs(value: Decimal | DaysDuration | MonthsDuration) -> object:
    if isinstance(value, DaysDuration):
        return DaysDuration(abs(value.nanos))
    if isinstance(value, MonthsDuration):
        return MonthsDuration(abs(value.months))
    return abs(value)


@FUNCTIONS.define("modulo", "dividend: number, divisor: number")
def _modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    # The sign is the divisor's; room for every digit that the whole quotient may have.
    wide = Context(prec=12_400)
    rest = wide.remainder(dividend, divisor)
    if rest and (rest < 0) != (divisor < 0):
        rest = wide.add(rest, divisor)
    return number(rest)


@FUNCTIONS.define("sqrt", "number: number")
def _sqrt(value: Decimal) -> Decimal:
    return DECIMAL128.sqrt(value)


@FUNCTIONS.define("log", "number: number")
def _log(value: Decimal) -> Decimal | None:
    return number(DECIMAL128.ln(value))


@FUNCTIONS.define("exp", "number: number")
def _exp(value: Decimal) -> Decimal | None:
    return number(DECIMAL128.exp(value))


@FUNCTIONS.define("odd", "number: number")
def _odd(value: Decimal) -> bool:
    return abs(value) % 2 == 1


@FUNCTIONS.define("even", "number: number")
def _even(value: Decimal) -> bool:
    return value % 2 == 0
