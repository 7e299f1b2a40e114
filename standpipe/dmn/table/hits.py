"""What the hit policy makes of the rows that match."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from standpipe.dmn.facts import RowsDisagree
from standpipe.dmn.table.definition import SINGLE_HIT, Row, Table
from standpipe.dmn.table.outcome import Outcome


def outcome_of(table: Table, matched: Sequence[Row]) -> Outcome:
    """
    Return the outcome, given every matching row in table order.

    One value for each output where the policy gives one row; else a tuple of values, or what
    aggregates them.

    :raises RowsDisagree: if a UNIQUE table matches twice, or an ANY table says two things
    """
    rows = ordered(table, matched)
    if table.hit_policy in SINGLE_HIT:
        if table.hit_policy == "UNIQUE" and len(rows) > 1:
            raise RowsDisagree(table.name, [row.number for row in rows])
        if table.hit_policy == "ANY" and len({row.values for row in rows}) > 1:
            raise RowsDisagree(table.name, [row.number for row in rows])
        if not rows:
            return Outcome({output.name: output.default for output in table.outputs}, ())
        chosen = rows[0]
        names = [output.name for output in table.outputs]
        return Outcome(dict(zip(names, chosen.values, strict=True)), (chosen.id,))
    return Outcome(
        {
            output.name: _gathered(table, [row.values[place] for row in rows], output.default)
            for place, output in enumerate(table.outputs)
        },
        tuple(row.id for row in rows),
    )


def ordered(table: Table, matched: Sequence[Row]) -> list[Row]:
    """Return matching rows in the order that the hit policy gives them, the deciding one first."""
    if table.hit_policy not in ("PRIORITY", "OUTPUT ORDER"):
        return list(matched)
    ranks = [
        {value: rank for rank, value in enumerate(output.allowed_values)}
        for output in table.outputs
    ]
    return sorted(
        matched,
        key=lambda row: [
            rank.get(value, len(rank)) for rank, value in zip(ranks, row.values, strict=True)
        ],
    )


def _gathered(table: Table, values: list[Any], default: object) -> Any:
    if table.aggregation == "COUNT":
        return len(values)
    if table.aggregation is None:
        return tuple(values) if values or default is None else (default,)
    known = [value for value in values if value is not None]
    if not known:
        return default
    if table.aggregation == "SUM":
        return sum(known)
    return min(known) if table.aggregation == "MIN" else max(known)
