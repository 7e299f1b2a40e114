"""The values of FEEL, their kinds, and when two of them are equal or one comes first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from standpipe.dmn.feel.calendar import Date
from standpipe.dmn.feel.clock import DateTime, Time
from standpipe.dmn.feel.durations import NANOS, DaysDuration, MonthsDuration

if TYPE_CHECKING:
    from standpipe.dmn.feel.scope import Scope
    from standpipe.dmn.feel.types import FeelType


@dataclass(frozen=True, slots=True)
class Range:
    """The values between two bounds; a bound that is None is open-ended."""

    low: Any
    high: Any
    low_closed: bool
    high_closed: bool

    def holds(self, value: Any) -> bool | None:
        """Tell whether a value lies within; None where it cannot be compared."""
        above = _side(value, self.low, closed=self.low_closed)
        below = _side(self.high, value, closed=self.high_closed) if self.high is not None else True
        if above is False or below is False:
            return False
        return None if above is None or below is None else True

    def holds_strictly(self, value: Any) -> bool | None:
        """Tell the same where both bounds have to be there: null makes it None or false."""
        above = None if self.low is None else _side(value, self.low, closed=self.low_closed)
        below = None if self.high is None else _side(self.high, value, closed=self.high_closed)
        if value is None:
            return None
        if above is False or below is False:
            return False
        return None if above is None or below is None else True


def _side(greater: Any, less: Any, *, closed: bool) -> bool | None:
    if less is None:
        return True if greater is not None else None
    order = compare(greater, less)
    if order is None:
        return None
    return order >= 0 if closed else order > 0


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """
    Something that can be called; parameters are in order, with the type of each if it has one.

    A built-in function may take a varying number of arguments, and knows itself what to make of
    named ones: `by_name`.
    """

    name: str
    parameters: tuple[str, ...]
    call: Callable[[Sequence[Any], Scope], Any]
    types: tuple[FeelType | None, ...] = ()
    result: FeelType | None = None
    variadic: bool = False
    by_name: Callable[[Mapping[str, Any], Scope], Any] | None = None


KINDS: Final[dict[type, str]] = {
    bool: "boolean",
    Decimal: "number",
    str: "string",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DaysDuration: "days and time duration",
    MonthsDuration: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
}


def kind_of(value: Any) -> str:
    """Return the name of a value's kind, as FEEL calls it; `function` for what can be called."""
    return "Null" if value is None else KINDS.get(type(value), "function")


def equal(left: Any, right: Any) -> bool | None:
    """Return whether two values are equal; None where their kinds differ."""
    if left is None or right is None:
        return left is right
    if kind_of(left) != kind_of(right):
        return None
    if isinstance(left, list):
        return _all_equal(list(zip(left, right, strict=False)), same=len(left) == len(right))
    if isinstance(left, dict):
        pairs = [(left[key], right[key]) for key in left if key in right]
        return _all_equal(pairs, same=left.keys() == right.keys())
    if isinstance(left, Range):
        return (
            left.low_closed == right.low_closed
            and left.high_closed == right.high_closed
            and equal(left.low, right.low) is True
            and equal(left.high, right.high) is True
        )
    if isinstance(left, Time):
        if left.is_local != right.is_local:
            return False
        return bool(left.utc_nanos() == right.utc_nanos())
    if isinstance(left, DateTime):
        if left.time.is_local != right.time.is_local:
            return False
        return bool(left.epoch_nanos == right.epoch_nanos)
    return bool(left == right)


def _all_equal(pairs: list[tuple[Any, Any]], *, same: bool) -> bool | None:
    if not same:
        return False
    found: bool | None = True
    for one, other in pairs:
        answer = equal(one, other)
        if answer is False:
            return False
        if answer is None:
            found = None
    return found


def compare(left: Any, right: Any) -> int | None:
    """Return -1, 0 or 1 as the left value comes before, with or after; None without an order."""
    kind = kind_of(left)
    if kind != kind_of(right):
        return None
    if isinstance(left, Time):
        if left.is_local != right.is_local:
            return None
        left, right = left.utc_nanos(), right.utc_nanos()
    elif isinstance(left, DateTime):
        if left.time.is_local != right.time.is_local:
            return None
        left, right = left.epoch_nanos, right.epoch_nanos
    elif kind in ("boolean", "list", "context", "range", "function", "Null"):
        return None
    return int(left > right) - int(left < right)


def from_python(value: Any) -> Any:
    """Return a plain Python value as FEEL holds it; ValueError if FEEL has nothing like it."""
    match value:
        case None | bool() | str():
            return value
        case int() | Decimal():
            return Decimal(value)
        case datetime():
            shift = value.utcoffset()
            offset = None if shift is None else int(shift.total_seconds())
            clock = Time.make(
                value.hour, value.minute, value.second, value.microsecond * 1000, offset=offset
            )
            return DateTime(Date.of(value), clock)
        case date():
            return Date.of(value)
        case time():
            return Time.make(value.hour, value.minute, value.second, value.microsecond * 1000)
        case timedelta():
            return DaysDuration(round(value / timedelta(microseconds=1)) * (NANOS // 1_000_000))
        case list() | tuple():
            return [from_python(item) for item in value]
        case dict():
            return {str(key): from_python(item) for key, item in value.items()}
    if type(value) in KINDS or isinstance(value, Function):
        return value
    raise ValueError(f"{type(value).__name__} has no like in FEEL")


def to_python(value: Any) -> Any:
    """Return a FEEL value in plain Python where Python has the like: days as date, 8 as int."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else value
        case Date(year, month, day) if 1 <= year <= 9999:
            return date(year, month, day)
        case list():
            return tuple(to_python(item) for item in value)
        case dict():
            return {key: to_python(item) for key, item in value.items()}
    return value
