from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from standpipe import dmn
from standpipe.eligibility.asking import still_to_ask
from standpipe.eligibility.deciding import Decided, decide
from standpipe.eligibility.record import record
from standpipe.eligibility.rules import DecisionStep, Known, RuleSet, Unanswered
from standpipe.eligibility.working_out import as_fact, as_json
from standpipe.kernel.canonical import canonical_json
from standpipe.kernel.text import Text
from standpipe.vocabulary.reading import load_vocabulary
from standpipe.vocabulary.unknown import DOES_NOT_KNOW

VOCABULARY = load_vocabulary(Path("vocabulary"))
START = date(2019, 8, 30)
LETTER = "applicant/benefit.pip.moving_around"
EIGHT = "applicant/benefit.pip.moving_around_8_or_more"
RECEIVED = "applicant/benefit.received"
BORN = "applicant/person.birth_date"
BLIND = "applicant/person.is_severely_sight_impaired"


def cells(tag: str, texts: tuple[str, ...]) -> str:
    return "".join(f"<{tag}><text>{text}</text></{tag}>" for text in texts)


def table(name: str, inputs: str, outputs: str, *rows: tuple[tuple[str, ...], ...]) -> dmn.Decision:
    """Make a FIRST table; inputs and outputs are "name:type, name:type", rows (cells, results)."""
    heads = "".join(
        f'<input><inputExpression typeRef="{kind}"><text>{title}</text></inputExpression></input>'
        for title, kind in (each.split(":") for each in inputs.split(", "))
    ) + "".join(
        f'<output name="{title}" typeRef="{kind}"/>'
        for title, kind in (each.split(":") for each in outputs.split(", "))
    )
    rules = "".join(
        f'<rule id="{name}-{number}">{cells("inputEntry", row[0])}{cells("outputEntry", row[1])}'
        f"<annotationEntry><text>Act {number}</text></annotationEntry></rule>"
        for number, row in enumerate(rows, start=1)
    )
    xml = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="t" namespace="t">'
        f'<decision id="{name}" name="{name}"><decisionTable hitPolicy="FIRST">{heads}'
        f'<annotation name="Legislation"/>{rules}</decisionTable></decision></definitions>'
    )
    return dmn.load(xml.encode(), f"{name}.dmn").decisions[0]


PIP = DecisionStep(
    id="pip",
    title=Text("PIP", "PIP"),
    decision=table(
        "pip",
        "receives pip:boolean, descriptor:string",
        "met:boolean, points:number",
        (("false", "-"), ("false", "0")),
        (("-", '"a","b"'), ("false", "4")),
        (("-", '"c","d","e","f"'), ("true", "8")),
        (("-", "-"), ("null", "null")),
    ),
    inputs={"receives pip": "applicant/benefit.receives_pip", "descriptor": LETTER},
    gives={"met": EIGHT, "points": None},
    valid_from=START,
    valid_to=None,
    sha256="0" * 64,
)
MAIN = DecisionStep(
    id="eligibility",
    title=Text("Eligibility", "Cymhwystra"),
    decision=table(
        "eligibility",
        "age:number, eight:boolean, blind:boolean",
        "outcome:string, ground:string",
        (("&lt; 2", "-", "-"), ('"no"', '"young"')),
        (("-", "true", "-"), ('"yes"', '"pip"')),
        (("-", "-", "true"), ('"yes"', '"blind"')),
        (("-", "-", "-"), ('"no"', '"none"')),
    ),
    inputs={"age": "applicant/person.age", "eight": EIGHT, "blind": BLIND},
    gives={"outcome": None, "ground": None},
    valid_from=START,
    valid_to=None,
    sha256="1" * 64,
)
RULES = RuleSet((PIP, MAIN), date(2026, 11, 22), VOCABULARY, "outcome", "look")


def told(**values: object) -> dict[str, Known]:
    names = {"letter": LETTER, "eight": EIGHT, "received": RECEIVED, "born": BORN, "blind": BLIND}
    return {names[name]: Known(value, "told", f"fact-{name}") for name, value in values.items()}


def decided(**values: object) -> Decided:
    return decide(RULES, told(**values))


def test_a_derived_input_is_followed_back_to_what_can_be_asked() -> None:
    left = still_to_ask(RULES, {})

    assert left.needs == (BORN, RECEIVED, LETTER, BLIND)
    assert left.outcomes == {"yes", "no"}
    assert {EIGHT, LETTER, "applicant/person.age"} <= left.through
    assert not left.decided


def test_a_registered_fact_makes_its_questions_needless() -> None:
    known = {**told(born="1980-03-31"), EIGHT: Known(True, "registry", "fact-dwp")}

    left = still_to_ask(RULES, known)

    assert (left.decided, left.needs, left.outcomes) == (True, (), frozenset({"yes"}))


