"""Deciding and explaining on part of the facts: what is told, and what is left open."""

from __future__ import annotations

import pytest

from standpipe import dmn
from tests.unit.dmn import dmn_tables as make

TWO_WAYS = {
    "inputs": {"a": "boolean", "b": "boolean"},
    "outputs": {"out": "string", "why": "string"},
    "rows": [("true", "-", '"yes"', '"a"'), ("false", "-", '"yes"', '"not a"')],
    "input_values": {"a": "true,false"},
}


def test_an_output_may_be_settled_while_its_ground_is_not():
    table = make.decision(**TWO_WAYS, defaults={"out": '"yes"', "why": '"no answer"'})

    outcome = table.decide({}, output="out")

    assert outcome.values == {"out": "yes"}
    assert outcome.rows == ("row-1", "row-2")
    with pytest.raises(dmn.MissingFacts) as missing:
        table.decide({}, output="why")
    assert missing.value.inputs == ("a",)
    assert str(missing.value) == "'Eligibility' still needs: a."
    with pytest.raises(dmn.MissingFacts):
        table.decide({})


def test_all_outputs_are_told_where_all_are_settled():
    table = make.decision(
        inputs={"a": "boolean"},
        outputs={"out": "string", "fee": "number"},
        rows=[("true", '"yes"', "5"), ("-", '"yes"', "5")],
    )

    assert table.decide({}).values == {"out": "yes", "fee": 5}
    assert table.still_matters({}) == dmn.StillMatters(frozenset({("yes", 5)}), True, ())


def test_an_explanation_on_part_of_the_facts_says_what_was_not_known():
    table = make.decision(**make.BLUE_BADGE)
    facts = {"age": 80, "dla mobility": dmn.DOES_NOT_KNOW, "severely sight impaired": True}

    explanation = table.explain(facts, output="eligibility")

    assert (explanation.row_number, explanation.law) == (7, "Act 7")
    tests = {test.input: test for test in explanation.tests}
    assert tests["severely sight impaired"] == ("severely sight impaired", True, "true", True)
    assert tests["age"] == ("age", 80, "-", True)
    assert tests["pip moving around"] == ("pip moving around", None, "-", None)
    assert tests["dla mobility"].holds is None
    assert explanation.failed == (dmn.FailedRow("row-1", 1, "Act 1", "age", "<= 2", 80),)


def test_where_no_row_matches_every_row_is_told_as_failed():
    table = make.decision(
        inputs={"n": "number", "m": "number"},
        outputs={"out": "string"},
        rows=[("> 1", "-", '"a"'), ("-", "> 2", '"b"')],
    )

    explanation = table.explain({"n": 0, "m": 1})

    assert explanation == dmn.Explanation(
        dmn.Outcome({"out": None}, ()),
        None,
        None,
        None,
        (),
        (
            dmn.FailedRow("row-1", 1, "Act 1", "n", "> 1", 0),
            dmn.FailedRow("row-2", 2, "Act 2", "m", "> 2", 1),
        ),
    )


COLLECT = {
    "inputs": {"a": "boolean", "b": "boolean"},
    "outputs": {"out": "number"},
    "rows": [("true", "-", "1"), ("-", "true", "2")],
    "hit_policy": "COLLECT",
}


def test_what_is_collected_is_settled_once_every_row_is():
    table = make.decision(**COLLECT)

    assert table.decide({"a": True, "b": False}).values == {"out": (1,)}
    assert table.decide({"a": False, "b": False}).values == {"out": ()}
    left = table.still_matters_by_row({"a": True})
    assert left == dmn.StillMatters(frozenset({1, 2}), False, ("b",))
    assert table.still_matters_by_row({"a": True, "b": True}) == dmn.StillMatters(
        frozenset({(1, 2)}), True, ()
    )
    assert table.still_matters({"a": True}).outcomes == {(1,), (1, 2)}


def test_a_sum_may_be_settled_before_its_rows_are():
    table = make.decision(
        inputs={"a": "boolean"},
        outputs={"out": "number"},
        rows=[("true", "5"), ("not(true)", "5")],
        hit_policy="COLLECT",
        aggregation="SUM",
    )

    assert table.decide({}) == dmn.Outcome({"out": 5}, ("row-1", "row-2"))


def test_rows_that_disagree_whatever_is_unknown_are_an_error():
    table = make.decision(
        inputs={"a": "boolean", "n": "number"},
        outputs={"out": "number"},
        rows=[("-", "> 1", "1"), ("-", "> 2", "2")],
        hit_policy="UNIQUE",
    )

    with pytest.raises(dmn.RowsDisagree) as disagree:
        table.decide({"n": 5})
    assert disagree.value.rows == (1, 2)
    assert str(disagree.value) == (
        "'Eligibility': rows 1 and 2 hold at once and cannot both be right."
    )
    with pytest.raises(dmn.RowsDisagree):
        table.decide({"n": 5, "a": True})


def test_an_output_that_is_none_of_the_table_is_a_mistake():
    with pytest.raises(KeyError):
        make.decision(**make.BLUE_BADGE).still_matters({}, output="eligible")


def test_priority_is_settled_by_a_sure_row_that_nothing_open_outranks():
    table = make.decision(
        inputs={"a": "boolean", "b": "boolean"},
        outputs={"out": "string"},
        rows=[("true", "-", '"low"'), ("-", "true", '"high"')],
        output_values={"out": '"high","low"'},
        hit_policy="PRIORITY",
    )

    assert table.decide({"b": True}) == dmn.Outcome({"out": "high"}, ("row-2",))
    assert table.still_matters_by_row({"b": True}).decided
    assert table.still_matters_by_row({"a": True}).outcomes == {"high", "low"}
    assert table.still_matters_by_row({"a": True}).inputs == ("b",)


def test_a_wrong_fact_says_what_it_should_be():
    table = make.decision(**make.BLUE_BADGE)

    with pytest.raises(dmn.WrongFact, match="takes a number"):
        table.still_matters({"age": "80"})
    with pytest.raises(dmn.WrongFact, match='takes "none", "lower", "higher"'):
        table.still_matters({"dla mobility": "highest"})
