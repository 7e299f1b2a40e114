"""Writing into a DMN file changes what was meant, and no other byte."""

import difflib
from pathlib import Path

import pytest

from standpipe import dmn
from standpipe.policy.grid import grid_of
from standpipe.policy.table_text import (
    NoSuchPlace,
    with_cells,
    with_row_copied,
    with_row_raised,
    without_row,
)

RULES = Path(__file__).parents[3] / "service_packs" / "blue_badge" / "rules"
PIP = (RULES / "pip.dmn").read_text(encoding="utf-8")
MOVING = "PIP moving around"
PLANNING = "PIP planning and following journeys"

PREFIXED = """<?xml version="1.0" encoding="UTF-8"?>
<d:definitions xmlns:d="https://www.omg.org/spec/DMN/20230324/MODEL/" name="t" namespace="n">
  <d:decision id="one" name="One"><d:decisionTable>
    <d:input><d:inputExpression typeRef="number"><d:text>age</d:text></d:inputExpression></d:input>
    <d:output name="answer" typeRef="string"/><d:annotation name="Legislation"/>
    <d:rule id="a"><d:inputEntry id="x"><d:text/></d:inputEntry>
      <d:outputEntry><d:text>"é"</d:text></d:outputEntry></d:rule>
    <d:rule id="b"><d:inputEntry><d:text>&lt; 3</d:text></d:inputEntry>
      <d:outputEntry><d:text>"no"</d:text></d:outputEntry>
      <d:annotationEntry><d:text>s. 1</d:text></d:annotationEntry></d:rule>
  </d:decisionTable></d:decision>
</d:definitions>
"""


def texts(xml, table=MOVING):
    return [row.texts for row in grid_of(xml, table, file="f").rows]


def changed_lines(before, after):
    return [
        line
        for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
        if line[0] in "+-" and line[:3] not in ("+++", "---")
    ]


def test_one_cell_changes_one_line():
    after = with_cells(PIP, MOVING, {(4, "output", 0): "false"})

    assert changed_lines(PIP, after) == [
        "-        <outputEntry><text>true</text></outputEntry>",
        "+        <outputEntry><text>false</text></outputEntry>",
    ]
    assert texts(after)[3][2] == "false"
    assert texts(after, PLANNING) == texts(PIP, PLANNING)


def test_what_xml_reserves_is_escaped_and_read_back():
    after = with_cells(PREFIXED, "One", {(1, "input", 0): "< 2 & > 1", (1, "annotation", 0): "§ 2"})

    assert texts(after, "One")[0] == ("< 2 & > 1", '"é"', "§ 2")


def test_several_cells_change_at_once_whatever_their_length():
    after = with_cells(
        PIP,
        MOVING,
        {(1, "annotation", 0): "x" * 200, (2, "input", 1): '"b"', (7, "output", 1): "9"},
    )

    assert texts(after)[0][4] == "x" * 200
    assert texts(after)[1][1] == '"b"'
    assert texts(after)[6][3] == "9"


def test_a_file_with_a_prefix_keeps_it():
    after = with_cells(PREFIXED, "one", {(2, "input", 0): ">= 3"})

    assert "<d:text>&gt;= 3</d:text>" in after
    assert dmn.load(with_cells(after, "One", {(1, "input", 0): "< 3"}).encode(), "f")


def test_a_copied_row_stands_below_under_its_own_id():
    after = with_row_copied(PREFIXED, "One", 1, identifier="c")
    grid = grid_of(after, "One", file="f")

    assert [row.id for row in grid.rows] == ["a", "c", "b"]
    assert grid.rows[1].texts == grid.rows[0].texts
    assert after.count('id="x"') == 1


def test_copying_and_removing_a_row_leaves_the_file_as_it_was():
    copied = with_row_copied(PIP, MOVING, 3, identifier="again")

    assert without_row(copied, MOVING, 4) == PIP


def test_raising_a_row_twice_leaves_the_file_as_it_was():
    raised = with_row_raised(PIP, MOVING, 3)

    assert [row[1] for row in texts(raised)[:3]] == ["-", '"b"', '"a"']
    assert with_row_raised(raised, MOVING, 3) == PIP
    assert with_row_raised(PIP, MOVING, 1) == PIP


@pytest.mark.parametrize("place", [(99, "input", 0), (1, "input", 9), (0, "input", 0)])
def test_a_cell_that_is_not_there_is_refused(place):
    with pytest.raises(NoSuchPlace):
        with_cells(PIP, MOVING, {place: "-"})


def test_a_table_that_is_not_there_is_refused():
    with pytest.raises(NoSuchPlace):
        with_cells(PIP, "PIP", {})
    with pytest.raises(NoSuchPlace):
        grid_of(PIP, "PIP", file="f")


def test_every_table_of_the_packs_survives_being_rewritten_cell_by_cell():
    for path in RULES.parents[1].glob("*/rules/*.dmn"):
        xml = path.read_text(encoding="utf-8")
        for decision in dmn.load(xml.encode(), path.name).decisions:
            grid = grid_of(xml, decision.name, file=path.name)
            every = {
                (row.number, column.kind, column.place): text
                for row in grid.rows
                for column, text in zip(grid.columns, row.texts, strict=True)
            }
            again = grid_of(with_cells(xml, decision.name, every), decision.name, file=path.name)
            assert again == grid
