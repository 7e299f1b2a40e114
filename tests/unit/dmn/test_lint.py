"""Lint, drafts and differences: what a table leaves open, and what a change changes."""

from __future__ import annotations

import itertools
import random

import pytest

from standpipe import dmn
from standpipe.dmn.table.coverage import coverage
from tests.unit.dmn import dmn_tables as make

AGES = {"inputs": {"age": "number", "blind": "boolean"}, "outputs": {"out": "string"}}


def lint(**table):
    return dmn.lint(dmn.load(make.table_xml(**table), "test.dmn"))


def test_a_gap_is_named_with_a_situation_that_nothing_answers():
    faults = lint(**AGES, rows=[("< 3", "-", '"a"'), ("> 3", "-", '"b"')], hit_policy="UNIQUE")

    assert [fault.message.en for fault in faults] == ["No row answers where 'age' is 3."]


def test_an_overlap_names_both_rows():
    (fault,) = lint(**AGES, rows=[("<= 3", "-", '"a"'), (">= 3", "-", '"b"')], hit_policy="UNIQUE")

    assert fault.row == 2
    assert "Rows 1 and 2 both hold where 'age' is 3" in fault.message.en


def test_rows_of_an_any_table_may_overlap_where_they_agree():
    rows = [("<= 3", "-", '"a"'), (">= 3", "-", '"a"')]

    assert not lint(**AGES, rows=rows, hit_policy="ANY")


def test_a_row_behind_a_wider_one_never_decides():
    (fault,) = lint(**AGES, rows=[("> 3", "-", '"a"'), ("> 5", "true", '"b"'), ("-", "-", '"c"')])

    assert fault.row == 2
    assert "never decides" in fault.message.en


def test_a_default_fills_every_gap():
    assert not lint(**AGES, rows=[("< 3", "-", '"a"')], defaults={"out": '"b"'})


def test_null_leaves_a_gap_only_where_it_is_asked_for():
    table = {**AGES, "rows": [("-", "true", '"a"'), ("-", "false", '"b"')]}
    model = dmn.load(make.table_xml(**table), "test.dmn")

    assert not dmn.lint(model)
    assert "'blind' is null" in dmn.lint(model, nulls=True)[0].message.en


def test_blue_badge_has_nothing_to_mend():
    assert not lint(**make.BLUE_BADGE)


def test_a_draft_is_checked_like_any_cell():
    table = make.decision(**make.BLUE_BADGE)

    with pytest.raises(dmn.FaultyModel) as refused:
        dmn.with_cell(table, row=3, cell="pip moving around", text=">= ten")

    assert (refused.value.faults[0].row, refused.value.faults[0].cell) == (3, "pip moving around")


def test_the_difference_of_a_threshold_is_what_lies_between():
    before = make.decision(**make.BLUE_BADGE)
    after = dmn.with_cell(before, row=3, cell="pip moving around", text=">= 10")

    changes = dmn.difference(before, after, output="eligibility")

    assert {(change.before, change.after) for change in changes} == {("eligible", "assess")}
    assert all(8 <= change.situation["pip moving around"] < 10 for change in changes)
    assert not dmn.difference(before, before)


@pytest.mark.parametrize("seed", range(40))
def test_difference_and_coverage_are_what_brute_force_finds(seed):
    chance = random.Random(seed)
    values = {"n": [1, 2, 3, 4], "b": [True, False]}
    cells = {"n": ["-", "< 3", "[2..3]", "4", "not(1)"], "b": ["-", "true", "false"]}

    def table():
        rows = [
            (chance.choice(cells["n"]), chance.choice(cells["b"]), chance.choice("12"))
            for _ in range(4)
        ]
        return make.decision(
            inputs={"n": "number", "b": "boolean"},
            input_values={"n": "1,2,3,4"},
            outputs={"out": "number"},
            rows=rows,
            hit_policy="FIRST",
        )

    before, after = table(), table()
    everyone = [
        dict(zip(values, choice, strict=True)) for choice in itertools.product(*values.values())
    ]
    differs = any(before.decide(one).values != after.decide(one).values for one in everyone)
    reached = {row for one in everyone for row in before.decide(one).rows}
    open_ = any(not before.decide(one).rows for one in everyone)
    found = coverage(before.table)

    assert bool(dmn.difference(before, after)) == differs
    assert bool(found.gaps) == open_
    assert {row.id for row in before.rows if row.number not in found.unreachable} == reached
