"""
The exact answer to what still matters: a reduced ordered decision diagram of a table.

Each input's values fall into few classes; the diagram asks the inputs in table order, and a node
whose branches all lead the same way is left out. After the known answers are followed, the inputs
that the rest of the diagram still asks are exactly those that can change the outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from standpipe.dmn.facts import DOES_NOT_KNOW, RowsDisagree
from standpipe.dmn.table.cells import Anything
from standpipe.dmn.table.classes import Classes, classes_of
from standpipe.dmn.table.definition import Row, Table
from standpipe.dmn.table.hits import outcome_of

MAX_NODES: Final = 4000

# The outcome where rows disagree; nothing that a cell can say equals it.
CONTRADICTION: Final = ("rows disagree", ())


class DiagramTooLarge(Exception):
    """The diagram has more nodes than are worth having; the row-based answer stands instead."""


@dataclass(frozen=True, slots=True)
class _Node:
    level: int
    branches: tuple[int, ...]


class Diagram:
    """What a table answers (one of its outputs, or all), as a function of its inputs."""

    def __init__(self, table: Table, *, output: str | None, max_nodes: int = MAX_NODES) -> None:
        """:raises DiagramTooLarge: if the table needs more than `max_nodes`"""
        self._table = table
        self._max_nodes = max_nodes
        self.classes: list[Classes] = [
            classes_of(column, [row.cells[place] for row in table.rows])
            for place, column in enumerate(table.inputs)
        ]
        # Ends are negative numbers into `_ends`, nodes are positive ones into `_nodes`.
        self._ends: list[Any] = []
        self._end_numbers: dict[Any, int] = {}
        self._nodes: list[_Node] = []
        self._node_numbers: dict[tuple[int, tuple[int, ...]], int] = {}
        self._answer = answer_of(table, output)
        self._masks = row_masks(table, self.classes)
        self._finished = finished_masks(table)
        self._built: dict[tuple[int, int], int] = {}
        self._root = self._build(0, (1 << len(table.rows)) - 1)
        self._built.clear()

    def _build(self, level: int, alive: int) -> int:
        if self._table.hit_policy == "FIRST":
            alive = first_only(alive, self._finished[level])
        known = self._built.get((level, alive))
        if known is not None:
            return known
        if len(self._built) > 8 * self._max_nodes:
            raise DiagramTooLarge
        if not alive or level == len(self.classes):
            number = self._end(alive)
        else:
            masks = self._masks[level]
            number = self._node(
                level, tuple([self._build(level + 1, alive & mask) for mask in masks])
            )
        self._built[level, alive] = number
        return number

    def _end(self, alive: int) -> int:
        rows = [row for row in self._table.rows if alive >> (row.number - 1) & 1]
        answer = self._answer(rows)
        key = (answer.__class__, answer)
        if key not in self._end_numbers:
            self._ends.append(answer)
            self._end_numbers[key] = -len(self._ends)
        return self._end_numbers[key]

    def _node(self, level: int, branches: tuple[int, ...]) -> int:
        first = branches[0]
        if branches.count(first) == len(branches):
            return first
        key = (level, branches)
        number = self._node_numbers.get(key)
        if number is None:
            if len(self._nodes) >= self._max_nodes:
                raise DiagramTooLarge
            number = len(self._nodes)
            self._nodes.append(_Node(level, branches))
            self._node_numbers[key] = number
        return number

    def __len__(self) -> int:
        return len(self._nodes)

    def ask(self, facts: Mapping[str, object]) -> tuple[frozenset[Any], tuple[str, ...]]:
        """Return the outcomes that are still possible, and the inputs that choose among them."""
        columns = self._table.inputs
        known: list[int | None] = []
        for column, classes in zip(columns, self.classes, strict=True):
            value = facts.get(column.name, DOES_NOT_KNOW)
            known.append(None if value is DOES_NOT_KNOW else classes.of(value))
        # Nodes were made after those they lead to, so that one pass meets every branch restricted.
        restricted: list[int] = []
        nodes: dict[tuple[int, tuple[int, ...]], int] = {}
        kept: dict[int, tuple[int, tuple[int, ...]]] = {}
        for number, node in enumerate(self._nodes):
            place = known[node.level]
            if place is not None:
                branch = node.branches[place]
                restricted.append(branch if branch < 0 else restricted[branch])
                continue
            branches = tuple([one if one < 0 else restricted[one] for one in node.branches])
            if branches.count(branches[0]) == len(branches):
                restricted.append(branches[0])
                continue
            key = (node.level, branches)
            restricted.append(nodes.setdefault(key, number))
            kept[number] = key
        root = self._root if self._root < 0 else restricted[self._root]
        if root < 0:
            return frozenset((self._ends[-root - 1],)), ()
        # Only what the root still leads to counts.
        levels: set[int] = set()
        ends: set[Any] = set()
        waiting, met = [root], {root}
        while waiting:
            level, branches = kept[waiting.pop()]
            levels.add(level)
            for branch in branches:
                if branch < 0:
                    ends.add(self._ends[-branch - 1])
                elif branch not in met:
                    met.add(branch)
                    waiting.append(branch)
        names = tuple(
            column.name
            for level, column in enumerate(columns)
            if level in levels and facts.get(column.name) is not DOES_NOT_KNOW
        )
        return frozenset(ends), names


def answer_of(table: Table, output: str | None) -> Callable[[list[Row]], Any]:
    """Return a function from matching rows to an output's value, or to all values as a tuple."""
    single = output or (table.outputs[0].name if len(table.outputs) == 1 else None)

    def answer(rows: list[Row]) -> Any:
        try:
            values = outcome_of(table, rows).values
        except RowsDisagree:
            return CONTRADICTION
        return values[single] if single else tuple(values.values())

    return answer


def row_masks(table: Table, classes: list[Classes]) -> list[list[int]]:
    """Return, for each input and class, a bit mask of the rows whose cell holds there."""
    masks = []
    for one in classes:
        level = [0] * len(one.samples)
        for row, holding in zip(table.rows, one.holding, strict=True):
            for number in holding:
                level[number] |= 1 << (row.number - 1)
        masks.append(level)
    return masks


def finished_masks(table: Table) -> list[int]:
    """Return, for each level, a mask of the rows that ask nothing from that level on."""
    masks = []
    for level in range(len(table.inputs) + 1):
        mask = 0
        for row in table.rows:
            if all(isinstance(cell, Anything) for cell in row.cells[level:]):
                mask |= 1 << (row.number - 1)
        masks.append(mask)
    return masks


def first_only(alive: int, finished: int) -> int:
    """Drop the rows that stand below one that is sure to match."""
    sure = alive & finished
    if not sure:
        return alive
    lowest = sure & -sure
    return alive & (lowest | (lowest - 1))
