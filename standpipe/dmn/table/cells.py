"""
The tests that a cell can make of one value, and when they hold.

A cell holds, does not hold, or (of null) is null; a row matches only where every cell holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from standpipe.dmn.facts import Value

Operator = Literal["<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Anything:
    """`-`: holds for every value, and for null."""


@dataclass(frozen=True, slots=True)
class Equals:
    value: Value


@dataclass(frozen=True, slots=True)
class Compares:
    """`>= 8`; null of null."""

    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class Within:
    """`[low..high]`; null of null."""

    low: Value
    high: Value
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class AnyOf:
    tests: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Not:
    test: Cell


Cell = Anything | Equals | Compares | Within | AnyOf | Not


def holds(cell: Cell, value: Any) -> bool | None:
    """Tell whether a cell holds of a value of its column's type; None where FEEL says null."""
    match cell:
        case Anything():
            return True
        case Equals(wanted):
            # FEEL's equality is never null: `null = 8` is false.
            return bool(value == wanted) if value is not None else wanted is None
        case AnyOf(tests):
            found: bool | None = False
            for test in tests:
                one = holds(test, value)
                if one:
                    return True
                if one is None:
                    found = None
            return found
        case Not(test):
            one = holds(test, value)
            return None if one is None else not one
    if value is None:
        return None
    match cell:
        case Compares("<", bound):
            return bool(value < bound)
        case Compares("<=", bound):
            return bool(value <= bound)
        case Compares(">", bound):
            return bool(value > bound)
        case Compares(">=", bound):
            return bool(value >= bound)
        case Within(low, high, low_closed, high_closed):
            above = value >= low if low_closed else value > low
            return bool(above and (value <= high if high_closed else value < high))
    raise AssertionError(cell)


def constants(cell: Cell) -> Iterator[Value]:
    """Yield every constant that a cell compares with."""
    match cell:
        case Equals(value) | Compares(_, value):
            yield value
        case Within(low, high, _, _):
            yield low
            yield high
        case AnyOf(tests):
            for test in tests:
                yield from constants(test)
        case Not(test):
            yield from constants(test)


def listed(cell: Cell | None) -> tuple[Value, ...]:
    """Return the values that a cell enumerates; empty if it does not merely enumerate."""
    match cell:
        case Equals(value):
            return (value,)
        case AnyOf(tests) if all(isinstance(test, Equals) for test in tests):
            return tuple(test.value for test in tests if isinstance(test, Equals))
    return ()
