"""A decision table as SQL: the same row number, by CASE, in what DuckDB, Spark and others share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from standpipe.dmn.bulk import conditions as c
from standpipe.dmn.bulk.conditions import CONTRADICTION, NO_ROW, BulkRefused

if TYPE_CHECKING:
    from standpipe.dmn.decision import Decision
    from standpipe.dmn.table.definition import Table

_INTEGERS: Final = frozenset(
    {
        *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "INT"),
        *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"),
    }
)


def row_number_sql(decision: Decision, types: Mapping[str, str], *, quote: str = '"') -> str:
    """
    Return a SQL expression for the number of the deciding row; 0 for none, -1 for contradiction.

    Of a table that collects it is a bit mask instead, bit 0 for row 1. `types` are the SQL types
    of the columns, which are found by the names of the inputs; `quote` is a backtick for Spark.

    :raises BulkRefused: if a column is missing or could not be compared exactly
    """
    table = decision.table
    builder = _Builder(table, types, quote)
    if c.needs_mask(table):
        return " + ".join(
            f"CASE WHEN {builder.row(row.number)} THEN {1 << (row.number - 1)} ELSE 0 END"
            for row in table.rows
        )
    cases = " ".join(
        f"WHEN {builder.row(row.number)} THEN {row.number}" for row in c.in_order(table)
    )
    guard = builder.guard()
    return f"CASE {guard}{cases} ELSE {NO_ROW} END"


class _Builder:
    def __init__(self, table: Table, types: Mapping[str, str], quote: str) -> None:
        self.table = table
        self.columns = [_column(table, place, types, quote) for place in range(len(table.inputs))]
        self.whole = frozenset(
            place
            for place, column in enumerate(table.inputs)
            if types[column.name].upper() in _INTEGERS
        )

    def row(self, number: int) -> str:
        row = self.table.rows[number - 1]
        return self.expression(c.row_condition(self.table, row, whole=self.whole))

    def guard(self) -> str:
        groups = c.groups_to_check(self.table)
        if groups is None:
            return ""
        hits = " + ".join(
            f"CASE WHEN {' OR '.join(self.row(row.number) for row in rows)} THEN 1 ELSE 0 END"
            for rows in groups.values()
        )
        return f"WHEN {hits} > 1 THEN {CONTRADICTION} "

    def expression(self, condition: c.Condition) -> str:
        match condition:
            case c.Always(holds):
                return "TRUE" if holds else "FALSE"
            case c.IsNull(place, wanted):
                return f"{self.columns[place]} IS {'' if wanted else 'NOT '}NULL"
            case c.Compare(place, operator, value):
                return f"{self.columns[place]} {operator} {literal(value)}"
            case c.Differs(place, value):
                column = self.columns[place]
                return f"({column} <> {literal(value)} OR {column} IS NULL)"
            case c.All(parts):
                return "(" + " AND ".join(self.expression(part) for part in parts) + ")"
            case c.Any(parts):
                return "(" + " OR ".join(self.expression(part) for part in parts) + ")"
        raise AssertionError(condition)


def literal(value: str | bool | int | Decimal | date) -> str:
    """Return a value as an SQL literal; quotes in text are doubled."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case date():
            return f"DATE '{value.isoformat()}'"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _column(table: Table, place: int, types: Mapping[str, str], quote: str) -> str:
    column = table.inputs[place]
    if column.name not in types:
        raise BulkRefused(f"{table.name!r}: there is no column {column.name!r}.")
    kind = types[column.name].upper()
    fits = {
        "number": kind in _INTEGERS or kind.startswith("DECIMAL"),
        "boolean": kind == "BOOLEAN",
        "date": kind == "DATE",
        "string": kind.startswith(("VARCHAR", "ENUM", "STRING", "TEXT")),
    }[column.type]
    if not fits:
        c.refuse_column(table, place, kind)
    name = column.name.replace(quote, quote * 2)
    return f"{quote}{name}{quote}"
