"""The rules of a service over many people at once: the same tables, by their bulk back-end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from standpipe import dmn
from standpipe.dmn.table.definition import Input
from standpipe.eligibility.deciding import decide
from standpipe.eligibility.rules import Known, RuleSet, Unanswered
from standpipe.eligibility.working_out import as_fact
from standpipe.kernel.errors import Refused
from standpipe.policy.people import People
from standpipe.vocabulary.unknown import is_unknown

if TYPE_CHECKING:
    import polars as pl

MORE_TO_ASK = "more_to_ask"


class NotInstalled(Refused):
    """The engine for many people is an extra of its own."""


class NotSimulable(Refused):
    """A table could not be run over many people exactly, or contradicts itself."""


def outcomes(rules: RuleSet, people: People) -> list[str]:
    """
    Return the outcome of each person.

    :raises NotInstalled: if Polars is not there
    :raises NotSimulable: if a table cannot be run exactly over many, or contradicts itself
    """
    try:
        import polars as pl

        from standpipe.dmn.bulk.conditions import BulkRefused
        from standpipe.dmn.bulk.polars_rows import row_number
    except ImportError:
        raise NotInstalled("Install the extra “policy” to try rules on many people.") from None
    given: dict[str, pl.Series] = {}
    for step in rules.steps:
        columns = {
            column.name: _column(column, step.inputs[column.name], people, given)
            for column in step.decision.inputs
        }
        frame = pl.DataFrame(columns)
        try:
            expression = row_number(step.decision, frame.schema)
        except BulkRefused as refused:
            raise NotSimulable(str(refused)) from None
        rows = frame.select(expression.alias("row"))["row"]
        if rows.min() is not None and int(rows.min()) < 0:  # type: ignore[arg-type]
            raise NotSimulable(f"Rows of {step.decision.name} contradict each other.")
        for place, output in enumerate(step.decision.outputs):
            values = [output.default, *(row.values[place] for row in step.decision.rows)]
            series = _series(output.type, values).gather(rows)
            need = step.gives.get(output.name)
            if need is not None:
                given[need] = series
            elif step is rules.decisive and output.name == rules.outcome:
                return [rules.outcome_of(one) for one in series.to_list()]
    raise NotSimulable("The last table answers no outcome.")


def one_by_one(rules: RuleSet, asked: Iterable[Mapping[str, Known]]) -> list[str]:
    """Return the outcome of each person by the engine that decides for one: the check of all."""
    return [_outcome(rules, known) for known in asked]


def _outcome(rules: RuleSet, known: Mapping[str, Known]) -> str:
    try:
        return decide(rules, known).outcome
    except Unanswered:
        return MORE_TO_ASK
    except dmn.RowsDisagree as contradiction:
        raise NotSimulable(str(contradiction)) from None


def _column(column: Input, need: str, people: People, given: Mapping[str, pl.Series]) -> pl.Series:
    told = people.answers[need]
    values = [None if is_unknown(one) else as_fact(one, column.type) for one in told]
    series = _series(column.type, values)
    if need in given:
        # What was answered or registered directly stands above what would follow.
        return series.fill_null(given[need]) if series.null_count() else series
    return series


def _series(kind: str, values: list[Any]) -> pl.Series:
    import polars as pl

    if kind == "number":
        fractions = any(value is not None and value != int(value) for value in values)
        if fractions:
            return pl.Series(values, dtype=pl.Decimal(38, 10))
        return pl.Series([None if one is None else int(one) for one in values], dtype=pl.Int64)
    types = {"string": pl.String, "boolean": pl.Boolean, "date": pl.Date}
    return pl.Series(values, dtype=types[kind])
