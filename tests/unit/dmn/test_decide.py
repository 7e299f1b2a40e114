"""One decision: the outcome, the reason, and refusal to guess."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from standpipe import dmn
from tests.unit.dmn import dmn_tables as make

BLUE_BADGE = make.decision(**make.BLUE_BADGE)


def test_the_first_matching_row_decides():
    outcome = BLUE_BADGE.decide(make.ADA)

    assert outcome.values == {"eligibility": "eligible", "ground": "PIP-MA"}
    assert outcome.rows == ("row-3",)


def test_ten_points_from_descriptor_d_do_not_decide():
    outcome = BLUE_BADGE.decide(
        {**make.ADA, "pip moving around": 0, "pip planning descriptor": "D"}
    )

    assert outcome.values["eligibility"] == "assess"


def test_an_explanation_names_row_law_facts_and_why_earlier_rows_failed():
    explanation = BLUE_BADGE.explain(make.ADA)

    assert (explanation.row_id, explanation.row_number, explanation.law) == ("row-3", 3, "Act 3")
    assert dmn.Test("pip moving around", 12, ">= 8", True) in explanation.tests
    assert [(row.row_number, row.first_failed_input) for row in explanation.failed] == [
        (1, "age"),
        (2, "dla mobility"),
    ]


def test_a_missing_fact_is_never_null():
    with pytest.raises(dmn.MissingFacts) as missing:
        BLUE_BADGE.decide({"age": 80})

    assert missing.value.inputs[0] == "dla mobility"
    assert len(missing.value.inputs) == 7


def test_facts_that_cannot_change_the_outcome_may_be_missing():
    outcome = BLUE_BADGE.decide({"age": 80, "pip moving around": 12}, output="eligibility")

    assert outcome.values["eligibility"] == "eligible"
    assert outcome.rows == ("row-3",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pip moving around", "12"),
        ("pip moving around", 12.0),
        ("pip moving around", True),
        ("pip moving around", Decimal("NaN")),
        ("severely sight impaired", 1),
        ("severely sight impaired", "true"),
        ("dla mobility", "highest"),
        ("dla mobility", ["higher"]),
    ],
)
def test_a_fact_of_the_wrong_type_or_value_is_refused(name, value):
    with pytest.raises(dmn.WrongFact) as wrong:
        BLUE_BADGE.decide({**make.ADA, name: value})

    assert wrong.value.input == name


def test_does_not_know_is_neither_unanswered_nor_none():
    asked = BLUE_BADGE.still_matters(
        {**make.ADA, "pip moving around": dmn.DOES_NOT_KNOW}, output="eligibility"
    )
    unasked = BLUE_BADGE.still_matters(
        {name: value for name, value in make.ADA.items() if name != "pip moving around"},
        output="eligibility",
    )
    none = BLUE_BADGE.still_matters({**make.ADA, "pip moving around": None}, output="eligibility")

    assert (asked.decided, asked.inputs) == (False, ())
    assert (unasked.decided, unasked.inputs) == (False, ("pip moving around",))
    assert none.decided


def test_dates_and_decimals_compare_exactly():
    fee = make.decision(
        inputs={"born": "date", "income": "number"},
        outputs={"fee": "number"},
        rows=[
            ('< date("1960-04-06")', "-", "0"),
            ("-", "<= 0.3", "5.50"),
            ("-", "-", "10"),
        ],
    )

    assert fee.decide({"born": date(1960, 4, 5), "income": 0}).values == {"fee": 0}
    assert fee.decide(
        {"born": date(1960, 4, 6), "income": Decimal("0.1") + Decimal("0.2")}
    ).values == {"fee": Decimal("5.5")}


@pytest.mark.parametrize(
    ("policy", "aggregation", "expected", "rows"),
    [
        ("FIRST", None, 1, ("row-1",)),
        ("PRIORITY", None, 3, ("row-3",)),
        ("COLLECT", None, (1, 2, 3), ("row-1", "row-2", "row-3")),
        ("RULE ORDER", None, (1, 2, 3), ("row-1", "row-2", "row-3")),
        ("OUTPUT ORDER", None, (3, 2, 1), ("row-3", "row-2", "row-1")),
        ("COLLECT", "SUM", 6, ("row-1", "row-2", "row-3")),
        ("COLLECT", "COUNT", 3, ("row-1", "row-2", "row-3")),
        ("COLLECT", "MIN", 1, ("row-1", "row-2", "row-3")),
        ("COLLECT", "MAX", 3, ("row-1", "row-2", "row-3")),
    ],
)
def test_each_hit_policy_makes_of_three_rows_what_the_standard_says(
    policy, aggregation, expected, rows
):
    table = make.decision(
        inputs={"n": "number"},
        outputs={"out": "number"},
        rows=[("> 0", "1"), ("> 1", "2"), ("> 2", "3")],
        output_values={"out": "3,2,1"},
        hit_policy=policy,
        aggregation=aggregation,
    )

    outcome = table.decide({"n": 5})

    assert outcome.values == {"out": expected}
    assert outcome.rows == rows


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY"])
def test_rows_that_contradict_each_other_are_an_error_not_a_choice(policy):
    table = make.decision(
        inputs={"n": "number"},
        outputs={"out": "number"},
        rows=[("> 0", "1"), ("> 1", "2")],
        hit_policy=policy,
    )

    assert table.decide({"n": 1}).values == {"out": 1}
    with pytest.raises(dmn.RowsDisagree):
        table.decide({"n": 2})


def test_no_row_gives_the_default_or_none():
    table = {"inputs": {"n": "number"}, "outputs": {"out": "string"}, "rows": [("> 0", '"yes"')]}

    assert make.decision(**table).decide({"n": 0}) == dmn.Outcome({"out": None}, ())
    assert make.decision(**table, defaults={"out": '"no"'}).decide({"n": None}).values == {
        "out": "no"
    }


@pytest.mark.parametrize(
    ("cell", "holding", "failing"),
    [
        ("-", [None, 0, 9], []),
        ("8", [8, Decimal("8.0")], [None, 9]),
        ("null", [None], [0]),
        ("not(8)", [None, 9], [8]),
        ("not(null)", [0], [None]),
        ("not(>= 8)", [7], [None, 8]),
        ("not([1..3], 5)", [0, 4], [None, 1, 3, 5]),
        ("1, 2, > 7", [1, 2, 8], [None, 3, 7]),
        ("]1..3]", [Decimal("1.1"), 3], [1, None]),
        ("(1..3)", [2], [1, 3]),
        ("[1..3[", [1, 2], [3]),
        ("!= 3", [None, 2], [3]),
    ],
)
def test_cells_hold_as_the_standard_says(cell, holding, failing):
    table = make.decision(inputs={"n": "number"}, outputs={"out": "boolean"}, rows=[(cell, "true")])

    assert [v for v in holding + failing if table.decide({"n": v}).values["out"]] == holding
    for value in holding + failing:
        assert bool(table.explain({"n": value}).row_id) == (value in holding)
