"""`+ - * / **` over numbers, text, days, times and durations; None where there is no answer."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal, DecimalException
from typing import Any, Final

from standpipe.dmn.feel.calendar import Date
from standpipe.dmn.feel.clock import DAY_NANOS, DateTime, Time
from standpipe.dmn.feel.durations import DaysDuration, MonthsDuration

# IEEE 754-2008 decimal128, as DMN 1.5 chapter 10.3.2.3.1 requires.
DECIMAL128: Final = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144)


# Longer texts than this are no answer: a loop that doubles one would soon fill the memory.
MAX_TEXT: Final = 1_000_000


def calculate(operator: str, left: Any, right: Any) -> Any:
    """Return the result; None for null operands, for unlike kinds, and beyond all numbers."""
    rule = _RULES.get((operator, type(left), type(right)))
    if rule is None:
        return None
    try:
        return rule(left, right)
    except (DecimalException, ValueError, OverflowError):
        return None


def number(value: Decimal) -> Decimal | None:
    """Return a number rounded to 34 digits; None if it is none."""
    try:
        rounded = DECIMAL128.plus(value)
    except DecimalException:
        return None
    return rounded if rounded.is_finite() else None


def _joined(left: str, right: str) -> str | None:
    return left + right if len(left) + len(right) <= MAX_TEXT else None


def _power(base: Decimal, exponent: Decimal) -> Decimal | None:
    return number(DECIMAL128.power(base, exponent))


def _nanos_times(duration: DaysDuration, factor: Decimal) -> DaysDuration:
    return DaysDuration(int(DECIMAL128.multiply(Decimal(duration.nanos), factor)))


def _months_times(duration: MonthsDuration, factor: Decimal) -> MonthsDuration:
    return MonthsDuration(int(DECIMAL128.multiply(Decimal(duration.months), factor)))


def _day_plus(day: Date, duration: DaysDuration, sign: int = 1) -> Date:
    return Date.from_number((day.number * DAY_NANOS + sign * duration.nanos) // DAY_NANOS)


def _time_plus(time: Time, duration: DaysDuration, sign: int = 1) -> Time:
    return Time((time.nanos + sign * duration.nanos) % DAY_NANOS, time.offset, time.zone)


def _moment_plus_months(moment: DateTime, duration: MonthsDuration, sign: int = 1) -> DateTime:
    return DateTime(moment.date.plus_months(sign * duration.months), moment.time)


def _between_moments(left: DateTime, right: DateTime) -> DaysDuration | None:
    if left.time.is_local != right.time.is_local:
        return None
    return DaysDuration(left.epoch_nanos - right.epoch_nanos)


def _between_times(left: Time, right: Time) -> DaysDuration | None:
    if left.is_local != right.is_local:
        return None
    return DaysDuration(left.utc_nanos() - right.utc_nanos())


def midnight(day: Date) -> DateTime:
    """Return the start of a day in UTC, as which DMN compares days with moments."""
    return DateTime(day, Time(0, 0))


def _ratio(left: int, right: int) -> Decimal:
    return DECIMAL128.divide(Decimal(left), Decimal(right))


def _inverse(duration: DaysDuration, divisor: Decimal) -> DaysDuration:
    return DaysDuration(int(DECIMAL128.divide(Decimal(duration.nanos), divisor)))


def _months_inverse(duration: MonthsDuration, divisor: Decimal) -> MonthsDuration:
    return MonthsDuration(int(DECIMAL128.divide(Decimal(duration.months), divisor)))


_N, _S, _D, _T, _M = Decimal, str, Date, Time, DateTime
_DD, _MD = DaysDuration, MonthsDuration

_RULES: Final[dict[tuple[str, type, type], Callable[[Any, Any], Any]]] = {
    ("+", _N, _N): DECIMAL128.add,
    ("-", _N, _N): DECIMAL128.subtract,
    ("*", _N, _N): DECIMAL128.multiply,
    ("/", _N, _N): DECIMAL128.divide,
    ("**", _N, _N): _power,
    ("+", _S, _S): _joined,
    ("+", _DD, _DD): lambda a, b: DaysDuration(a.nanos + b.nanos),
    ("-", _DD, _DD): lambda a, b: DaysDuration(a.nanos - b.nanos),
    ("/", _DD, _DD): lambda a, b: _ratio(a.nanos, b.nanos),
    ("*", _DD, _N): _nanos_times,
    ("*", _N, _DD): lambda a, b: _nanos_times(b, a),
    ("/", _DD, _N): _inverse,
    ("+", _MD, _MD): lambda a, b: MonthsDuration(a.months + b.months),
    ("-", _MD, _MD): lambda a, b: MonthsDuration(a.months - b.months),
    ("/", _MD, _MD): lambda a, b: _ratio(a.months, b.months),
    ("*", _MD, _N): _months_times,
    ("*", _N, _MD): lambda a, b: _months_times(b, a),
    ("/", _MD, _N): _months_inverse,
    ("+", _D, _DD): _day_plus,
    ("+", _DD, _D): lambda a, b: _day_plus(b, a),
    ("-", _D, _DD): lambda a, b: _day_plus(a, b, -1),
    ("+", _D, _MD): lambda a, b: a.plus_months(b.months),
    ("+", _MD, _D): lambda a, b: b.plus_months(a.months),
    ("-", _D, _MD): lambda a, b: a.plus_months(-b.months),
    ("-", _D, _D): lambda a, b: DaysDuration((a.number - b.number) * DAY_NANOS),
    ("-", _D, _M): lambda a, b: _between_moments(midnight(a), b),
    ("-", _M, _D): lambda a, b: _between_moments(a, midnight(b)),
    ("+", _T, _DD): _time_plus,
    ("+", _DD, _T): lambda a, b: _time_plus(b, a),
    ("-", _T, _DD): lambda a, b: _time_plus(a, b, -1),
    ("-", _T, _T): _between_times,
    ("+", _M, _DD): lambda a, b: a.plus_nanos(b.nanos),
    ("+", _DD, _M): lambda a, b: b.plus_nanos(a.nanos),
    ("-", _M, _DD): lambda a, b: a.plus_nanos(-b.nanos),
    ("+", _M, _MD): _moment_plus_months,
    ("+", _MD, _M): lambda a, b: _moment_plus_months(b, a),
    ("-", _M, _MD): lambda a, b: _moment_plus_months(a, b, -1),
    ("-", _M, _M): _between_moments,
}


def negate(value: Any) -> Any:
    """Return minus a number or duration; None for anything else."""
    match value:
        case Decimal():
            return DECIMAL128.minus(value)
        case DaysDuration(nanos):
            return DaysDuration(-nanos)
        case MonthsDuration(months):
            return MonthsDuration(-months)
    return None
