"""Which situations get another answer from another version of a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from standpipe.dmn.decision import Decision
from standpipe.dmn.facts import Value
from standpipe.dmn.table.cells import Anything, Cell
from standpipe.dmn.table.classes import classes_of
from standpipe.dmn.table.definition import Input, Row, Table
from standpipe.dmn.table.diagram import (
    DiagramTooLarge,
    answer_of,
    finished_masks,
    first_only,
    row_masks,
)

_MAX_STATES: Final = 60_000


@dataclass(frozen=True, slots=True)
class Change:
    """A kind of situation, shown by one of it, with the answer before and the answer after."""

    situation: Mapping[str, Value]
    before: Any
    after: Any


def difference(
    before: Decision, after: Decision, *, output: str | None = None, nulls: bool = False
) -> list[Change]:
    """
    Return a change for every kind of situation that two versions answer differently.

    An empty list proves that they always agree. Inputs are matched by name; one that only one
    version asks may have any value for the other. Null facts count only where `nulls` says so.

    :raises DiagramTooLarge: if there are too many kinds of situation to tell
    """
    return _Comparison(before.table, after.table, output, nulls).run()


class _Comparison:
    def __init__(self, before: Table, after: Table, output: str | None, nulls: bool) -> None:
        self.inputs = _joined_inputs(before, after)
        self.tables = (_widened(before, self.inputs), _widened(after, self.inputs))
        self.answers = tuple(answer_of(table, output) for table in self.tables)
        rows = [row for table in self.tables for row in table.rows]
        classes = [
            classes_of(column, [row.cells[place] for row in rows])
            for place, column in enumerate(self.inputs)
        ]
        # One numbering for the rows of both, so that one mask a class tells of both.
        numbered = tuple(replace(row, number=place) for place, row in enumerate(rows, start=1))
        both = replace(self.tables[0], rows=numbered)
        self.first = len(before.rows)
        self.levels = [
            [
                (sample, mask)
                for sample, mask in zip(one.samples, masks, strict=True)
                if nulls or sample is not None
            ]
            for one, masks in zip(classes, row_masks(both, classes), strict=True)
        ]
        self.finished = tuple(finished_masks(table) for table in self.tables)
        self.seen: set[tuple[int, int, int]] = set()
        self.changes: list[Change] = []

    def run(self) -> list[Change]:
        everything = [(1 << len(table.rows)) - 1 for table in self.tables]
        self._walk(0, everything[0], everything[1], [])
        return self.changes

    def _walk(self, level: int, old: int, new: int, path: list[Value]) -> None:
        if self.tables[0].hit_policy == "FIRST":
            old = first_only(old, self.finished[0][level])
        if self.tables[1].hit_policy == "FIRST":
            new = first_only(new, self.finished[1][level])
        if (level, old, new) in self.seen:
            return
        if len(self.seen) > _MAX_STATES:
            raise DiagramTooLarge
        self.seen.add((level, old, new))
        if level == len(self.levels) or not (old or new):
            self._end(old, new, path)
            return
        for sample, mask in self.levels[level]:
            ours = mask & ((1 << self.first) - 1)
            self._walk(level + 1, old & ours, new & (mask >> self.first), [*path, sample])

    def _end(self, old: int, new: int, path: list[Value]) -> None:
        answers = [
            answer([row for row in table.rows if alive >> (row.number - 1) & 1])
            for answer, table, alive in zip(self.answers, self.tables, (old, new), strict=True)
        ]
        if answers[0] != answers[1]:
            names = (column.name for column in self.inputs)
            self.changes.append(
                Change(dict(zip(names, path, strict=False)), answers[0], answers[1])
            )


def _joined_inputs(before: Table, after: Table) -> list[Input]:
    known = {column.name for column in before.inputs}
    return [*before.inputs, *(column for column in after.inputs if column.name not in known)]


def _widened(table: Table, inputs: list[Input]) -> Table:
    """Return a table that asks about all the inputs, in their order; `-` where it did not."""
    place_of = {column.name: place for place, column in enumerate(table.inputs)}
    anything: Cell = Anything()

    def cells(row: Row) -> tuple[Cell, ...]:
        return tuple(
            row.cells[place_of[column.name]] if column.name in place_of else anything
            for column in inputs
        )

    rows = tuple(replace(row, cells=cells(row)) for row in table.rows)
    return replace(table, inputs=tuple(inputs), rows=rows)
