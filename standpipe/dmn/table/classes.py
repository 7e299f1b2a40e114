"""An input's values sorted into classes that no cell of its column tells apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from standpipe.dmn.facts import Value
from standpipe.dmn.table.cells import Cell, constants, holds
from standpipe.dmn.table.definition import Input


@dataclass(frozen=True, slots=True)
class Classes:
    """
    The classes of one input: a value of each, which is null where the class is null alone.

    `of` gives the class of a value, and `holding` of a row's cell the classes it holds for.
    """

    samples: tuple[Value, ...]
    of: Callable[[Any], int]
    holding: tuple[frozenset[int], ...]


def classes_of(column: Input, cells: Sequence[Cell]) -> Classes:
    """Sort the values of a column by which of these cells hold of them; null is a value too."""
    marks = {
        value
        for cell in (*cells, *([column.allowed] if column.allowed else []))
        for value in constants(cell)
        if value is not None
    }
    finest, place = _finest(column, marks)
    by_signature: dict[tuple[bool, ...], int] = {}
    samples: list[Value] = []
    class_of_finest: dict[int, int] = {}
    for number, sample in enumerate(finest):
        if sample is not None and column.allowed and not holds(column.allowed, sample):
            continue
        signature = tuple(holds(cell, sample) is True for cell in cells)
        if signature not in by_signature:
            by_signature[signature] = len(samples)
            samples.append(sample)
        class_of_finest[number] = by_signature[signature]
    holding = tuple(
        frozenset(by_signature[signature] for signature in by_signature if signature[row])
        for row in range(len(cells))
    )
    return Classes(tuple(samples), lambda value: class_of_finest[place(value)], holding)


def _finest(column: Input, marks: set[Any]) -> tuple[list[Value], Callable[[Any], int]]:
    """Return a sample of each finest class, null last, and the function that places a value."""
    if column.type == "boolean":
        return [True, False, None], lambda value: 2 if value is None else int(value is False)
    if column.type == "string":
        texts = sorted(marks)
        numbers: dict[Any, int] = {text: number for number, text in enumerate(texts)}
        other = "another text"
        while other in marks:
            other += "~"
        numbers[None] = len(texts) + 1
        return [*texts, other, None], lambda value: numbers.get(value, len(texts))
    cuts = sorted(marks)
    samples: list[Value] = []
    ids: dict[int, int] = {}
    for gap in range(len(cuts) + 1):
        between = _between(cuts[gap - 1] if gap else None, cuts[gap] if gap < len(cuts) else None)
        if between is not None:
            ids[2 * gap] = len(samples)
            samples.append(between)
        if gap < len(cuts):
            ids[2 * gap + 1] = len(samples)
            samples.append(cuts[gap])
    if not cuts:
        samples, ids = [_ANY[column.type]], {0: 0}
    null = len(samples)

    def place(value: Any) -> int:
        if value is None:
            return null
        gap = bisect_left(cuts, value)
        exact = gap < len(cuts) and cuts[gap] == value
        return ids[2 * gap + 1 if exact else 2 * gap]

    return [*samples, None], place


_ANY: dict[str, Value] = {"number": 0, "date": date(2000, 1, 1)}


def _between(low: Any, high: Any) -> Value:
    """Return some value strictly between two bounds (None is no bound); None if there is none."""
    if isinstance(low if low is not None else high, date):
        day = timedelta(days=1)
        if low is None:
            return high - day if high > date.min else None
        if low == date.max or (high is not None and low + day >= high):
            return None
        return low + day  # type: ignore[no-any-return]
    if low is None and high is None:
        return None
    if low is None:
        return high - 1  # type: ignore[no-any-return]
    if high is None:
        return low + 1  # type: ignore[no-any-return]
    return (Decimal(low) + Decimal(high)) / 2
