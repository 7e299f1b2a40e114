"""
The functions of the bulk dialect, with what each does to Python values.

Missing on purpose: division and roots (no back-end has FEEL's 34 digits), upper and lower case
(back-ends disagree about ß), and whatever asks the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from standpipe.dmn.facts import ValueType
from standpipe.dmn.feel.arithmetic import DECIMAL128

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class BulkFunction:
    """
    One function for one set of types; a `strict` one is null as soon as an argument is.

    A `variadic` one takes as many arguments as one likes, all of its one parameter's type.
    """

    name: str
    parameters: tuple[ValueType, ...]
    result: ValueType
    python: Callable[..., Any]
    strict: bool = True
    variadic: bool = False

    def takes(self, kinds: Sequence[ValueType | None]) -> bool:
        """Tell whether it can be applied to arguments of these types; None is null."""
        wanted = self.parameters * len(kinds) if self.variadic else self.parameters
        return (
            bool(kinds)
            and len(wanted) == len(kinds)
            and all(kind is None or kind == one for kind, one in zip(kinds, wanted, strict=True))
        )


def find_function(name: str, kinds: Sequence[ValueType | None]) -> BulkFunction | None:
    """Return the function of a name for arguments of these types; None if there is none."""
    return next((one for one in FUNCTIONS if one.name == name and one.takes(kinds)), None)


def _add(left: Number, right: Number) -> Number:
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    return DECIMAL128.add(Decimal(left), Decimal(right))


def _subtract(left: Number, right: Number) -> Number:
    return _add(left, -right if isinstance(right, int) else right.copy_negate())


def _multiply(left: Number, right: Number) -> Number:
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    return DECIMAL128.multiply(Decimal(left), Decimal(right))


def _sum(*values: Number) -> Number:
    total: Number = 0
    for value in values:
        total = _add(total, value)
    return total


def years_between(start: date, end: date) -> int:
    """Return the whole years from one day to another, cut off towards zero."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    elif months < 0 and end.day > start.day:
        months += 1
    return -(-months // 12) if months < 0 else months // 12


def _and(*values: bool | None) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def _or(*values: bool | None) -> bool | None:
    if True in values:
        return True
    return None if None in values else False


def _if(condition: bool | None, then: Any, otherwise: Any) -> Any:
    return then if condition is True else otherwise


def _not(value: bool) -> bool:
    return not value


def _strict(
    name: str, parameters: tuple[ValueType, ...], result: ValueType, run: Callable[..., Any]
) -> BulkFunction:
    return BulkFunction(name, parameters, result, run)


_KINDS: Final[tuple[ValueType, ...]] = ("number", "string", "boolean", "date")
_ORDERED: Final[tuple[ValueType, ...]] = ("number", "date")

FUNCTIONS: Final[tuple[BulkFunction, ...]] = (
    _strict("+", ("number", "number"), "number", _add),
    _strict("-", ("number", "number"), "number", _subtract),
    _strict("*", ("number", "number"), "number", _multiply),
    _strict("negate", ("number",), "number", lambda value: _subtract(0, value)),
    _strict("abs", ("number",), "number", abs),
    BulkFunction("sum", ("number",), "number", _sum, variadic=True),
    *(
        BulkFunction("=", (kind, kind), "boolean", lambda a, b: a == b, strict=False)
        for kind in _KINDS
    ),
    *(
        BulkFunction("!=", (kind, kind), "boolean", lambda a, b: a != b, strict=False)
        for kind in _KINDS
    ),
    *(_strict("<", (kind, kind), "boolean", lambda a, b: a < b) for kind in _ORDERED),
    *(_strict("<=", (kind, kind), "boolean", lambda a, b: a <= b) for kind in _ORDERED),
    *(_strict(">", (kind, kind), "boolean", lambda a, b: a > b) for kind in _ORDERED),
    *(_strict(">=", (kind, kind), "boolean", lambda a, b: a >= b) for kind in _ORDERED),
    *(
        _strict("between", (kind, kind, kind), "boolean", lambda v, low, high: low <= v <= high)
        for kind in _ORDERED
    ),
    *(
        BulkFunction("min", (kind,), kind, lambda *values: min(values), variadic=True)
        for kind in _ORDERED
    ),
    *(
        BulkFunction("max", (kind,), kind, lambda *values: max(values), variadic=True)
        for kind in _ORDERED
    ),
    BulkFunction("and", ("boolean", "boolean"), "boolean", _and, strict=False),
    BulkFunction("or", ("boolean", "boolean"), "boolean", _or, strict=False),
    BulkFunction("all", ("boolean",), "boolean", _and, strict=False, variadic=True),
    BulkFunction("any", ("boolean",), "boolean", _or, strict=False, variadic=True),
    _strict("not", ("boolean",), "boolean", _not),
    *(BulkFunction("if", ("boolean", kind, kind), kind, _if, strict=False) for kind in _KINDS),
    _strict("year", ("date",), "number", lambda day: day.year),
    _strict("month", ("date",), "number", lambda day: day.month),
    _strict("day", ("date",), "number", lambda day: day.day),
    _strict("weekday", ("date",), "number", lambda day: day.isoweekday()),
    _strict("day of year", ("date",), "number", lambda day: day.timetuple().tm_yday),
    _strict("week of year", ("date",), "number", lambda day: day.isocalendar().week),
    _strict("years between", ("date", "date"), "number", years_between),
    _strict("days between", ("date", "date"), "number", lambda start, end: (end - start).days),
    _strict("string length", ("string",), "number", len),
    _strict("starts with", ("string", "string"), "boolean", lambda s, m: s.startswith(m)),
    _strict("ends with", ("string", "string"), "boolean", lambda s, m: s.endswith(m)),
    _strict("contains", ("string", "string"), "boolean", lambda s, m: m in s),
)
