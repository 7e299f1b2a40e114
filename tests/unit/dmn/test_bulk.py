"""One table, three back-ends: Python, Polars and DuckDB say the same of everybody, null or not."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from standpipe import dmn
from tests.unit.dmn import dmn_tables as make

pl = pytest.importorskip("polars", reason="the extra `policy` is not installed")
duckdb = pytest.importorskip("duckdb", reason="the extra `policy` is not installed")

from standpipe.dmn.bulk.conditions import BulkRefused  # noqa: E402
from standpipe.dmn.bulk.polars_rows import answers, row_number  # noqa: E402
from standpipe.dmn.bulk.sql_dialects import SPARK  # noqa: E402
from standpipe.dmn.bulk.sql_rows import row_number_sql  # noqa: E402

ROWS = 20_000
EVERY_CELL = {
    "inputs": {"n": "number", "money": "number", "day": "date", "text": "string", "yes": "boolean"},
    "outputs": {"out": "string"},
    "input_values": {"text": '"a","b","it\'s"'},
}


def population(table: dmn.Decision, seed: int, rows: int = ROWS):
    """Return random people of whom every tenth fact is null."""
    chance = random.Random(seed)
    kinds = {"number": pl.Int16, "date": pl.Date, "boolean": pl.Boolean}
    columns = {}
    for column in table.inputs:
        values = [_value(chance, column) for _ in range(rows)]
        kind = kinds.get(column.type, pl.Enum([str(one) for one in column.allowed_values]))
        if column.name == "money":
            kind = pl.Decimal(10, 2)
        columns[column.name] = pl.Series(values, dtype=kind)
    return pl.DataFrame(columns)


def _value(chance: random.Random, column: dmn.Input):
    if chance.random() < 0.1:
        return None
    if column.name == "money":
        return Decimal(chance.randint(0, 1000)) / 100
    return {
        "number": lambda: chance.randint(0, 16),
        "date": lambda: date(2000, 1, 1) + timedelta(days=chance.randint(0, 20)),
        "boolean": lambda: chance.random() < 0.5,
        "string": lambda: chance.choice(column.allowed_values),
    }[column.type]()


def one_by_one(table: dmn.Decision, people) -> list[int]:
    numbers = {row.id: row.number for row in table.rows}
    found = []
    for person in people.iter_rows(named=True):
        try:
            rows = table.decide(person).rows
        except dmn.RowsDisagree:
            found.append(-1)
            continue
        if table.table.hit_policy == "COLLECT":
            found.append(sum(1 << (numbers[row] - 1) for row in rows))
        else:
            found.append(numbers[rows[0]] if rows else 0)
    return found


def by_duckdb(table: dmn.Decision, people) -> list[int]:
    connection = duckdb.connect()
    connection.register("people", people.to_arrow())
    described = connection.execute("DESCRIBE people").fetchall()
    sql = row_number_sql(table, {name: kind for name, kind, *_ in described})
    return [one for (one,) in connection.execute(f"SELECT {sql} FROM people").fetchall()]


def assert_all_agree(table: dmn.Decision, people) -> None:
    expected = one_by_one(table, people)
    by_polars = people.select(row_number(table, people.schema).alias("row"))["row"].to_list()

    assert by_polars == expected
    assert by_duckdb(table, people) == expected


def test_blue_badge_is_the_same_three_times():
    table = make.decision(**make.BLUE_BADGE)

    assert_all_agree(table, population(table, seed=1))


@pytest.mark.parametrize("seed", range(25))
def test_random_tables_are_the_same_three_times(seed):
    chance = random.Random(seed)
    cells = {
        "number": ["-", ">= 8", "not(8)", "[3..9.5]", "not([3..9])", "< 7.5", "1,2,> 12", "null"],
        "money": ["-", "< 2.50", "5.05", "not(5.05)", "]1..9.99["],
        "date": ['< date("2000-01-09")', '[@"2000-01-03"..@"2000-01-08"]', 'not(@"2000-01-05")'],
        "string": ['"a"', '"a","it\'s"', 'not("b")', "not(null)", "-"],
        "boolean": ["true", "false", "-", "not(true)", "null"],
    }
    kinds = {name: name if name == "money" else k for name, k in EVERY_CELL["inputs"].items()}
    rows = [
        (*(chance.choice(["-", *cells[kind]]) for kind in kinds.values()), f'"{number}"')
        for number in range(chance.randint(2, 8))
    ]
    policy = chance.choice(["FIRST", "UNIQUE", "ANY", "COLLECT", "PRIORITY"])
    table = make.decision(
        **EVERY_CELL,
        rows=rows,
        hit_policy=policy,
        output_values={"out": ",".join(f'"{number}"' for number in (2, 0, 1, *range(3, 8)))},
    )

    assert_all_agree(table, population(table, seed=seed, rows=2000))


def test_an_answer_is_the_output_of_the_deciding_row():
    table = make.decision(**make.BLUE_BADGE)
    people = population(table, seed=2)
    eligible = people.select(answers(table, "eligibility", "eligible", people.schema).alias("yes"))[
        "yes"
    ].to_list()

    assert eligible == [
        table.decide(person).values["eligibility"] == "eligible"
        for person in people.iter_rows(named=True)
    ]


FORMULAS = {
    "n + 2 * n": "number",
    "n - money": "number",
    "-n": "number",
    "abs(n - 8)": "number",
    "sum(n, money, 1)": "number",
    "min(n, money)": "number",
    "max(day, other day)": "date",
    "if yes then n else money": "number",
    "if n > 8 and yes then 1 else 0": "number",
    "n between 3 and 9": "boolean",
    "n = null or yes": "boolean",
    "not(yes)": "boolean",
    "all(yes, n > 3, money < 5)": "boolean",
    "any(yes, n > 12)": "boolean",
    'text != "a"': "boolean",
    "n >= money": "boolean",
    "day < other day": "boolean",
    "day.year + day.month + day.day": "number",
    "day.weekday": "number",
    "day of year(day)": "number",
    "week of year(day)": "number",
    "years and months duration(day, other day).years": "number",
    "(other day - day).days": "number",
    "string length(text)": "number",
    'starts with(text, "it")': "boolean",
    'ends with(text, "s")': "boolean",
    'contains(text, "\'")': "boolean",
}
CELLS = {
    "number": ["< 3", "[3..8]", "[8..12.5]", "not(> 20)", "null"],
    "boolean": ["true", "not(true)", "null"],
    "date": ['< @"2000-01-05"', '[@"2000-01-05"..@"2010-01-01"]', "null"],
}


@pytest.mark.parametrize(("formula", "kind"), FORMULAS.items())
def test_a_formula_is_the_same_three_times(formula, kind):
    assert_all_agree(*formula_table(formula, kind))


def formula_table(formula: str, kind: str):
    """Return a table that asks a formula, and people to ask about."""
    facts = EVERY_CELL["inputs"] | {"other day": "date"}
    data = "".join(
        f'<inputData id="{name}" name="{name}"><variable typeRef="{fact}"/></inputData>'
        for name, fact in facts.items()
    )
    table = make.decision(
        inputs={formula: kind},
        outputs={"out": "number"},
        rows=[(cell, str(number)) for number, cell in enumerate(CELLS[kind])],
        items=data,
    )
    chance = random.Random(3)
    days = [date(1996, 2, 29), date(2000, 1, 1), date(2000, 1, 31), date(1999, 12, 31)]
    people = population(
        make.decision(**EVERY_CELL, rows=[("-",) * 5 + ('"x"',)]), seed=5, rows=3000
    )
    people = people.with_columns(
        pl.Series("day", [chance.choice([None, *days]) for _ in range(3000)], dtype=pl.Date),
        pl.Series("other day", [chance.choice([None, *days]) for _ in range(3000)], dtype=pl.Date),
    )

    return table, people


@pytest.mark.parametrize("kind", [pl.Float64, pl.String, pl.Boolean])
def test_a_column_that_could_only_approximate_is_refused(kind):
    table = make.decision(**make.BLUE_BADGE)
    schema = dict(population(table, seed=1, rows=1).schema) | {"age": kind()}

    with pytest.raises(BulkRefused, match="age"):
        row_number(table, schema)
    with pytest.raises(BulkRefused, match="age"):
        row_number_sql(table, {column.name: "DOUBLE" for column in table.inputs})


def test_names_and_texts_with_quotes_stay_names_and_texts():
    table = make.decision(
        inputs={"it's": "string"},
        outputs={"out": "number"},
        rows=[('"x\'; drop table people; --"', "1"), ("-", "2")],
    )
    people = pl.DataFrame({"it's": ["x'; drop table people; --", "y", None]})

    assert_all_agree(table, people)


def test_names_are_quoted_as_the_engine_quotes_them():
    table = make.decision(
        inputs={"moving around": "number"}, outputs={"out": "number"}, rows=[(">= 8", "1")]
    )

    sql = row_number_sql(table, {"moving around": "INT"}, dialect=SPARK)

    assert sql == "CASE WHEN `moving around` >= 8 THEN 1 ELSE 0 END"
