"""Cells one by one: the compiled test, the told one and the row-based one are the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from standpipe import dmn
from standpipe.dmn.table.cells import AnyOf, Anything, Equals, Not, constants, holds, listed
from tests.unit.dmn import dmn_tables as make

CELLS = [
    ("number", "-", [None, 1]),
    ("number", "1,2", [None, 1, 2, 3]),
    ("number", "not(1,2)", [None, 1, 2, 3]),
    ("number", "not(1,2,3)", [None, 1, 3, 4]),
    ("number", "null, 1", [None, 1, 2]),
    ("number", "not(null, 1)", [None, 1, 2]),
    ("number", "not(1, > 5)", [None, 1, 2, 6]),
    ("number", "< 1, > 5", [None, 0, 1, 5, 6]),
    ("number", "<= 1", [None, 1, Decimal("1.01")]),
    ("number", "not(<= 1)", [None, 1, Decimal("1.01")]),
    ("number", "not(< 1)", [0, 1, None]),
    ("number", "not(> 1)", [1, 2, None]),
    ("number", "not(>= 1)", [0, 1, None]),
    ("number", "not([1..3])", [0, 1, 3, 4, None]),
    ("number", "(1..3)", [1, 2, 3, None]),
    ("number", "[1..3)", [1, 3]),
    ("number", "0.10", [Decimal("0.1"), 0]),
    ("string", '"a","b"', [None, "a", "b", "c"]),
    ("string", 'not("a","b")', [None, "a", "c"]),
    ("string", 'not("a")', [None, "a", "b"]),
    ("boolean", "true", [True, False, None]),
    ("boolean", "false", [True, False, None]),
    ("boolean", "not(true)", [True, False, None]),
    ("boolean", "true, false", [True, False, None]),
    ("boolean", "not(true, false)", [True, False, None]),
    ("boolean", "not(null)", [True, False, None]),
    ("date", '>= @"2026-04-01"', [date(2026, 3, 31), date(2026, 4, 1), None]),
    ("date", 'not(@"2026-04-01")', [date(2026, 3, 31), date(2026, 4, 1), None]),
    ("date", '[@"2026-04-01"..@"2026-04-05"]', [date(2026, 4, 5), date(2026, 4, 6)]),
]


@pytest.mark.parametrize(("kind", "text", "values"), CELLS)
@pytest.mark.parametrize("policy", ["FIRST", "ANY", "COLLECT"])
def test_every_reading_of_a_cell_is_the_same(kind, text, values, policy):
    table = make.decision(
        inputs={"x": kind}, outputs={"out": "boolean"}, rows=[(text, "true")], hit_policy=policy
    )
    cell = table.rows[0].cells[0]

    for value in values:
        expected = holds(cell, value) is True
        assert bool(table.decide({"x": value}).rows) == expected
        assert (table.explain({"x": value}).row_id is not None) == expected
        assert bool(table.explain({"x": value}).failed) != expected
        classes = table.diagram().classes[0]
        assert (classes.of(value) in classes.holding[0]) == expected


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        (">= 1", None, None),
        ("[1..2]", None, None),
        ("not(>= 1)", None, None),
        ("1, > 5", None, None),
        ("1, null, > 5", None, True),
        ("> 5, 1", 1, True),
        ("1", None, False),
        ("not(1)", None, True),
        ("not(1, > 5)", None, None),
    ],
)
def test_null_makes_a_comparison_null_and_an_equality_false(text, value, expected):
    table = make.decision(inputs={"x": "number"}, outputs={"out": "boolean"}, rows=[(text, "true")])

    assert holds(table.rows[0].cells[0], value) is expected


def test_what_a_cell_names():
    cell = AnyOf((Equals(1), Not(Equals(2)), Anything()))

    assert list(constants(cell)) == [1, 2]
    assert listed(cell) == ()
    assert listed(Equals(1)) == (1,)
    assert listed(AnyOf((Equals(1), Equals(2)))) == (1, 2)
    assert listed(None) == ()


ALLOWED = [
    ("number", "[1..15]", [1, 15, Decimal("7.5")], [0, 16, "1"]),
    ("number", "1,2,3", [1, Decimal("2.0")], [4, True]),
    ("number", "> 0", [1], [0, -1]),
    ("date", '>= @"1900-01-01"', [date(1900, 1, 1)], [date(1899, 12, 31), "1900-01-01"]),
    ("string", '"a","b"', ["a"], ["c", 1]),
    ("string", 'not("")', ["a"], [""]),
    ("boolean", "true,false", [True, False], [1, "true"]),
]


@pytest.mark.parametrize(("kind", "allowed", "good", "bad"), ALLOWED)
def test_a_fact_has_to_be_among_the_allowed_values_or_null(kind, allowed, good, bad):
    table = make.decision(
        inputs={"x": kind, "other": "boolean"},
        outputs={"out": "boolean"},
        rows=[("-", "true", "true")],
        input_values={"x": allowed},
    )

    for value in [*good, None]:
        assert table.decide({"x": value, "other": True}).values == {"out": True}
    for value in bad:
        with pytest.raises(dmn.WrongFact):
            table.decide({"x": value, "other": True})
        with pytest.raises(dmn.WrongFact):
            table.still_matters({"x": value})


def test_two_outputs_may_be_settled_with_no_row_sure():
    table = make.decision(
        inputs={"a": "boolean"},
        outputs={"out": "string", "fee": "number"},
        rows=[("true", '"yes"', "5"), ("not(true)", '"yes"', "5")],
    )

    assert table.decide({}) == dmn.Outcome({"out": "yes", "fee": 5}, ("row-1", "row-2"))


def test_rows_that_cannot_decide_are_not_named():
    table = make.decision(
        inputs={"n": "number", "a": "boolean"},
        outputs={"out": "string"},
        rows=[("1", "-", '"no"'), ("2", "true", '"yes"'), ("2", "not(true)", '"yes"')],
    )

    assert table.decide({"n": 2}).rows == ("row-2", "row-3")


def test_output_order_and_priority_follow_the_first_output_first():
    rows = [("-", '"b"', "1"), ("-", '"a"', "2"), ("-", '"a"', "1")]
    table = {
        "inputs": {"n": "number"},
        "outputs": {"x": "string", "y": "number"},
        "rows": rows,
        "output_values": {"x": '"a","b"', "y": "1,2"},
    }

    ordered = make.decision(**table, hit_policy="OUTPUT ORDER").decide({"n": 1})
    assert ordered.values == {"x": ("a", "a", "b"), "y": (1, 2, 1)}
    assert ordered.rows == ("row-3", "row-2", "row-1")
    assert make.decision(**table, hit_policy="PRIORITY").decide({"n": 1}).rows == ("row-3",)


def test_what_is_collected_passes_over_null():
    def collect(aggregation: str | None):
        return (
            make.decision(
                inputs={"n": "number"},
                outputs={"out": "number"},
                rows=[("-", "null"), ("-", "3"), ("> 1", "4")],
                hit_policy="COLLECT",
                aggregation=aggregation,
                defaults={"out": "7"},
            )
            .decide({"n": 2})
            .values["out"]
        )

    assert collect(None) == (None, 3, 4)
    assert (collect("SUM"), collect("COUNT"), collect("MIN"), collect("MAX")) == (7, 3, 3, 4)


def test_nothing_collected_is_the_default():
    def collect(aggregation: str | None, **more):
        return (
            make.decision(
                inputs={"n": "number"},
                outputs={"out": "number"},
                rows=[("> 1", "4")],
                hit_policy="COLLECT",
                aggregation=aggregation,
                **more,
            )
            .decide({"n": 1})
            .values["out"]
        )

    assert collect(None) == ()
    assert collect(None, defaults={"out": "7"}) == (7,)
    assert collect("SUM", defaults={"out": "7"}) == 7
    assert (collect("SUM"), collect("COUNT")) == (None, 0)


@pytest.mark.parametrize(
    ("cell", "holds", "fails"),
    [
        ("= 8", 8, 7),
        ("!= 8", 7, 8),
        ("-3", -3, 3),
        (">= -3", -3, -4),
        ("[-3..-1]", -1, 1),
        ("[8..8]", 8, 9),
    ],
)
def test_signs_and_negative_numbers_mean_what_they_say(cell, holds, fails):
    table = make.decision(
        inputs={"n": "feel:number"}, outputs={"out": "number"}, rows=[(cell, "-1"), ("-", "0")]
    )

    assert table.decide({"n": holds}).values == {"out": -1}
    assert table.decide({"n": fails}).values == {"out": 0}


def test_an_open_range_is_no_cell():
    fault = make.fault(inputs={"n": "number"}, outputs={"out": "number"}, rows=[("[1..)", "1")])

    assert (fault.row, fault.cell) == (1, "n")
