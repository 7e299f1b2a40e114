"""What still matters: exactly what brute force finds, and never less."""

from __future__ import annotations

import itertools
import random

import pytest

from standpipe import dmn
from standpipe.dmn.table.diagram import CONTRADICTION
from tests.unit.dmn import dmn_tables as make

_CELLS = {
    "number": ["-", "-", "-", ">= 3", "[1..4]", "2", "not(2)", "null", "< 1, > 4"],
    "boolean": ["-", "-", "true", "false", "null", "not(true)"],
    "string": ["-", "-", '"a"', '"b","c"', 'not("a")'],
}
_VALUES = {
    "number": [None, 0, 1, 2, 3, 4, 5],
    "boolean": [None, True, False],
    "string": [None, "a", "b", "c"],
}


def _random_table(chance: random.Random) -> tuple[dmn.Decision, dict[str, str]]:
    inputs = {f"i{number}": chance.choice(list(_CELLS)) for number in range(chance.randint(2, 4))}
    rows = [
        (*(chance.choice(_CELLS[kind]) for kind in inputs.values()), chance.choice("123"))
        for _ in range(chance.randint(2, 6))
    ]
    policy = chance.choice(["FIRST", "FIRST", "PRIORITY", "COLLECT", "UNIQUE", "ANY"])
    table = make.decision(
        inputs=inputs,
        outputs={"out": "number"},
        rows=rows,
        hit_policy=policy,
        output_values={"out": "2,1,3"},
        input_values={name: '"a","b","c"' for name, kind in inputs.items() if kind == "string"},
    )
    return table, inputs


def _answer(table: dmn.Decision, facts: dict[str, object]) -> object:
    try:
        return table.decide(facts).values["out"]
    except dmn.RowsDisagree:
        return CONTRADICTION


def _brute_force(table, inputs, facts):
    """Return every possible outcome, and the inputs of which some change alone changes it."""
    open_inputs = [name for name in inputs if name not in facts]
    answers = {
        choice: _answer(table, facts | dict(zip(open_inputs, choice, strict=True)))
        for choice in itertools.product(*(_VALUES[inputs[name]] for name in open_inputs))
    }
    mattering = []
    for place, name in enumerate(open_inputs):
        rest = {}
        for choice, answer in answers.items():
            rest.setdefault(choice[:place] + choice[place + 1 :], set()).add(answer)
        if any(len(found) > 1 for found in rest.values()):
            mattering.append(name)
    return frozenset(answers.values()), tuple(mattering)


@pytest.mark.parametrize("seed", range(200))
def test_what_still_matters_is_exactly_what_brute_force_finds(seed):
    chance = random.Random(seed)
    table, inputs = _random_table(chance)
    facts = {
        name: chance.choice(_VALUES[kind]) for name, kind in inputs.items() if chance.random() < 0.4
    }

    outcomes, mattering = _brute_force(table, inputs, facts)
    exact = table.still_matters(facts, output="out")
    by_row = table.still_matters_by_row(facts, output="out")

    assert exact.outcomes == outcomes
    assert exact.inputs == mattering
    assert exact.decided == (len(outcomes) == 1)
    if CONTRADICTION not in outcomes:
        assert set(mattering) <= set(by_row.inputs)
        assert not by_row.decided or exact.decided


@pytest.mark.parametrize("seed", range(60))
def test_a_decision_on_part_of_the_facts_holds_for_all_of_them(seed):
    chance = random.Random(1000 + seed)
    table, inputs = _random_table(chance)
    for _ in range(10):
        whole = {name: chance.choice(_VALUES[kind]) for name, kind in inputs.items()}
        part = {name: value for name, value in whole.items() if chance.random() < 0.6}
        try:
            settled = table.decide(part, output="out").values["out"]
        except (dmn.MissingFacts, dmn.RowsDisagree):
            continue
        assert settled == _answer(table, whole)


def test_a_table_too_large_for_the_exact_answer_gets_the_sound_one():
    chance = random.Random(7)
    names = [f"i{number}" for number in range(14)]
    rows = [
        (*(chance.choice(["-", f">= {chance.randint(0, 40)}"]) for _ in names), str(number))
        for number in range(120)
    ]
    table = make.decision(
        inputs=dict.fromkeys(names, "number"), outputs={"out": "number"}, rows=rows
    )

    assert table.diagram("out") is None
    whole = {name: chance.randint(0, 40) for name in names}
    part = dict(itertools.islice(whole.items(), 7))
    left = table.still_matters(part, output="out")
    assert _answer(table, whole) in left.outcomes
    assert set(left.inputs) <= set(names) - set(part)
