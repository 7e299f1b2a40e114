"""Formulas of the bulk dialect as Polars expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import add, and_, or_
from typing import Final

import polars as pl

from standpipe.dmn.table.formulas import Apply, Fact, Fixed, Formula

Build = Callable[..., pl.Expr]


def polars_formula(formula: Formula, column: Callable[[str], pl.Expr]) -> pl.Expr:
    """Return the expression of a formula; `column` gives that of a fact, wide enough to add to."""
    match formula:
        case Fact(name, _):
            return column(name)
        case Fixed(value, _):
            return pl.lit(value, dtype=pl.Int64 if type(value) is int else None)
        case Apply(function, arguments):
            parts = [polars_formula(argument, column) for argument in arguments]
            built = _BUILD[function.name](*parts)
            if not function.strict or len(parts) < 2:
                return built
            # Polars passes over nulls in some functions where FEEL is null.
            missing = reduce(or_, [part.is_null() for part in parts])
            return pl.when(missing).then(None).otherwise(built)
    raise AssertionError(formula)


def _years_between(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    def part(day: pl.Expr, name: str) -> pl.Expr:
        found: pl.Expr = getattr(day.dt, name)()
        return found.cast(pl.Int64)

    months = (part(end, "year") - part(start, "year")) * 12
    months = months + part(end, "month") - part(start, "month")
    earlier = part(end, "day") < part(start, "day")
    later = part(end, "day") > part(start, "day")
    months = (
        pl.when((months > 0) & earlier)
        .then(months - 1)
        .when((months < 0) & later)
        .then(months + 1)
        .otherwise(months)
    )
    return pl.when(months < 0).then(-((-months) // 12)).otherwise(months // 12)


def _whole(expression: pl.Expr) -> pl.Expr:
    return expression.cast(pl.Int64)


_BUILD: Final[Mapping[str, Build]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "negate": lambda a: -a,
    "abs": lambda a: pl.when(a < 0).then(-a).otherwise(a),
    "sum": lambda *parts: reduce(add, parts),
    "=": lambda a, b: a.eq_missing(b),
    "!=": lambda a, b: a.ne_missing(b),
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "between": lambda v, low, high: (v >= low) & (v <= high),
    "min": lambda *parts: pl.min_horizontal(*parts),
    "max": lambda *parts: pl.max_horizontal(*parts),
    "and": lambda *parts: reduce(and_, parts),
    "or": lambda *parts: reduce(or_, parts),
    "all": lambda *parts: reduce(and_, parts),
    "any": lambda *parts: reduce(or_, parts),
    "not": lambda a: ~a,
    "if": lambda c, a, b: pl.when(c).then(a).otherwise(b),
    "year": lambda d: _whole(d.dt.year()),
    "month": lambda d: _whole(d.dt.month()),
    "day": lambda d: _whole(d.dt.day()),
    "weekday": lambda d: _whole(d.dt.weekday()),
    "day of year": lambda d: _whole(d.dt.ordinal_day()),
    "week of year": lambda d: _whole(d.dt.week()),
    "years between": _years_between,
    "days between": lambda a, b: (b - a).dt.total_days(),
    "string length": lambda s: _whole(s.str.len_chars()),
    "starts with": lambda s, m: s.str.starts_with(m),
    "ends with": lambda s, m: s.str.ends_with(m),
    "contains": lambda s, m: s.str.contains(m, literal=True),
}
