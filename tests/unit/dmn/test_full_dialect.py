"""The full dialect: declared per decision, asked like any other, refused by the cell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from standpipe import dmn
from standpipe.dmn.feel.builtin_names import BUILTIN_NAMES
from standpipe.dmn.feel.functions import BUILTINS
from standpipe.dmn.feel.scope import TooMuchWork

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def xml(body: str, *, namespace: str = "here") -> bytes:
    return (
        f'<definitions xmlns="{NAMESPACE}" xmlns:standpipe="urn:standpipe:dmn" name="m" '
        f'namespace="{namespace}">{body}</definitions>'
    ).encode()


RENT = """
<inputData id="rent" name="weekly rent"><variable name="weekly rent" typeRef="number"/></inputData>
<inputData id="weeks" name="weeks"><variable name="weeks" typeRef="number"/></inputData>
<decision id="d" name="Yearly rent" standpipe:dialect="full">
 <variable name="Yearly rent" typeRef="number"/>
 <informationRequirement><requiredInput href="#rent"/></informationRequirement>
 <informationRequirement><requiredInput href="#weeks"/></informationRequirement>
 <literalExpression><text>round half up(weekly rent * weeks, 2)</text></literalExpression>
</decision>
"""
BAND = """
<decision id="b" name="Band" standpipe:dialect="full">
 <variable name="Band" typeRef="string"/>
 <informationRequirement><requiredDecision href="#d"/></informationRequirement>
 <decisionTable hitPolicy="FIRST">
  <input><inputExpression><text>Yearly rent</text></inputExpression></input>
  <output name="band"/>
  <annotation name="Legislation"/>
  <rule id="low"><inputEntry><text>&lt; 5200.01</text></inputEntry>
   <outputEntry><text>"low"</text></outputEntry>
   <annotationEntry><text>SI 2006/213, reg. 1</text></annotationEntry></rule>
  <rule id="high"><inputEntry><text>{cell}</text></inputEntry>
   <outputEntry><text>"high"</text></outputEntry></rule>
 </decisionTable>
</decision>
"""


def load(cell: str = "-") -> dmn.Model:
    return dmn.load(xml(RENT + BAND.replace("{cell}", cell)), "rent.dmn")


def test_a_decision_is_made_of_those_it_requires():
    decision = load().full_decision("Band")

    assert [column.name for column in decision.inputs] == ["weekly rent", "weeks"]
    explanation = decision.explain({"weekly rent": Decimal("100.00"), "weeks": 52})
    assert explanation.outcome.values == {"Band": "low"}
    assert (explanation.row_id, explanation.law) == ("low", "SI 2006/213, reg. 1")


def test_a_missing_fact_still_matters_and_a_wrong_one_is_refused():
    decision = load().full_decision("Yearly rent")

    assert decision.still_matters({"weeks": 52}).inputs == ("weekly rent",)
    with pytest.raises(dmn.MissingFacts):
        decision.decide({"weeks": 52})
    with pytest.raises(dmn.WrongFact):
        decision.decide({"weeks": 52, "weekly rent": "100"})


@pytest.mark.parametrize("cell", [">=== 8", "=> 8", ">= eight", "?? > 1", "low"])
def test_a_mistyped_cell_is_refused_with_its_place(cell):
    with pytest.raises(dmn.FaultyModel) as refused:
        load(cell.replace(">", "&gt;"))

    (fault,) = refused.value.faults
    assert (fault.table, fault.row, fault.cell) == ("Band", 2, "Yearly rent")


def test_lint_asks_for_the_law_of_every_row():
    assert [(fault.table, fault.row) for fault in dmn.lint(load())] == [("Band", 2)]


def test_what_is_no_table_has_to_declare_the_full_dialect():
    with pytest.raises(dmn.FaultyModel, match="bulk dialect"):
        dmn.load(xml(RENT.replace(' standpipe:dialect="full"', "")), "rent.dmn")


def test_models_are_imported_by_their_namespace():
    importing = """
    <import namespace="there" name="rents" importType="x"/>
    <decision id="e" name="Double" standpipe:dialect="full"><variable name="Double"/>
     <informationRequirement><requiredDecision href="there#d"/></informationRequirement>
     <literalExpression><text>2 * rents.Yearly rent</text></literalExpression></decision>"""
    model = dmn.load(
        xml(importing), "double.dmn", imports={"there": xml(RENT, namespace="there")}.__getitem__
    )

    outcome = model.full_decision("Double").decide({"weekly rent": 1, "weeks": 52})
    assert outcome.values == {"Double": 104}


def test_a_decision_that_requires_itself_ends():
    circle = """<decision id="c" name="C" standpipe:dialect="full"><variable name="C"/>
     <informationRequirement><requiredDecision href="#c"/></informationRequirement>
     <literalExpression><text>1 + C</text></literalExpression></decision>"""

    outcome = dmn.load(xml(circle), "circle.dmn").full_decision("C").decide({})
    assert outcome.values == {"C": None}


def test_a_decision_without_end_is_an_error_and_not_null():
    endless = """<decision id="c" name="C" standpipe:dialect="full"><variable name="C"/>
     <literalExpression><text>for i in 1..10 ** 12 return i</text></literalExpression></decision>"""

    with pytest.raises(TooMuchWork):
        dmn.load(xml(endless), "endless.dmn").full_decision("C").decide({})


def test_every_function_has_its_name_known_to_the_parser():
    assert set(BUILTIN_NAMES) == set(BUILTINS)
