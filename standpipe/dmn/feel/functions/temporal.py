"""Days and moments: where they stand in the year and the week, and what they are called."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from standpipe.dmn.feel.calendar import Date
from standpipe.dmn.feel.clock import DateTime
from standpipe.dmn.feel.functions.signature import Functions, wants_scope
from standpipe.dmn.feel.scope import Scope
from standpipe.dmn.feel.values import from_python

FUNCTIONS = Functions()

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def _day(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


@FUNCTIONS.define("day of year", "date: date|datetime")
def _day_of_year(value: Date | DateTime) -> Decimal:
    return Decimal(_day(value).day_of_year)


@FUNCTIONS.define("day of week", "date: date|datetime")
def _day_of_week(value: Date | DateTime) -> str:
    return _DAYS[_day(value).weekday - 1]


@FUNCTIONS.define("month of year", "date: date|datetime")
def _month_of_year(value: Date | DateTime) -> str:
    return _MONTHS[_day(value).month - 1]


@FUNCTIONS.define("week of year", "date: date|datetime")
def _week_of_year(value: Date | DateTime) -> Decimal:
    return Decimal(_day(value).week_of_year)


# The moment comes in from whoever evaluates; a pure language has no clock of its own.
MOMENT: Final = "now at evaluation"


@FUNCTIONS.define("now", "")
@wants_scope
def _now(scope: Scope) -> Any:
    return _at(scope)


@FUNCTIONS.define("today", "")
@wants_scope
def _today(scope: Scope) -> Any:
    moment = _at(scope)
    return None if moment is None else moment.date


def _at(scope: Scope) -> Any:
    found, moment = scope.find(MOMENT)
    if not found:
        return scope.note("the time was not given")
    return from_python(moment)
