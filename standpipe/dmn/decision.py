"""A decision in the bulk dialect: decide, explain, and what still matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from standpipe.dmn.facts import DOES_NOT_KNOW, MissingFacts, RowsDisagree, WrongFact, has_type, show
from standpipe.dmn.table import partial
from standpipe.dmn.table.cells import holds
from standpipe.dmn.table.definition import SINGLE_HIT, Input, Output, Row, Table
from standpipe.dmn.table.diagram import CONTRADICTION, Diagram, DiagramTooLarge
from standpipe.dmn.table.formulas import compile_formula, facts_of
from standpipe.dmn.table.hits import ordered, outcome_of
from standpipe.dmn.table.outcome import Explanation, FailedRow, Outcome, StillMatters, Test
from standpipe.dmn.table.python_source import NotPlain, compile_cells, compile_table

_ABSENT = object()

# A named tuple made without the call of its own constructor, which would take half of the time.
_new = tuple.__new__


class Decision:
    """
    One decision, compiled.

    Facts come as a mapping from input name to value: text, whole number or Decimal, boolean,
    date, or None for "none". A key that is absent was not answered; DOES_NOT_KNOW was, with that.
    Keys that are no inputs are passed over.
    """

    def __init__(self, *, identifier: str, name: str, table: Table, file: str) -> None:
        self.id = identifier
        self.name = name
        self.table = table
        self.file = file
        self._compiled = compile_table(table)
        cells = compile_cells(table)
        self._cells = {row.id: tests for row, tests in zip(table.rows, cells, strict=True)}
        self._asked = [
            (row, _asked(table, row, tests)) for row, tests in zip(table.rows, cells, strict=True)
        ]
        self._names = tuple(column.name for column in table.inputs)
        self._formulas = {
            column.name: (
                compile_formula(column.formula),
                tuple(fact.name for fact in facts_of(column.formula)),
            )
            for column in table.inputs
            if column.formula is not None
        }
        self._diagrams: dict[str | None, Diagram | None] = {}

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The facts that it may ask for, in table order."""
        return self.table.facts

    @property
    def outputs(self) -> tuple[Output, ...]:
        """What it answers."""
        return self.table.outputs

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its rules, in table order."""
        return self.table.rows

    def decide(self, facts: Mapping[str, object], *, output: str | None = None) -> Outcome:
        """
        Return the outcome.

        Where facts are missing it answers only if they cannot change it: `output` names the one
        that has to be settled, None means all. `values` then holds what is settled, and `rows`
        the row that surely holds, or else those that may.

        :raises MissingFacts: if what is not known could change the outcome
        :raises WrongFact: if a fact is not a value of its input
        :raises RowsDisagree: if the table contradicts itself on these facts
        """
        try:
            return self._compiled(facts)
        except (KeyError, TypeError, NotPlain):
            return self._decide_with_gaps(facts, output)

    def _decide_with_gaps(self, facts: Mapping[str, object], output: str | None) -> Outcome:
        left = self.still_matters(facts, output=output)
        if not left.decided:
            raise MissingFacts(self.name, left.inputs)
        (answer,) = left.outcomes
        found = partial.possibilities(self.table, self._columns(facts))
        if answer == CONTRADICTION:
            raise RowsDisagree(self.name, [row.number for row in (*found.sure, *found.open)])
        if self.table.hit_policy in SINGLE_HIT and found.sure:
            sure = ordered(self.table, found.sure)[0]
            # Rows above it may together settle it otherwise, though none of them is sure.
            if self._answer(sure.values, output) == answer:
                return outcome_of(self.table, [sure])
        rows = tuple(row.id for row in self.rows if row in found.sure or row in found.open)
        if output is not None or len(self.outputs) == 1:
            return Outcome({output or self.outputs[0].name: answer}, rows)
        names = [column.name for column in self.outputs]
        return Outcome(dict(zip(names, answer, strict=True)), rows)

    def _columns(self, facts: Mapping[str, object]) -> Mapping[str, object]:
        """Return what is known of each column: of a formula its value, once its facts are known."""
        if not self._formulas:
            return facts
        known = dict(facts)
        for name, (formula, needed) in self._formulas.items():
            known.pop(name, None)
            if any(one not in facts for one in needed):
                continue
            unsure = any(facts[one] is DOES_NOT_KNOW for one in needed)
            known[name] = DOES_NOT_KNOW if unsure else formula(facts)
        return known

    def _facts_of(self, columns: tuple[str, ...], facts: Mapping[str, object]) -> tuple[str, ...]:
        """Return the facts behind columns that are still to be asked, in table order."""
        if not self._formulas:
            return columns
        wanted = {
            fact
            for column in columns
            for fact in (self._formulas[column][1] if column in self._formulas else (column,))
            if fact not in facts
        }
        return tuple(column.name for column in self.inputs if column.name in wanted)

    def _check(self, facts: Mapping[str, object]) -> None:
        for column in self.inputs:
            value = facts.get(column.name, _ABSENT)
            if value is _ABSENT or value is DOES_NOT_KNOW or value is None:
                continue
            if not has_type(value, column.type):
                raise WrongFact(self.name, column.name, value, f"a {column.type}")
            if column.allowed is not None and not holds(column.allowed, value):
                choices = ", ".join(show(one) for one in column.allowed_values) or "other values"
                raise WrongFact(self.name, column.name, value, choices)

    def explain(self, facts: Mapping[str, object], *, output: str | None = None) -> Explanation:
        """
        Return the outcome with the row that gave it, its law, and why each earlier row failed.

        Where several rows gave it, the first of them is told. Facts may be missing as in `decide`,
        which says what is raised.
        """
        outcome = self.decide(facts, output=output)
        known = self._columns(facts)
        values = [known.get(name, _ABSENT) for name in self._names]
        sure = _ABSENT not in values and DOES_NOT_KNOW not in values
        deciding = outcome.rows[0] if outcome.rows else None
        failed: list[FailedRow] = []
        for row, asked in self._asked:
            if row.id == deciding:
                tests = self._tests_of(row, values, sure)
                return Explanation(outcome, row.id, row.number, row.law, tests, tuple(failed))
            for place, cell, head in asked:
                value = values[place]
                if (sure or not _is_unknown(value)) and not cell(value):
                    failed.append(_new(FailedRow, (*head, value)))
                    break
        return Explanation(outcome, None, None, None, (), tuple(failed))

    def _tests_of(self, row: Row, values: list[object], sure: bool) -> tuple[Test, ...]:
        """Tell the cells of the deciding row: all of them hold once all facts are known."""
        if sure:
            told = zip(self._names, values, row.cell_texts, strict=True)
            return tuple([_new(Test, (name, value, text, True)) for name, value, text in told])
        return tuple(map(_tested, self._names, values, row.cell_texts, self._cells[row.id]))

    def still_matters(
        self, facts: Mapping[str, object], *, output: str | None = None
    ) -> StillMatters:
        """
        Return the outcomes still possible and the unanswered inputs that choose among them.

        `output` names the output that counts (ask about the one that decides, not its ground);
        None means all together, as tuples where there are several. The answer is exact where the
        table's diagram is small enough and no formula uses a fact that another column uses; else
        it may name an input too many, never one too few.

        :raises WrongFact: if a fact is not a value of its input
        """
        if output is not None and all(column.name != output for column in self.outputs):
            raise KeyError(output)
        self._check(facts)
        diagram = self.diagram(output)
        if diagram is not None:
            possible, columns = diagram.ask(self._columns(facts))
            return StillMatters(possible, len(possible) == 1, self._facts_of(columns, facts))
        return self.still_matters_by_row(facts, output=output)

    def still_matters_by_row(
        self, facts: Mapping[str, object], *, output: str | None = None
    ) -> StillMatters:
        """Return what `still_matters` does, row by row: sound, and seldom minimal."""
        known = self._columns(facts)
        found = partial.possibilities(self.table, known)
        if self.table.hit_policy not in SINGLE_HIT:
            return self._many_by_row(found, facts, output)
        answers = partial.outcomes(self.table, found)
        possible = frozenset(self._answer(answer, output) for answer in answers)
        if len(possible) == 1:
            return StillMatters(possible, True, ())
        columns = partial.unanswered(self.table, found, known)
        return StillMatters(possible, False, self._facts_of(columns, facts))

    def _many_by_row(
        self, found: partial.Possibilities, facts: Mapping[str, object], output: str | None
    ) -> StillMatters:
        """Where every row counts, nothing is settled before each is; values are those in reach."""
        if not found.open:
            values = tuple(outcome_of(self.table, found.sure).values.values())
            return StillMatters(frozenset((self._answer(values, output),)), True, ())
        possible = frozenset(self._answer(row.values, output) for row in (*found.sure, *found.open))
        columns = partial.unanswered(self.table, found, self._columns(facts))
        return StillMatters(possible, False, self._facts_of(columns, facts))

    def _answer(self, values: tuple[Any, ...], output: str | None) -> Any:
        if output is not None:
            return values[[column.name for column in self.outputs].index(output)]
        return values[0] if len(values) == 1 else values

    def diagram(self, output: str | None = None) -> Diagram | None:
        """Return the diagram of an output (all where None); None if it would be too large."""
        if output not in self._diagrams:
            try:
                self._diagrams[output] = Diagram(self.table, output=output)
            except DiagramTooLarge:
                self._diagrams[output] = None
        return self._diagrams[output]


_CellTest = Callable[[Any], bool] | None


def _asked(
    table: Table, row: Row, tests: Sequence[_CellTest]
) -> list[tuple[int, Callable[[Any], bool], tuple[str, int, str | None, str, str]]]:
    """Return the cells of a row that ask anything, with what is told of one that fails."""
    return [
        (place, test, (row.id, row.number, row.law, column.name, text))
        for place, (test, column, text) in enumerate(
            zip(tests, table.inputs, row.cell_texts, strict=True)
        )
        if test is not None
    ]


def _is_unknown(value: object) -> bool:
    return value is _ABSENT or value is DOES_NOT_KNOW


def _tested(name: str, value: object, text: str, cell: _CellTest) -> Test:
    if _is_unknown(value):
        return Test(name, None, text, None)
    return Test(name, value, text, cell is None or cell(value))
