"""Our tables in other people's hands: Spark decides alike, and other DMN tools read and agree."""

import pytest

from bench.dmn_cross_check import decisions, population, spark_differing
from bench.drills.dmn_tools import drill, reached
from launcher.apart import NotHere
from tests.unit.dmn import dmn_tables as make
from tests.unit.dmn.test_bulk import EVERY_CELL, FORMULAS, formula_table
from tests.unit.dmn.test_bulk import population as people_of


def test_spark_decides_everybody_as_polars_does():
    quoted = make.decision(
        **EVERY_CELL, rows=[("-", "-", "-", '"it\'s"', "-", '"1"'), ("-",) * 5 + ('"2"',)]
    )
    asked = [(quoted, people_of(quoted, seed=2, rows=500))]
    asked += [(decision, population(decision, 500)) for decision in decisions()]
    asked += [formula_table(formula, kind) for formula, kind in FORMULAS.items()]

    try:
        differing = spark_differing(asked, offline=True)
    except NotHere as reason:
        pytest.skip(f"python -m bench.dmn_cross_check --spark fetches it: {reason}")

    assert differing == [0] * len(asked)


def test_other_tools_read_every_table_and_tell_people_the_same():
    figures = drill(offline=True)
    missing = [figure.name for figure in figures if "not here" in figure.name]
    if len(missing) == 3:
        pytest.skip(f"./run drill dmn-tools fetches them: {missing}")

    assert [figure.name for figure in figures if not reached(figure)] == []
