"""`value.name`: entries of contexts, and the properties of dates, times, durations and ranges."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from standpipe.dmn.feel.calendar import Date
from standpipe.dmn.feel.clock import DateTime, Time
from standpipe.dmn.feel.durations import NANOS, DaysDuration, MonthsDuration
from standpipe.dmn.feel.values import Range


def _seconds(time: Time) -> Decimal:
    return Decimal(time.second)


def _offset(time: Time, day: Date | None) -> DaysDuration | None:
    shift = time.offset if day is None else time.offset_on(day)
    return None if shift is None else DaysDuration(shift * NANOS)


_DATE: Final[dict[str, Callable[[Any], Any]]] = {
    "year": lambda day: Decimal(day.year),
    "month": lambda day: Decimal(day.month),
    "day": lambda day: Decimal(day.day),
    "weekday": lambda day: Decimal(day.weekday),
}
_TIME: Final[dict[str, Callable[[Any], Any]]] = {
    "hour": lambda time: Decimal(time.hour),
    "minute": lambda time: Decimal(time.minute),
    "second": _seconds,
    "timezone": lambda time: time.zone,
}
_PROPERTIES: Final[dict[type, dict[str, Callable[[Any], Any]]]] = {
    Date: _DATE,
    Time: _TIME | {"time offset": lambda time: _offset(time, None)},
    DateTime: {name: lambda moment, get=get: get(moment.date) for name, get in _DATE.items()}
    | {name: lambda moment, get=get: get(moment.time) for name, get in _TIME.items()}
    | {"time offset": lambda moment: _offset(moment.time, moment.date)},
    DaysDuration: {
        "days": lambda duration: Decimal(duration.days_part),
        "hours": lambda duration: Decimal(duration.hours_part),
        "minutes": lambda duration: Decimal(duration.minutes_part),
        "seconds": lambda duration: duration.seconds_part,
    },
    MonthsDuration: {
        "years": lambda duration: Decimal(duration.years_part),
        "months": lambda duration: Decimal(duration.months_part),
    },
    Range: {
        "start": lambda one: one.low,
        "end": lambda one: one.high,
        "start included": lambda one: one.low_closed,
        "end included": lambda one: one.high_closed,
    },
}


def member(value: Any, name: str) -> Any:
    """Return what a path step gives: of a list, that of each item; None where there is nothing."""
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        return [member(item, name) for item in value]
    read = _PROPERTIES.get(type(value), {}).get(name)
    return None if read is None else read(value)
