"""Conversion between kinds: text to number, day, time, moment or duration, and all to text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from standpipe.dmn.feel.arithmetic import number as as_number
from standpipe.dmn.feel.calendar import Date
from standpipe.dmn.feel.clock import DateTime, Time
from standpipe.dmn.feel.durations import (
    NANOS,
    DaysDuration,
    MonthsDuration,
    parse_duration,
    seconds_of,
)
from standpipe.dmn.feel.functions.signature import Functions
from standpipe.dmn.feel.values import Range

FUNCTIONS = Functions()

_NUMBER: Final = re.compile(r"-?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d{1,4})?")


def at_literal(text: str) -> Any:
    """Return what `@"…"` denotes; None if it is no day, time, moment or duration."""
    for read in (Date.parse, _moment, Time.parse, parse_duration):
        try:
            return read(text)
        except (ValueError, OverflowError):
            continue
    return None


def _moment(text: str) -> DateTime:
    if "T" not in text:
        raise ValueError("a moment has a time")
    return DateTime.parse(text)


@FUNCTIONS.define("date", "from: string|date|datetime")
def _date(value: str | Date | DateTime) -> Date:
    if isinstance(value, DateTime):
        return value.date
    return value if isinstance(value, Date) else Date.parse(value)


@FUNCTIONS.define("date", "year: number, month: number, day: number")
def _date_of_parts(year: Decimal, month: Decimal, day: Decimal) -> Date:
    return Date.make(_whole(year), _whole(month), _whole(day))


@FUNCTIONS.define("date and time", "from: string|datetime|date")
def _date_and_time(value: str | DateTime | Date) -> DateTime:
    if isinstance(value, Date):
        return DateTime(value, Time(0))
    return value if isinstance(value, DateTime) else DateTime.parse(value)


@FUNCTIONS.define("date and time", "date: date|datetime, time: time")
def _date_with_time(day: Date | DateTime, time: Time) -> DateTime:
    return DateTime(day.date if isinstance(day, DateTime) else day, time)


@FUNCTIONS.define(
    "date and time",
    "year: number, month: number, day: number, hour: number, minute: number, second: number, "
    "offset?: days?",
)
def _moment_of_parts(*parts: Any) -> DateTime:
    return DateTime(_date_of_parts(*parts[:3]), _time_of_parts(*parts[3:]))


@FUNCTIONS.define("time", "from: string|time|datetime|date")
def _time(value: str | Time | DateTime | Date) -> Time:
    if isinstance(value, DateTime):
        return value.time
    if isinstance(value, Date):
        return Time(0, 0)
    return value if isinstance(value, Time) else Time.parse(value)


@FUNCTIONS.define("time", "hour: number, minute: number, second: number, offset?: days?")
def _time_of_parts(
    hour: Decimal, minute: Decimal, second: Decimal, offset: DaysDuration | None = None
) -> Time:
    whole = int(second // 1)
    nano = int((second - whole) * NANOS)
    shift = None if offset is None else int(seconds_of(offset.nanos))
    if second < 0:
        raise ValueError("a second is negative")
    return Time.make(_whole(hour), _whole(minute), whole, nano, offset=shift)


@FUNCTIONS.define("duration", "from: string|days|months")
def _duration(value: str | DaysDuration | MonthsDuration) -> DaysDuration | MonthsDuration:
    return parse_duration(value) if isinstance(value, str) else value


@FUNCTIONS.define("years and months duration", "from: date|datetime, to: date|datetime")
def _months_between(start: Date | DateTime, end: Date | DateTime) -> MonthsDuration:
    first = start.date if isinstance(start, DateTime) else start
    last = end.date if isinstance(end, DateTime) else end
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return MonthsDuration(months)


@FUNCTIONS.define("number", "from: string|number")
def _number(text: str | Decimal) -> Decimal | None:
    if isinstance(text, Decimal):
        return text
    if _NUMBER.fullmatch(text) is None or not text.isascii():
        raise ValueError(f"{text!r} is no number")
    return as_number(Decimal(text))


@FUNCTIONS.define(
    "number", "from: string, grouping separator: string?, decimal separator?: string?"
)
def _number_written(text: str, grouping: str | None, point: str | None = None) -> Decimal | None:
    if grouping not in (None, " ", ",", ".") or point not in (None, ".", ","):
        raise ValueError("no such separator")
    if grouping is not None and grouping == point:
        raise ValueError("both separators are the same")
    if grouping:
        text = text.replace(grouping, "")
    if point == ",":
        if "." in text:
            raise ValueError("the decimal separator is a comma")
        text = text.replace(",", ".")
    return _number(text)


@FUNCTIONS.define("string", "from: any")
def _string(value: Any) -> str | None:
    return None if value is None else text_of(value)


def text_of(value: Any, *, within: bool = False) -> str:
    """Return a value as text; text within lists and contexts stands in quotes."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"' if within else value
        case Decimal():
            return plain(value)
        case list():
            return "[" + ", ".join(text_of(item, within=True) for item in value) + "]"
        case dict():
            entries = (f"{key}: {text_of(item, within=True)}" for key, item in value.items())
            return "{" + ", ".join(entries) + "}"
        case Range(low, high, low_closed, high_closed):
            left = "[" if low_closed else "("
            right = "]" if high_closed else ")"
            ends = [text_of(end, within=True) if end is not None else "" for end in (low, high)]
            return f"{left}{ends[0]}..{ends[1]}{right}"
    return str(value)


def plain(value: Decimal) -> str:
    """Return a number without an exponent and without zeros that say nothing."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _whole(value: Decimal) -> int:
    if value != value.to_integral_value():
        raise ValueError(f"{value} is not whole")
    return int(value)
