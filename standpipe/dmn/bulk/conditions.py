"""
What a row asks, as conditions that no back-end has to negate.

SQL and Polars make null of every comparison with null, as FEEL does of all but equality. Negation
is therefore pushed down to the single test, where it is spelled out; what is left is `and` and
`or`, whose three values are the same everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final, Literal

from standpipe.dmn.facts import Value
from standpipe.dmn.table.cells import AnyOf, Anything, Cell, Compares, Equals, Not, Within
from standpipe.dmn.table.coverage import coverage
from standpipe.dmn.table.definition import Input, Row, Table
from standpipe.dmn.table.diagram import DiagramTooLarge
from standpipe.dmn.table.hits import ordered

Operator = Literal["=", "<", "<=", ">", ">="]
_OPPOSITE: Final[Mapping[str, Operator]] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MAX_MASK_ROWS: Final = 62

# The row number that says: rows of a UNIQUE or ANY table contradict each other here.
CONTRADICTION: Final = -1
NO_ROW: Final = 0


class BulkRefused(ValueError):
    """A back-end cannot give the exact answer, and so gives none."""


@dataclass(frozen=True, slots=True)
class Always:
    holds: bool


@dataclass(frozen=True, slots=True)
class IsNull:
    input: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class Compare:
    input: int
    operator: Operator
    value: str | bool | int | Decimal | date


@dataclass(frozen=True, slots=True)
class Differs:
    """Is another value, or null: what negated equality means."""

    input: int
    value: str | bool | int | Decimal | date


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Condition, ...]


Condition = Always | IsNull | Compare | Differs | All | Any


def row_condition(table: Table, row: Row, *, whole: frozenset[int] = frozenset()) -> Condition:
    """Return what a row asks; `whole` are the inputs whose columns hold whole numbers only."""
    parts = [
        _condition(cell, place, wanted=True, whole=place in whole)
        for place, cell in enumerate(row.cells)
        if not isinstance(cell, Anything)
    ]
    return parts[0] if len(parts) == 1 else All(tuple(parts)) if parts else Always(True)


def _condition(cell: Cell, place: int, *, wanted: bool, whole: bool) -> Condition:
    match cell:
        case Anything():
            return Always(wanted)
        case Equals(None):
            return IsNull(place, wanted)
        case Equals(value) if value is not None:
            if whole and isinstance(value, Decimal):
                return Always(not wanted)
            return Compare(place, "=", value) if wanted else Differs(place, value)
        case Compares(operator, value) if value is not None:
            return _compare(place, operator if wanted else _OPPOSITE[operator], value, whole)
        case Within(low, high, low_closed, high_closed) if low is not None and high is not None:
            above: Operator = ">=" if low_closed else ">"
            below: Operator = "<=" if high_closed else "<"
            if wanted:
                return All(
                    (_compare(place, above, low, whole), _compare(place, below, high, whole))
                )
            return Any(
                (
                    _compare(place, _OPPOSITE[above], low, whole),
                    _compare(place, _OPPOSITE[below], high, whole),
                )
            )
        case Not(test):
            return _condition(test, place, wanted=not wanted, whole=whole)
        case AnyOf(tests):
            parts = tuple(_condition(test, place, wanted=wanted, whole=whole) for test in tests)
            return Any(parts) if wanted else All(parts)
    raise AssertionError(cell)


def _compare(
    place: int, operator: Operator, value: str | bool | int | Decimal | date, whole: bool
) -> Compare:
    """Compare; a whole number is compared with the next whole one, never with a fraction."""
    if whole and isinstance(value, Decimal):
        towards = ROUND_FLOOR if operator in ("<=", ">") else ROUND_CEILING
        value = int(value.to_integral_value(towards))
    return Compare(place, operator, value)


def groups_to_check(table: Table) -> dict[tuple[Value, ...], list[Row]] | None:
    """
    Return the rows, by what they answer, that have to be watched for contradiction; None if none.

    A survey of the table usually proves that no two rows of a UNIQUE or ANY table ever collide.
    """
    if table.hit_policy not in ("UNIQUE", "ANY"):
        return None
    try:
        if not coverage(table, nulls=True).overlaps:
            return None
    except DiagramTooLarge:
        pass
    groups: dict[tuple[Value, ...], list[Row]] = {}
    for row in table.rows:
        key = row.values if table.hit_policy == "ANY" else (row.number,)
        groups.setdefault(key, []).append(row)
    return groups


def in_order(table: Table) -> list[Row]:
    """Return the rows in the order in which they decide."""
    return ordered(table, table.rows)


def needs_mask(table: Table) -> bool:
    """Tell whether the result is a bit mask of rows instead of the number of one."""
    many = table.hit_policy in ("COLLECT", "RULE ORDER", "OUTPUT ORDER")
    if many and len(table.rows) > _MAX_MASK_ROWS:
        raise BulkRefused(f"{table.name!r} has more than {_MAX_MASK_ROWS} rows to collect.")
    return many


def refuse_column(table: Table, fact: Input, found: str) -> None:
    """Refuse a column whose values are not exactly those of its input."""
    raise BulkRefused(
        f"{table.name!r}: the column {fact.name!r} is {found}, "
        f"which does not hold every {fact.type} exactly. "
        "Money is whole pence or a decimal, never a binary float."
    )