def test_a_person_without_the_benefit_is_not_asked_for_its_letter() -> None:
    left = still_to_ask(RULES, told(born="1980-03-31", received=["none"]))

    assert left.needs == (BLIND,)


def test_the_decision_names_its_row_law_facts_and_sources() -> None:
    result = decided(born="1980-03-31", received=["pip"], letter="d")

    assert (result.outcome, result.outputs["ground"]) == ("yes", "pip")
    main, pip = result.steps
    assert (main.row_id, main.row_number, main.law) == ("eligibility-2", 2, "Act 2")
    assert [(fact.need, fact.source, fact.fact_id) for fact in main.facts] == [
        (EIGHT, "derived", None),
        (RECEIVED, "told", "fact-received"),
        (LETTER, "told", "fact-letter"),
    ]
    assert [(row.row_number, row.need, row.cell, row.value) for row in main.not_earlier] == [
        (1, "applicant/person.age", "< 2", 46)
    ]
    assert (pip.step, pip.row_number, pip.outputs["points"]) == ("pip", 3, 8)
    assert result.derived == {
        "applicant/person.age": 46,
        "applicant/benefit.receives_pip": True,
        EIGHT: True,
    }


def test_a_registered_fact_is_used_as_it_stands() -> None:
    known = {**told(born="1980-03-31"), EIGHT: Known(True, "registry", "fact-dwp")}

    result = decide(RULES, known)

    assert [(fact.need, fact.source) for fact in result.steps[0].facts] == [(EIGHT, "registry")]
    assert len(result.steps) == 1


def test_nothing_is_decided_while_an_answer_could_change_it() -> None:
    with pytest.raises(Unanswered) as raised:
        decided(born="1980-03-31")

    assert raised.value.needs == (RECEIVED, LETTER, BLIND)


def test_one_who_does_not_know_is_looked_at_by_a_person() -> None:
    result = decided(born="1980-03-31", received=["pip"], letter=DOES_NOT_KNOW, blind=False)

    assert (result.outcome, result.undecided, result.steps) == ("look", True, ())


def test_not_knowing_does_not_matter_where_something_else_decides() -> None:
    assert (
        decided(born="1980-03-31", received=["pip"], letter=DOES_NOT_KNOW, blind=True).outcome
        == "yes"
    )
    assert decided(born="2026-01-01", received=DOES_NOT_KNOW, blind=False).outcome == "no"


def test_a_decision_is_kept_as_plain_json() -> None:
    kept = record(decided(born="1980-03-31", received=["none"], blind=False))

    assert kept["outcome"] == "no"
    assert kept["steps"][0]["row_id"] == "eligibility-4"
    assert kept["steps"][0]["not_earlier"][0]["law"] == "Act 1"
    assert "Cymhwystra" in canonical_json(kept)


def test_json_values_become_facts_and_facts_json() -> None:
    assert as_fact("2026-01-01", "date") == date(2026, 1, 1)
    assert str(as_fact("10.50", "number")) == "10.50"
    assert as_fact(None, "number") is None
    assert as_fact(DOES_NOT_KNOW, "string") is dmn.DOES_NOT_KNOW
    assert as_json(date(2026, 1, 1)) == "2026-01-01"
    assert as_json(as_fact("10.50", "number")) == "10.50"


def test_of_two_sources_only_the_unanswered_one_is_asked(tmp_path: Path) -> None:
    for file in Path("vocabulary").glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "extra.yaml").write_text(
        """
id: extra
description: One that follows from two.
slots:
  extra.both:
    title: Both
    title_cy: Y ddau
    range: boolean
    annotations:
      type: boolean
      derive: {function: includes, from: [benefit.received, person.birth_date], argument: pip}
      missing: {en: Both, cy: Y ddau}
      sensitivity: none
      volatility: year
      reuse: derive
""",
        encoding="utf-8",
    )
    step = replace(MAIN, inputs={**MAIN.inputs, "eight": "applicant/extra.both"})
    rules = replace(RULES, steps=(step,), vocabulary=load_vocabulary(tmp_path))

    assert still_to_ask(rules, told(born="1980-03-31")).needs == (RECEIVED, BLIND)
    assert still_to_ask(rules, told(born="1980-03-31", received=["pip"])).decided


def test_where_no_row_answers_a_person_looks() -> None:
    only_blind = replace(
        MAIN,
        decision=table(
            "narrow",
            "blind:boolean",
            "outcome:string, ground:string",
            (("true",), ('"yes"', '"blind"')),
        ),
        inputs={"blind": BLIND},
    )
    rules = replace(RULES, steps=(only_blind,))

    result = decide(rules, told(blind=False))

    assert (result.outcome, result.undecided, result.steps) == ("look", True, ())
    assert still_to_ask(rules, {}).outcomes == {"yes", "look"}
