"""A decision table as a Polars expression: the number of the row that decides each person."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from itertools import groupby
from operator import and_, or_
from typing import TYPE_CHECKING

import polars as pl

from standpipe.dmn.bulk import conditions as c
from standpipe.dmn.bulk.conditions import CONTRADICTION, NO_ROW, BulkRefused
from standpipe.dmn.bulk.polars_formulas import polars_formula
from standpipe.dmn.table.formulas import is_whole

if TYPE_CHECKING:
    from standpipe.dmn.decision import Decision
    from standpipe.dmn.table.definition import Input, Table

_INTEGERS = (
    pl.INTEGER_DTYPES
    if hasattr(pl, "INTEGER_DTYPES")
    else frozenset(
        {pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64}
    )
)


def row_number(decision: Decision, schema: Mapping[str, pl.DataType]) -> pl.Expr:
    """
    Return the number of the deciding row (Int16); 0 where none holds, -1 where rows disagree.

    Of a table that collects it is a bit mask (Int64) instead, bit 0 for row 1. Columns are found
    by the names of the inputs; a null is the answer "none".

    :raises BulkRefused: if a column is missing or could not be compared exactly
    """
    table = decision.table
    builder = _Builder(table, schema)
    if c.needs_mask(table):
        bits = [
            pl.when(builder.row(row.number))
            .then(pl.lit(1 << (row.number - 1), pl.Int64))
            .otherwise(pl.lit(0, pl.Int64))
            for row in table.rows
        ]
        return reduce(lambda one, other: one + other, bits)
    return builder.guarded(builder.first())


def answers(
    decision: Decision, output: str, value: object, schema: Mapping[str, pl.DataType]
) -> pl.Expr:
    """
    Return whether an output has a value (Boolean); quicker than asking for the row.

    :raises BulkRefused: as `row_number`, and of a table that collects or may contradict itself
    """
    table = decision.table
    place = [column.name for column in decision.outputs].index(output)
    if c.needs_mask(table) or c.groups_to_check(table):
        raise BulkRefused(f"{table.name!r} does not give one answer to each.")
    builder = _Builder(table, schema)
    chain = pl.lit(decision.outputs[place].default == value)
    # Neighbouring rows that answer alike are one condition.
    for answer, rows in groupby(
        reversed(c.in_order(table)), lambda row: row.values[place] == value
    ):
        holds = reduce(or_, [builder.row(row.number) for row in rows])
        chain = pl.when(holds).then(pl.lit(answer)).otherwise(chain)
    return chain


class _Builder:
    def __init__(self, table: Table, schema: Mapping[str, pl.DataType]) -> None:
        self.table = table
        for fact in table.facts:
            _check_column(table, fact, schema)
        self.columns = [_column(column, schema) for column in table.inputs]
        self.codes = [_codes(column, schema) for column in table.inputs]
        self.whole = frozenset(
            place for place, column in enumerate(table.inputs) if _is_whole(column, schema)
        )

    def row(self, number: int) -> pl.Expr:
        row = self.table.rows[number - 1]
        return self.expression(c.row_condition(self.table, row, whole=self.whole))

    def first(self) -> pl.Expr:
        """Build the chain from its end, so that the first row stands outermost."""
        chain = pl.lit(NO_ROW, pl.Int16)
        for row in reversed(c.in_order(self.table)):
            condition = c.row_condition(self.table, row, whole=self.whole)
            number = pl.lit(row.number, pl.Int16)
            if condition == c.Always(True):
                chain = number
            else:
                chain = pl.when(self.expression(condition)).then(number).otherwise(chain)
        return chain

    def guarded(self, chain: pl.Expr) -> pl.Expr:
        """Put -1 where rows that say different things hold at once."""
        groups = c.groups_to_check(self.table)
        if groups is None:
            return chain
        hits = [
            reduce(or_, [self.row(row.number).fill_null(False) for row in rows]).cast(pl.Int16)
            for rows in groups.values()
        ]
        together = reduce(lambda one, other: one + other, hits)
        return pl.when(together > 1).then(pl.lit(CONTRADICTION, pl.Int16)).otherwise(chain)

    def expression(self, condition: c.Condition) -> pl.Expr:
        match condition:
            case c.Always(holds):
                return pl.lit(holds)
            case c.IsNull(place, wanted):
                column = self.columns[place]
                return column.is_null() if wanted else column.is_not_null()
            case c.Compare(place, "=", bool() as value):
                return self.columns[place] if value else ~self.columns[place]
            case c.Compare(place, operator, value):
                column, literal = self.columns[place], self.literal(place, value)
                match operator:
                    case "=":
                        return column == literal
                    case "<":
                        return column < literal
                    case "<=":
                        return column <= literal
                    case ">":
                        return column > literal
                    case ">=":
                        return column >= literal
            case c.Differs(place, value):
                return self.columns[place].ne_missing(self.literal(place, value))
            case c.All(parts):
                return reduce(and_, [self.expression(part) for part in parts])
            case c.Any(parts):
                return reduce(or_, [self.expression(part) for part in parts])
        raise AssertionError(condition)

    def literal(self, place: int, value: object) -> pl.Expr:
        codes = self.codes[place]
        if codes is None:
            return pl.lit(value)
        # A text that is no category equals none of them; no category has this code.
        return pl.lit(codes.get(value, len(codes)))


def _check_column(table: Table, fact: Input, schema: Mapping[str, pl.DataType]) -> None:
    if fact.name not in schema:
        raise BulkRefused(f"{table.name!r}: there is no column {fact.name!r}.")
    kind = schema[fact.name]
    fits = {
        "number": kind in _INTEGERS or isinstance(kind, pl.Decimal),
        "boolean": kind == pl.Boolean,
        "date": kind == pl.Date,
        "string": kind == pl.String or isinstance(kind, pl.Enum),
    }[fact.type]
    if not fits:
        c.refuse_column(table, fact, str(kind))


def _column(column: Input, schema: Mapping[str, pl.DataType]) -> pl.Expr:
    if column.formula is not None:
        return polars_formula(column.formula, lambda name: _wide(name, schema))
    found = pl.col(column.name)
    return found.to_physical() if isinstance(schema[column.name], pl.Enum) else found


def _wide(name: str, schema: Mapping[str, pl.DataType]) -> pl.Expr:
    """Return a column with room for what a formula may add to it."""
    kind = schema[name]
    if kind in _INTEGERS:
        return pl.col(name).cast(pl.Int64)
    if isinstance(kind, pl.Decimal):
        return pl.col(name).cast(pl.Decimal(38, kind.scale))
    return pl.col(name).cast(pl.String) if isinstance(kind, pl.Enum) else pl.col(name)


def _is_whole(column: Input, schema: Mapping[str, pl.DataType]) -> bool:
    if column.formula is None:
        return schema[column.name] in _INTEGERS
    return column.type == "number" and is_whole(
        column.formula, lambda name: schema[name] in _INTEGERS
    )


def _codes(column: Input, schema: Mapping[str, pl.DataType]) -> dict[object, int] | None:
    kind = None if column.formula is not None else schema[column.name]
    if not isinstance(kind, pl.Enum):
        return None
    return {text: code for code, text in enumerate(kind.categories)}
