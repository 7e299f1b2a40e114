"""Formulas in columns: typed, bounded to what is exact everywhere, and asked for by their facts."""

from __future__ import annotations

from datetime import date

import pytest

from standpipe import dmn
from tests.unit.dmn import dmn_tables as make

FACTS = {
    "born": "date",
    "on": "date",
    "income": "number",
    "partner income": "number",
    "name": "string",
}
DATA = "".join(
    f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/></inputData>'
    for name, kind in FACTS.items()
)
AGE = "years and months duration(born, on).years"


def table() -> dmn.Decision:
    return make.decision(
        inputs={AGE: "number", "income + partner income": "number"},
        outputs={"out": "string"},
        rows=[(">= 65", "-", '"old"'), ("-", "< 10000", '"poor"'), ("-", "-", '"neither"')],
        items=DATA,
    )


def test_a_column_works_out_its_value_from_facts():
    facts = {"born": date(1960, 5, 2), "on": date(2025, 5, 1), "income": 9000, "partner income": 0}

    assert table().decide(facts).values == {"out": "poor"}
    assert table().decide(facts | {"on": date(2025, 5, 2)}).values == {"out": "old"}
    assert table().explain(facts).tests[0].value == 64


def test_the_inputs_are_the_facts_behind_the_columns():
    assert [one.name for one in table().inputs] == ["born", "on", "income", "partner income"]


def test_only_the_facts_that_still_matter_are_asked_for():
    decision = table()
    facts = {"born": date(1950, 1, 1), "on": date(2025, 1, 1)}

    assert decision.still_matters({}).inputs == ("born", "on", "income", "partner income")
    assert decision.still_matters(facts).decided
    assert decision.still_matters({"born": date(2000, 1, 1)}).inputs[0] == "on"
    unsure = {"born": dmn.DOES_NOT_KNOW, "on": date(2025, 1, 1), "income": 0, "partner income": 0}
    assert decision.still_matters(unsure) == dmn.StillMatters(frozenset({"old", "poor"}), False, ())


def test_a_fact_of_the_wrong_type_is_refused_within_a_formula():
    with pytest.raises(dmn.WrongFact) as wrong:
        table().decide({"born": "1960", "on": date(2025, 1, 1), "income": 1, "partner income": 0})

    assert wrong.value.input == "born"


def test_a_fact_within_a_formula_has_to_be_allowed():
    decision = make.decision(
        inputs={"points + 1": "number"},
        outputs={"out": "number"},
        rows=[("> 3", "1"), ("-", "0")],
        items="""<itemDefinition name="tPoints"><typeRef>number</typeRef><allowedValues>
            <text>[0..12]</text></allowedValues></itemDefinition><inputData name="points">
            <variable typeRef="tPoints"/></inputData>""",
    )

    assert decision.decide({"points": 12}).values == {"out": 1}
    assert decision.decide({"points": None}).values == {"out": 0}
    with pytest.raises(dmn.WrongFact):
        decision.decide({"points": 13})


@pytest.mark.parametrize(
    "formula",
    [
        "income / 3",
        "income * partner income",
        "income * 0.5",
        "sqrt(income)",
        "upper case(name)",
        "born + income",
        "income + unknown",
        "income +",
        "name > 8",
        "today()",
        "for x in income return x",
    ],
)
def test_what_is_not_exact_everywhere_is_refused_by_the_column(formula):
    fault = make.fault(
        inputs={formula: "number"}, outputs={"out": "number"}, rows=[("-", "1")], items=DATA
    )

    assert fault.cell is not None
    assert fault.cell.replace(" ", "") == formula.replace(" ", "")
    assert fault.mend.en


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (
            "income / 3",
            "/ of number, number is not in the bulk dialect. Mend: Use what the reference lists "
            "for it, or move it to a decision of the full dialect.",
        ),
        (
            "born + null",
            "+ of date, null is not in the bulk dialect. Mend: Use what the reference lists "
            "for it, or move it to a decision of the full dialect.",
        ),
        (
            "income +",
            "income + is no formula: Expected a value, found the end at character 9. "
            "Mend: Write it as FEEL 1.5.",
        ),
        (
            "income + unknown",
            "income + unknown is no formula: The name is not known, found 'unknown' at "
            'character 10. Mend: Write text in straight quotes ("…").',
        ),
        (
            "income * 0.5",
            "Only multiplying by a whole constant is exact everywhere. "
            "Mend: Multiply by a whole number, or use the full dialect.",
        ),
        (
            "for x in income return x",
            "This kind of expression is not in the bulk dialect. "
            "Mend: Move it to a decision of the full dialect.",
        ),
        (
            '@"P1Y" = null',
            "This constant is of no type that a table knows. Mend: Write a date or a number.",
        ),
    ],
)
def test_a_formula_is_told_what_it_says_wrong(formula, words):
    fault = make.fault(
        inputs={formula: "number"}, outputs={"out": "number"}, rows=[("-", "1")], items=DATA
    )

    assert str(fault).partition(": ")[2] == words


def test_a_formula_of_another_type_than_its_column_is_refused():
    fault = make.fault(
        inputs={"income + 1": "string"}, outputs={"out": "number"}, rows=[("-", "1")], items=DATA
    )

    assert "gives a number" in fault.message.en
