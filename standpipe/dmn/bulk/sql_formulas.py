"""Formulas of the bulk dialect as SQL: the words of DuckDB, but for what a dialect says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from standpipe.dmn.bulk.sql_dialects import Dialect
from standpipe.dmn.table.formulas import Apply, Fact, Fixed, Formula


def literal(value: str | bool | int | Decimal | date | None, dialect: Dialect) -> str:
    """Return a value as an SQL literal."""
    match value:
        case None:
            return "NULL"
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return f"'{dialect.escape(value)}'"
        case date():
            return f"DATE '{value.isoformat()}'"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def sql_formula(formula: Formula, column: Callable[[str], str], dialect: Dialect) -> str:
    """Return the SQL of a formula; `column` gives that of a fact, wide enough to add to."""
    match formula:
        case Fact(name, _):
            return column(name)
        case Fixed(value, _):
            return literal(value, dialect)
        case Apply(function, arguments):
            parts = [sql_formula(argument, column, dialect) for argument in arguments]
            build = dialect.functions.get(function.name) or _BUILD[function.name]
            built = build(*parts)
            if not function.strict or len(parts) < 2:
                return f"({built})"
            # SQL passes over nulls in some functions where FEEL is null.
            missing = " OR ".join(f"{part} IS NULL" for part in parts)
            return f"(CASE WHEN {missing} THEN NULL ELSE {built} END)"
    raise AssertionError(formula)


def _years_between(start: str, end: str) -> str:
    months = f"((YEAR({end}) - YEAR({start})) * 12 + MONTH({end}) - MONTH({start}))"
    cut = (
        f"CASE WHEN {months} > 0 AND DAY({end}) < DAY({start}) THEN {months} - 1 "
        f"WHEN {months} < 0 AND DAY({end}) > DAY({start}) THEN {months} + 1 ELSE {months} END"
    )
    # MOD keeps the sign of what is divided, so that this cuts off towards zero.
    return f"CAST((({cut}) - MOD(({cut}), 12)) / 12 AS BIGINT)"


def _joined(sign: str) -> Callable[..., str]:
    return lambda *parts: sign.join(parts)


_BUILD: Final[Mapping[str, Callable[..., str]]] = {
    "+": _joined(" + "),
    "-": _joined(" - "),
    "*": _joined(" * "),
    "negate": lambda a: f"-{a}",
    "abs": lambda a: f"ABS({a})",
    "sum": _joined(" + "),
    "=": lambda a, b: f"{a} IS NOT DISTINCT FROM {b}",
    "!=": lambda a, b: f"{a} IS DISTINCT FROM {b}",
    "<": _joined(" < "),
    "<=": _joined(" <= "),
    ">": _joined(" > "),
    ">=": _joined(" >= "),
    "between": lambda v, low, high: f"{v} BETWEEN {low} AND {high}",
    "min": lambda *parts: f"LEAST({', '.join(parts)})",
    "max": lambda *parts: f"GREATEST({', '.join(parts)})",
    "and": _joined(" AND "),
    "or": _joined(" OR "),
    "all": _joined(" AND "),
    "any": _joined(" OR "),
    "not": lambda a: f"NOT {a}",
    "if": lambda c, a, b: f"CASE WHEN {c} THEN {a} ELSE {b} END",
    "year": lambda d: f"YEAR({d})",
    "month": lambda d: f"MONTH({d})",
    "day": lambda d: f"DAY({d})",
    "weekday": lambda d: f"ISODOW({d})",
    "day of year": lambda d: f"DAYOFYEAR({d})",
    "week of year": lambda d: f"WEEKOFYEAR({d})",
    "years between": _years_between,
    "days between": lambda a, b: f"DATE_DIFF('day', {a}, {b})",
    "string length": lambda s: f"LENGTH({s})",
    "starts with": lambda s, m: f"STARTS_WITH({s}, {m})",
    "ends with": lambda s, m: f"ENDS_WITH({s}, {m})",
    "contains": lambda s, m: f"CONTAINS({s}, {m})",
}
