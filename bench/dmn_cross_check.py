"""
Every published table over random people: Python, Polars and DuckDB have to say the same of each.

`python -m bench.dmn_cross_check [--json] [--rows N] [--spark]`; every tenth fact is null, the
others lie on and beside the values that the table's cells name. With --spark the same SQL is run by
a local Spark instead: PySpark in an environment of its own, and Java has to be there.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import polars as pl

from bench.report import Figure, report
from launcher.apart import NotHere, run_apart
from standpipe import dmn
from standpipe.dmn.bulk.polars_rows import row_number
from standpipe.dmn.bulk.sql_dialects import SPARK
from standpipe.dmn.bulk.sql_rows import row_number_sql
from standpipe.dmn.table.cells import constants, holds

PACKS = Path(__file__).parent.parent / "service_packs"
NULLS = 0.1
PYSPARK = "pyspark==4.3.0"
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


def spark_type(kind: pl.DataType) -> str:
    """Return what Spark calls a column of Polars'."""
    if isinstance(kind, pl.Decimal):
        return f"DECIMAL({kind.precision}, {kind.scale})"
    named = {pl.Date: "DATE", pl.Boolean: "BOOLEAN", pl.Int16: "SMALLINT", pl.Int64: "BIGINT"}
    return named.get(type(kind), "STRING")


def spark_differing(
    found: Sequence[tuple[dmn.Decision, pl.DataFrame]], *, offline: bool = False
) -> list[int]:
    """
    Return, for each table with its people, how many Spark decides otherwise than Polars.

    :raises NotHere: if PySpark or Java cannot be had
    """
    if not shutil.which("java"):
        raise NotHere("Java is not installed")
    with TemporaryDirectory() as name:
        folder = Path(name)
        asked = []
        for number, (decision, people) in enumerate(found):
            file = folder / f"{number}.parquet"
            # Spark knows no categories.
            plain = people.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String))
            plain.with_row_index("person").write_parquet(file)
            types = {column: spark_type(kind) for column, kind in people.schema.items()}
            sql = row_number_sql(decision, types, dialect=SPARK)
            asked.append({"people": str(file), "sql": sql, "rows": str(folder / f"{number}.rows")})
        (folder / "asked.json").write_text(json.dumps(asked), "utf-8")
        program = "bench/dmn_spark.py"
        run_apart(program, str(folder / "asked.json"), packages=[PYSPARK], offline=offline)
        differing = []
        for (decision, people), one in zip(found, asked, strict=True):
            rows = pl.read_parquet(f"{one['rows']}/*.parquet").sort("person")["row"]
            by_polars = people.select(row_number(decision, people.schema).alias("row"))["row"]
            if len(rows) != len(by_polars):
                raise AssertionError(f"Spark gave {len(rows)} rows of {len(by_polars)}")
            differing.append(int((rows.cast(pl.Int64) != by_polars.cast(pl.Int64)).sum()))
    return differing


def main() -> None:
    """Compare and print."""
    if "--spark" in sys.argv:
        compare_with_spark()
        return
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


def compare_with_spark() -> None:
    """Compare Spark with the rest, and print."""
    rows = int(sys.argv[sys.argv.index("--rows") + 1]) if "--rows" in sys.argv else 1_000_000
    found = [(decision, population(decision, rows)) for decision in decisions()]
    try:
        differing = spark_differing(found)
    except NotHere as reason:
        report([Figure(f"Spark: not here ({reason})", 0, "")])
        return
    report(
        [
            Figure(f"{one.file}, {one.name}: Spark ≠ Polars", count, f"of {rows:,}", "0")
            for (one, _), count in zip(found, differing, strict=True)
        ]
    )


if __name__ == "__main__":
    main()
