"""A decision with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from standpipe import dmn
from standpipe.eligibility.rules import DecisionStep, Known, RuleSet, Unanswered
from standpipe.eligibility.working_out import WorkingOut, as_json
from standpipe.kernel.text import Text


@dataclass(frozen=True, slots=True)
class FactUsed:
    """A value that the decision rests on; `source` is "derived" for what followed from others."""

    need: str
    value: Any
    source: str
    fact_id: str | None


@dataclass(frozen=True, slots=True)
class RowTried:
    """An earlier row that did not hold, by the first of its cells that failed."""

    row_number: int
    law: str | None
    need: str
    cell: str
    value: Any


@dataclass(frozen=True, slots=True)
class Explained:
    """Why one table said what it said; `row_id` None means that several rows agree."""

    step: str
    title: Text
    sha256: str
    row_id: str | None
    row_number: int | None
    law: str | None
    outputs: Mapping[str, Any]
    facts: tuple[FactUsed, ...]
    not_earlier: tuple[RowTried, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """
    The outcome and why; `steps` begin with the deciding table, then those that fed it.

    `undecided` is true where the person does not know what would decide, or where no row answers:
    the outcome is then the rules' `when_unknown`, and without a row there are no steps. `derived`
    holds every value that followed.
    """

    outcome: str
    outputs: Mapping[str, Any]
    steps: tuple[Explained, ...]
    derived: Mapping[str, Any]
    undecided: bool


def decide(rules: RuleSet, known: Mapping[str, Known]) -> Decided:
    """
    Decide, as soon as nothing unanswered could change the outcome.

    :raises Unanswered: if something could; `needs` names it
    """
    work = WorkingOut(rules, known)
    step = rules.decisive
    try:
        why = step.decision.explain(work.facts(step), output=rules.outcome)
    except dmn.MissingFacts:
        needs = tuple(dict.fromkeys(work.still_to_ask(step, rules.outcome)))
        if needs:
            raise Unanswered(needs) from None
        return _left_to_a_person(rules, work)
    if why.outcome.values[rules.outcome] is None:
        return _left_to_a_person(rules, work)
    explained = _explained(step, why, work, known)
    steps = (explained, *_feeding(rules, step, work, known, used=explained.facts))
    outcome = rules.outcome_of(why.outcome.values[rules.outcome])
    return Decided(outcome, explained.outputs, steps, work.derived, undecided=False)


def _left_to_a_person(rules: RuleSet, work: WorkingOut) -> Decided:
    outputs = {rules.outcome: rules.when_unknown}
    return Decided(rules.when_unknown, outputs, (), work.derived, undecided=True)


def _explained(
    step: DecisionStep, why: dmn.Explanation, work: WorkingOut, known: Mapping[str, Known]
) -> Explained:
    tested = [test for test in why.tests if test.cell != "-" and test.holds is not None]
    needs = [step.inputs[test.input] for test in tested]
    return Explained(
        step=step.id,
        title=step.title,
        sha256=step.sha256,
        row_id=why.row_id,
        row_number=why.row_number,
        law=why.law,
        outputs={name: as_json(value) for name, value in why.outcome.values.items()},
        facts=tuple(_facts_used(needs, work, known)),
        not_earlier=tuple(
            RowTried(
                row_number=row.row_number,
                law=row.law,
                need=step.inputs[row.first_failed_input],
                cell=row.cell,
                value=as_json(row.value),
            )
            for row in why.failed
        ),
    )


def _facts_used(
    needs: list[str], work: WorkingOut, known: Mapping[str, Known]
) -> Iterator[FactUsed]:
    """Yield each need's value, and after a derived one what it was derived from."""
    for need in dict.fromkeys(needs):
        if need not in known:
            yield FactUsed(need, work.value(need), "derived", None)
        for source in dict.fromkeys(work.sources(need)):
            fact = known[source]
            yield FactUsed(source, fact.value, fact.source, fact.fact_id)


def _feeding(
    rules: RuleSet,
    step: DecisionStep,
    work: WorkingOut,
    known: Mapping[str, Known],
    *,
    used: tuple[FactUsed, ...],
) -> Iterator[Explained]:
    """Yield why the earlier tables said what the deciding row used."""
    for need in (fact.need for fact in used if fact.source == "derived"):
        found = rules.givers.get(need)
        if found:
            giver, output = found
            why = giver.decision.explain(work.facts(giver), output=output)
            yield _explained(giver, why, work, known)
