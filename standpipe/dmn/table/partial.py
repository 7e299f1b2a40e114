"""
A table with some facts unknown, row by row (the sound answer).

A row surely holds, surely fails, or may do either. What this says is always true; that nothing
less would do is for the diagram to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standpipe.dmn.facts import DOES_NOT_KNOW
from standpipe.dmn.table.cells import Anything, holds
from standpipe.dmn.table.definition import Row, Table
from standpipe.dmn.table.hits import ordered, outcome_of

_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Possibilities:
    """
    The rows that may decide, and whether none might match.

    `sure` are those that hold whatever the unknown facts turn out to be; `open` are the others.
    """

    sure: tuple[Row, ...]
    open: tuple[Row, ...]
    none_possible: bool
    unknown: frozenset[int]


def possibilities(table: Table, facts: Mapping[str, object]) -> Possibilities:
    """Sort the rows by what is known; rows that can no longer decide are left out."""
    values = [facts.get(column.name, _ABSENT) for column in table.inputs]
    unknown = frozenset(
        place for place, value in enumerate(values) if value is _ABSENT or value is DOES_NOT_KNOW
    )
    sure: list[Row] = []
    undecided: list[Row] = []
    for row in table.rows:
        state = _state(row, values, unknown)
        if state:
            sure.append(row)
            if table.hit_policy == "FIRST":
                break
        elif state is None:
            undecided.append(row)
    if sure and table.hit_policy in ("UNIQUE", "ANY"):
        # Sound tables of these kinds hold no second row that could say otherwise.
        undecided = []
    if sure and table.hit_policy == "PRIORITY":
        ranked = ordered(table, [*sure, *undecided])
        undecided = ranked[: ranked.index(ordered(table, sure)[0])]
    return Possibilities(tuple(sure), tuple(undecided), not sure, unknown)


def _state(row: Row, values: Sequence[Any], unknown: frozenset[int]) -> bool | None:
    state: bool | None = True
    for place, cell in enumerate(row.cells):
        if isinstance(cell, Anything):
            continue
        if place in unknown:
            state = None
        elif not holds(cell, values[place]):
            return False
    return state


def outcomes(table: Table, found: Possibilities) -> list[tuple[Any, ...]]:
    """Return each possible combination of outputs of a table that gives one row."""
    rows: list[tuple[Any, ...]] = []
    sure = ordered(table, found.sure)[:1]
    for matched in (*([row] for row in found.open), *([row] for row in sure)):
        rows.append(tuple(outcome_of(table, matched).values.values()))
    if found.none_possible:
        rows.append(tuple(outcome_of(table, []).values.values()))
    return rows


def unanswered(table: Table, found: Possibilities, facts: Mapping[str, object]) -> tuple[str, ...]:
    """Return the inputs, in table order, that open rows hang on and that may still be asked."""
    wanted = {
        place
        for row in found.open
        for place in found.unknown
        if not isinstance(row.cells[place], Anything)
    }
    return tuple(
        column.name
        for place, column in enumerate(table.inputs)
        if place in wanted and facts.get(column.name) is not DOES_NOT_KNOW
    )
