"""Running a pack's examples, and counting which rows of its tables they reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standpipe import dmn
from standpipe.eligibility.deciding import Decided, decide
from standpipe.eligibility.rules import DecisionStep, Known, RuleSet, Unanswered
from standpipe.eligibility.working_out import WorkingOut, as_json
from standpipe.packs.example import Example
from standpipe.packs.pack import NoRulesInForce, ServicePack


@dataclass(frozen=True, slots=True)
class FailedExample:
    """An example that the rules do not bear out, and how."""

    example: Example
    why: str


@dataclass(frozen=True, slots=True, order=True)
class RuleRow:
    """A row of the table that a step uses since a day; shown as "step/row"."""

    since: date
    step: str
    row: str

    def __str__(self) -> str:
        return f"{self.step}/{self.row}"


@dataclass(frozen=True, slots=True)
class ExampleReport:
    """
    What came of running every example.

    A row is covered by a passing example that it decides, or whose expectations name its step;
    one that merely happened to match covers nothing.
    """

    passed: tuple[Example, ...]
    failed: tuple[FailedExample, ...]
    covered: tuple[RuleRow, ...]
    uncovered: tuple[RuleRow, ...]

    @property
    def rows_total(self) -> int:
        """How many rows the pack's tables have together."""
        return len(self.covered) + len(self.uncovered)

    def by_date(self) -> dict[date, tuple[int, int]]:
        """Return how many rows are covered, of how many, by the day their tables begin."""
        days = sorted({row.since for row in (*self.covered, *self.uncovered)})
        return {
            day: (
                sum(row.since == day for row in self.covered),
                sum(row.since == day for row in (*self.covered, *self.uncovered)),
            )
            for day in days
        }

    @property
    def complete(self) -> bool:
        """Whether every example passes and every row has one."""
        return not self.failed and not self.uncovered


def run_examples(pack: ServicePack) -> ExampleReport:
    """Run every example of a pack against the rules in force on its day."""
    passed, failed = [], []
    reached: set[RuleRow] = set()
    for example in pack.examples:
        try:
            reached |= _run(example, pack)
        except _NotBorneOut as fault:
            failed.append(FailedExample(example, str(fault)))
        else:
            passed.append(example)
    rows = [_row(step, row.id) for step in pack.steps for row in step.decision.rows]
    return ExampleReport(
        passed=tuple(passed),
        failed=tuple(failed),
        covered=tuple(row for row in rows if row in reached),
        uncovered=tuple(row for row in rows if row not in reached),
    )


class _NotBorneOut(Exception):
    """The rules say something else."""


def _row(step: DecisionStep, row: str) -> RuleRow:
    return RuleRow(step.valid_from, step.id, row)


def _run(example: Example, pack: ServicePack) -> set[RuleRow]:
    """Return the rows that an example covers."""
    known = {need: Known(value, "told") for need, value in example.known.items()}
    known |= {need: Known(value, "registry") for need, value in example.registry.items()}
    try:
        rules = pack.rules(example.on)
        decided = decide(rules, known)
    except NoRulesInForce as none:
        raise _NotBorneOut(str(none)) from None
    except Unanswered as left:
        raise _NotBorneOut(f"undecided; still to ask: {', '.join(left.needs)}") from None
    _compare(example, decided)
    rows = {_row(rules.decisive, step.row_id) for step in decided.steps[:1] if step.row_id}
    work = WorkingOut(rules, known)
    for name, wanted in example.steps.items():
        rows.add(_check_step(name, wanted, rules, work))
    return rows


def _compare(example: Example, decided: Decided) -> None:
    _same("outcome", decided.outcome, example.outcome)
    _same("undecided", decided.undecided, example.undecided)
    if example.ground is not None:
        _same("ground", decided.outputs.get("ground"), example.ground)
    if example.row is not None:
        _same("row", decided.steps[0].row_id if decided.steps else None, example.row)


def _check_step(name: str, wanted: Mapping[str, Any], rules: RuleSet, work: WorkingOut) -> RuleRow:
    """Return the row that one earlier table takes, if it says what is wanted."""
    step: DecisionStep | None = next((one for one in rules.steps if one.id == name), None)
    if step is None:
        raise _NotBorneOut(f"there is no step {name} on that day")
    try:
        outcome = step.decision.decide(work.facts(step))
    except dmn.MissingFacts as missing:
        raise _NotBorneOut(f"{name} still needs {', '.join(missing.inputs)}") from None
    for output, value in wanted.items():
        if output not in outcome.values:
            raise _NotBorneOut(f"{name} answers no {output}")
        _same(f"{name} {output}", as_json(outcome.values[output]), value)
    if len(outcome.rows) != 1:
        raise _NotBorneOut(f"{name} takes no single row")
    return _row(step, outcome.rows[0])


def _same(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise _NotBorneOut(f"{what} is {found}, not {wanted}")
