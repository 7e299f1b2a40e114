"""A decision table that has been read and found sound: typed columns, typed rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from standpipe.dmn.facts import Value, ValueType
from standpipe.dmn.table.cells import Cell
from standpipe.dmn.table.formulas import Formula

HitPolicy = Literal["UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT"]
Aggregation = Literal["SUM", "COUNT", "MIN", "MAX"]
SINGLE_HIT = frozenset({"UNIQUE", "ANY", "FIRST", "PRIORITY"})


@dataclass(frozen=True, slots=True)
class Input:
    """
    A fact that the table asks about; `allowed_values` is empty where there is no list.

    A column with a `formula` works out its value from other facts; its name is the formula's text.
    """

    name: str
    type: ValueType
    allowed_values: tuple[Value, ...] = ()
    allowed: Cell | None = None
    formula: Formula | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """Something that the table answers; `allowed_values` stand in order of priority."""

    name: str
    type: ValueType
    allowed_values: tuple[Value, ...] = ()
    default: Value = None
    allowed: Cell | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One rule; `number` counts from 1, `law` is its annotation "Legislation"."""

    id: str
    number: int
    law: str | None
    annotations: Mapping[str, str]
    cells: tuple[Cell, ...]
    cell_texts: tuple[str, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """
    The whole table; every row has a cell for each input and a value for each output.

    `facts` are what has to be known: the inputs themselves, and those that their formulas use.
    """

    name: str
    hit_policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    facts: tuple[Input, ...]
