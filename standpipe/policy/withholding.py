"""
Which counts may be shown, so that nobody can be made out: pure.

People stand in groups twice over, by district and by age, and each group is split into the same
columns. How many people a group has is public, and so is how a column adds up unless it is
withheld too. Together that is a network through which people flow, from districts by columns to
ages; what somebody could work out of a withheld count is how far its flow can still vary.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import product

SMALLEST_SHOWN = 5
# A withheld count could at least be any of five.
_ROOM = SMALLEST_SHOWN - 1

Node = tuple[str, int]
Edge = tuple[Node, Node]


@dataclass(frozen=True, slots=True)
class Split:
    """Groups with their counts in each column; None where a count is withheld."""

    groups: tuple[str, ...]
    people: tuple[int, ...]
    counts: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown; `safe` is false where even withholding every count would tell too much."""

    one: Split
    other: Split
    totals: tuple[int | None, ...]
    safe: bool


def shown(
    one: Mapping[str, tuple[int, ...]], other: Mapping[str, tuple[int, ...]], *, columns: int
) -> Shown:
    """Return two ways to group the same people with every count that may be shown."""
    first, second = _merged(one), _merged(other)
    network = _Network(list(first.values()), list(second.values()), columns)
    safe = network.protect()
    return Shown(
        one=_split(first, network, "left", columns),
        other=_split(second, network, "right", columns),
        totals=tuple(network.seen((("in", at), ("out", at))) for at in range(columns)),
        safe=safe,
    )


def _merged(groups: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Join a group of too few people with the next smallest; empty groups go."""
    found = {name: counts for name, counts in groups.items() if sum(counts)}
    while len(found) > 1:
        small, next_small = sorted(found, key=lambda name: sum(found[name]))[:2]
        if sum(found[small]) >= SMALLEST_SHOWN:
            break
        joined = tuple(a + b for a, b in zip(found[small], found[next_small], strict=True))
        # In the place of the larger one, so that the order stays.
        found = {
            (f"{small}+{name}" if name == next_small else name): (
                joined if name == next_small else counts
            )
            for name, counts in found.items()
            if name != small
        }
    return found


def _split(
    groups: Mapping[str, tuple[int, ...]], network: _Network, side: str, columns: int
) -> Split:
    return Split(
        groups=tuple(groups),
        people=tuple(sum(counts) for counts in groups.values()),
        counts=tuple(
            tuple(network.seen(_edge(side, row, at)) for at in range(columns))
            for row in range(len(groups))
        ),
    )


def _edge(side: str, row: int, column: int) -> Edge:
    if side == "left":
        return ("left", row), ("in", column)
    return ("out", column), ("right", row)


class _Network:
    def __init__(
        self, left: list[tuple[int, ...]], right: list[tuple[int, ...]], columns: int
    ) -> None:
        self.flow: dict[Edge, int] = {}
        for side, groups in (("left", left), ("right", right)):
            for row, counts in enumerate(groups):
                for column, count in enumerate(counts):
                    self.flow[_edge(side, row, column)] = count
        for column in range(columns):
            total = sum(counts[column] for counts in left)
            self.flow[(("in", column), ("out", column))] = total
        self.withheld = {edge for edge, count in self.flow.items() if _is_small(count)}

    def seen(self, edge: Edge) -> int | None:
        return None if edge in self.withheld else self.flow[edge]

    def protect(self) -> bool:
        """Withhold as little more as keeps every withheld count from being worked out."""
        while True:
            told = next((edge for edge in sorted(self.withheld) if self.room(edge) < _ROOM), None)
            if told is None:
                return True
            more = self._rings(told) or [
                frozenset({edge}) for edge in self.flow if edge not in self.withheld
            ]
            if not more:
                return False
            self.withheld |= min(more, key=self._dearness)

    def _rings(self, told: Edge) -> list[frozenset[Edge]]:
        """Return each way to close a ring through a count, of those that give it enough room."""
        kept, enough = self.withheld, []
        for ring in self._rings_through(told):
            new = ring - kept
            if new and new <= self.flow.keys():
                self.withheld = kept | new
                if self.room(told) >= _ROOM:
                    enough.append(new)
        self.withheld = kept
        return enough

    def _rings_through(self, told: Edge) -> Iterator[frozenset[Edge]]:
        """Yield rings of counts: what one gives up another takes, so that every sum stays."""
        rows = {side: [node[1] for node in self._nodes(side)] for side in ("left", "right")}
        columns = [node[1] for node in self._nodes("in")]
        column = told[0][1] if told[0][0] in ("in", "out") else told[1][1]
        if told[0][0] == "in":
            for other, one, another in product(columns, rows["left"], rows["right"]):
                yield frozenset(
                    {
                        (("in", other), ("out", other)),
                        *(_edge("left", one, at) for at in (column, other)),
                        *(_edge("right", another, at) for at in (column, other)),
                    }
                )
            return
        side = "left" if told[0][0] == "left" else "right"
        row = told[0][1] if side == "left" else told[1][1]
        for other, another in product(columns, rows[side]):
            cells = product((row, another), (column, other))
            yield frozenset(_edge(side, one, at) for one, at in cells)

    def _nodes(self, kind: str) -> list[Node]:
        return sorted({node for edge in self.flow for node in edge if node[0] == kind})

    def _dearness(self, edges: Set[Edge]) -> tuple[int, int, list[Edge]]:
        """Rank what to withhold next: the fewest counts, then the smallest."""
        return len(edges), sum(self.flow[edge] for edge in edges), sorted(edges)

    def room(self, edge: Edge) -> int:
        """Return over how many steps a withheld count could vary, given all that is shown."""
        start, end = edge
        more = self._flow(end, start, without=edge)
        less = min(self.flow[edge], self._flow(start, end, without=edge))
        return more + less

    def _flow(self, source: Node, target: Node, *, without: Edge) -> int:
        """Return how much could be sent from one node to another, up to the room needed."""
        unlimited = 10 * _ROOM
        left: dict[Edge, int] = {}
        for edge in self.withheld - {without}:
            start, end = edge
            left[(start, end)] = left.get((start, end), 0) + unlimited
            left[(end, start)] = left.get((end, start), 0) + self.flow[edge]
        sent = 0
        while sent < _ROOM:
            path = _path(left, source, target)
            if path is None:
                break
            step = min(_ROOM - sent, *(left[edge] for edge in path))
            for start, end in path:
                left[(start, end)] -= step
                left[(end, start)] = left.get((end, start), 0) + step
            sent += step
        return sent


def _path(left: Mapping[Edge, int], source: Node, target: Node) -> list[Edge] | None:
    before: dict[Node, Node] = {}
    waiting = deque([source])
    while waiting:
        here = waiting.popleft()
        for (start, end), capacity in left.items():
            if start == here and capacity and end not in before and end != source:
                before[end] = here
                waiting.append(end)
    if target not in before:
        return None
    path = []
    while target != source:
        path.append((before[target], target))
        target = before[target]
    return path


def _is_small(count: int) -> bool:
    return 0 < count < SMALLEST_SHOWN
