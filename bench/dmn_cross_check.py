"""
Every published table over random people: Python, Polars and DuckDB have to say the same of each.

`python -m bench.dmn_cross_check [--json] [--rows N]`; every tenth fact is null, the others lie on
and beside the values that the table's cells name.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from bench.report import Figure, report
from standpipe import dmn
from standpipe.dmn.bulk.polars_rows import row_number
from standpipe.dmn.bulk.sql_rows import row_number_sql
from standpipe.dmn.table.cells import constants, holds

PACKS = Path(__file__).parent.parent / "service_packs"
NULLS = 0.1
KINDS = {"number": pl.Int64, "date": pl.Date, "boolean": pl.Boolean, "string": pl.String}


def decisions() -> Iterator[dmn.Decision]:
    """Yield every table of every pack."""
    for path in sorted(PACKS.glob("*/rules/*.dmn")):
        yield from dmn.load(path.read_bytes(), str(path.relative_to(PACKS))).decisions


def candidates(decision: dmn.Decision, fact: dmn.Input) -> list[Any]:
    """Return values on and beside those that the cells of a fact's column name."""
    if fact.type == "boolean":
        return [True, False]
    if fact.allowed_values:
        return list(fact.allowed_values)
    place = [column.name for column in decision.table.inputs].index(fact.name)
    named = {one for row in decision.rows for one in constants(row.cells[place])} - {None}
    match fact.type:
        case "number":
            near = {int(one) + step for one in named for step in (-1, 0, 1)} or {0, 1}
        case "date":
            near = {one + timedelta(days=step) for one in named for step in (-1, 0, 1)}
        case _:
            near = named | {"something else"}
    return sorted(one for one in near if fact.allowed is None or holds(fact.allowed, one))


def population(decision: dmn.Decision, rows: int) -> pl.DataFrame:
    """Make up people, the same for the same table."""
    columns = {}
    for place, fact in enumerate(decision.inputs):
        values = pl.Series([*candidates(decision, fact), None], dtype=KINDS[fact.type])
        picks = pl.int_range(len(values) - 1, eager=True).sample(
            rows, with_replacement=True, seed=place
        )
        nulls = pl.int_range(1000, eager=True).sample(rows, with_replacement=True, seed=99 + place)
        chosen = pl.select(
            pl.when(nulls < 1000 * NULLS).then(len(values) - 1).otherwise(picks)
        ).to_series()
        columns[fact.name] = values.gather(chosen)
    return pl.DataFrame(columns)


def differing(decision: dmn.Decision, people: pl.DataFrame) -> tuple[int, int]:
    """Return how many people DuckDB, and how many Python, decides otherwise than Polars."""
    numbers = {row.id: row.number for row in decision.rows}

    def number(person: dict[str, Any]) -> int:
        try:
            rows = decision.decide(person).rows
        except dmn.RowsDisagree:
            return -1
        return numbers[rows[0]] if rows else 0

    by_polars = people.select(row_number(decision, people.schema).alias("row"))["row"]
    one_by_one = pl.Series(
        [number(person) for person in people.iter_rows(named=True)], dtype=pl.Int16
    )
    connection = duckdb.connect()
    connection.register("people", people.to_arrow())
    types = {name: kind for name, kind, *_ in connection.execute("DESCRIBE people").fetchall()}
    sql = f"SELECT {row_number_sql(decision, types)} AS row FROM people"
    found = connection.execute(sql).fetchall()
    by_duckdb = pl.Series([one for (one,) in found], dtype=pl.Int16)
    return int((by_duckdb != by_polars).sum()), int((one_by_one != by_polars).sum())


def main() -> None:
    """Compare and print."""
    rows = int(sys.argv[sys.argv.index("--rows") + 1]) if "--rows" in sys.argv else 1_000_000
    figures = []
    for decision in decisions():
        start = time.perf_counter()
        duckdb_differs, python_differs = differing(decision, population(decision, rows))
        seconds = time.perf_counter() - start
        name = f"{decision.file}, {decision.name}"
        figures += [
            Figure(f"{name}: DuckDB ≠ Polars", duckdb_differs, f"of {rows:,}", "0"),
            Figure(f"{name}: Python ≠ Polars", python_differs, f"of {rows:,}", "0"),
            Figure(f"{name}: time", seconds, "s"),
        ]
    report(figures)


if __name__ == "__main__":
    main()
