"""What a table covers: situations that no row answers, that several do, and rows never reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from standpipe.dmn.facts import Value
from standpipe.dmn.table.classes import classes_of
from standpipe.dmn.table.definition import Row, Table
from standpipe.dmn.table.diagram import DiagramTooLarge, finished_masks, first_only, row_masks

_MAX_STATES: Final = 60_000
_MAX_EXAMPLES: Final = 10

Situation = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Coverage:
    """
    Examples stand for all like them; there are at most ten gaps.

    `overlaps` gives pairs of rows by number, with a situation in which both hold; `unreachable`
    the numbers of rows that never decide.
    """

    gaps: tuple[Situation, ...]
    overlaps: Mapping[tuple[int, int], Situation]
    unreachable: tuple[int, ...]


def coverage(table: Table, *, nulls: bool = False, max_states: int = _MAX_STATES) -> Coverage:
    """
    Survey every situation, those with a fact that is null only where `nulls` says so.

    :raises DiagramTooLarge: if there are too many kinds of situation to tell
    """
    return _Survey(table, nulls, max_states).run()


class _Survey:
    def __init__(self, table: Table, nulls: bool, max_states: int) -> None:
        self.table = table
        self.max_states = max_states
        classes = [
            classes_of(column, [row.cells[place] for row in table.rows])
            for place, column in enumerate(table.inputs)
        ]
        masks = row_masks(table, classes)
        # A class whose sample is null may hold other values; null alone is the last of the finest.
        self.samples = [
            [
                (sample, mask)
                for sample, mask in zip(one.samples, level, strict=True)
                if nulls or sample is not None
            ]
            for one, level in zip(classes, masks, strict=True)
        ]
        self.finished = finished_masks(table)
        self.seen: set[tuple[int, int]] = set()
        self.gaps: list[Situation] = []
        self.overlaps: dict[tuple[int, int], Situation] = {}
        self.reached = 0

    def run(self) -> Coverage:
        everything = (1 << len(self.table.rows)) - 1
        self._walk(0, everything, [])
        unreachable = tuple(
            row.number for row in self.table.rows if not self.reached >> (row.number - 1) & 1
        )
        return Coverage(tuple(self.gaps), self.overlaps, unreachable)

    def _walk(self, level: int, alive: int, path: list[Value]) -> None:
        if self.table.hit_policy == "FIRST":
            alive = first_only(alive, self.finished[level])
        if (level, alive) in self.seen:
            return
        if len(self.seen) > self.max_states:
            raise DiagramTooLarge
        self.seen.add((level, alive))
        if level == len(self.samples) or not alive:
            self._end(alive, path)
            return
        for sample, mask in self.samples[level]:
            self._walk(level + 1, alive & mask, [*path, sample])

    def _end(self, alive: int, path: list[Value]) -> None:
        if not alive:
            if len(self.gaps) < _MAX_EXAMPLES:
                self.gaps.append(self._situation(path))
            return
        if self.table.hit_policy == "FIRST":
            self.reached |= alive & -alive
            return
        rows = [row for row in self.table.rows if alive >> (row.number - 1) & 1]
        self.reached |= alive
        for one, other in combinations(rows, 2):
            pair = (one.number, other.number)
            if pair not in self.overlaps and not self._may_overlap(one, other):
                self.overlaps[pair] = self._situation(path)

    def _may_overlap(self, one: Row, other: Row) -> bool:
        if self.table.hit_policy == "ANY":
            return one.values == other.values
        return self.table.hit_policy != "UNIQUE"

    def _situation(self, path: list[Value]) -> Situation:
        return {column.name: value for column, value in zip(self.table.inputs, path, strict=False)}
