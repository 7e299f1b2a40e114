"""A decision table as SQL: the same row number, by CASE, in what DuckDB, Spark and others share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from standpipe.dmn.bulk import conditions as c
from standpipe.dmn.bulk.conditions import CONTRADICTION, NO_ROW, BulkRefused
from standpipe.dmn.bulk.sql_dialects import DUCKDB, Dialect
from standpipe.dmn.bulk.sql_formulas import literal, sql_formula
from standpipe.dmn.table.formulas import is_whole

if TYPE_CHECKING:
    from standpipe.dmn.decision import Decision
    from standpipe.dmn.table.definition import Input, Table

_INTEGERS: Final = frozenset(
    {
        *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "INT"),
        *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"),
    }
)


def row_number_sql(
    decision: Decision, types: Mapping[str, str], *, dialect: Dialect = DUCKDB
) -> str:
    """
    Return a SQL expression for the number of the deciding row; 0 for none, -1 for contradiction.

    Of a table that collects it is a bit mask instead, bit 0 for row 1. `types` are the SQL types
    of the columns, which are found by the names of the inputs.

    :raises BulkRefused: if a column is missing or could not be compared exactly
    """
    table = decision.table
    builder = _Builder(table, types, dialect)
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
    def __init__(self, table: Table, types: Mapping[str, str], dialect: Dialect) -> None:
        self.table = table
        self.dialect = dialect
        for fact in table.facts:
            _check_column(table, fact, types)
        self.columns = [_column(column, types, dialect) for column in table.inputs]
        self.whole = frozenset(
            place for place, column in enumerate(table.inputs) if _is_whole(column, types)
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
                return f"{self.columns[place]} {operator} {literal(value, self.dialect)}"
            case c.Differs(place, value):
                column = self.columns[place]
                return f"({column} <> {literal(value, self.dialect)} OR {column} IS NULL)"
            case c.All(parts):
                return "(" + " AND ".join(self.expression(part) for part in parts) + ")"
            case c.Any(parts):
                return "(" + " OR ".join(self.expression(part) for part in parts) + ")"
        raise AssertionError(condition)


def _check_column(table: Table, fact: Input, types: Mapping[str, str]) -> None:
    if fact.name not in types:
        raise BulkRefused(f"{table.name!r}: there is no column {fact.name!r}.")
    kind = types[fact.name].upper()
    fits = {
        "number": kind in _INTEGERS or kind.startswith("DECIMAL"),
        "boolean": kind == "BOOLEAN",
        "date": kind == "DATE",
        "string": kind.startswith(("VARCHAR", "ENUM", "STRING", "TEXT")),
    }[fact.type]
    if not fits:
        c.refuse_column(table, fact, kind)


def _column(column: Input, types: Mapping[str, str], dialect: Dialect) -> str:
    if column.formula is not None:
        return sql_formula(column.formula, lambda name: _wide(name, types, dialect), dialect)
    return dialect.column(column.name)


def _wide(name: str, types: Mapping[str, str], dialect: Dialect) -> str:
    """Return a column with room for what a formula may add to it."""
    kind = types[name].upper()
    if kind in _INTEGERS:
        return f"CAST({dialect.column(name)} AS BIGINT)"
    if kind.startswith("DECIMAL"):
        scale = kind.partition(",")[2].rstrip(") ").strip() or "0"
        return f"CAST({dialect.column(name)} AS DECIMAL(38, {int(scale)}))"
    return dialect.column(name)


def _is_whole(column: Input, types: Mapping[str, str]) -> bool:
    if column.formula is None:
        return types[column.name].upper() in _INTEGERS
    return column.type == "number" and is_whole(
        column.formula, lambda name: types[name].upper() in _INTEGERS
    )
