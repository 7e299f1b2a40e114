"""What a model that loads may still get wrong: gaps, overlaps, dead rows, rows without law."""

from __future__ import annotations

from collections.abc import Iterator

from standpipe.dmn.decision import Decision
from standpipe.dmn.facts import show
from standpipe.dmn.faults import Fault
from standpipe.dmn.full.decision import FullDecision
from standpipe.dmn.model import Model
from standpipe.dmn.table.coverage import Coverage, Situation, coverage
from standpipe.dmn.table.diagram import DiagramTooLarge
from standpipe.dmn.table.reading import LAW_ANNOTATION


def lint(model: Model, *, nulls: bool = False) -> list[Fault]:
    """
    Return what should be mended before a model is published, in the order of the file.

    Facts that are null count as situations only where `nulls` says so. Of a decision in the full
    dialect only the law of its rows is looked at.
    """
    faults = [
        fault
        for decision in model.decisions
        for fault in (*_rows_without_law(decision), *_coverage(decision, nulls))
    ]
    for full_decision in model.full_decisions:
        faults += _rows_without_law(full_decision)
    return faults


def _rows_without_law(decision: Decision | FullDecision) -> Iterator[Fault]:
    for row in decision.rows:
        if row.law is None:
            yield Fault(
                decision.file,
                decision.name,
                row.number,
                LAW_ANNOTATION,
                "The row names no law.",
                "Name the act or regulation in the Legislation column.",
            )


def _coverage(decision: Decision, nulls: bool) -> Iterator[Fault]:
    try:
        found = coverage(decision.table, nulls=nulls)
    except DiagramTooLarge:
        yield Fault(
            decision.file,
            decision.name,
            None,
            None,
            "The table is too large to be searched for gaps and overlaps.",
            "Split it into tables that build on each other.",
        )
        return
    yield from _gaps(decision, found)
    for (one, other), situation in found.overlaps.items():
        yield Fault(
            decision.file,
            decision.name,
            other,
            None,
            f"Rows {one} and {other} both hold where {told(situation)}.",
            "Narrow one of them, or order them and use the hit policy FIRST.",
        )
    for number in found.unreachable:
        yield Fault(
            decision.file,
            decision.name,
            number,
            None,
            "The row never decides: rows above it, or its own cells, leave nothing for it.",
            "Remove it, or move it up.",
        )


def _gaps(decision: Decision, found: Coverage) -> Iterator[Fault]:
    if any(output.default is not None for output in decision.outputs):
        return
    for situation in found.gaps:
        yield Fault(
            decision.file,
            decision.name,
            None,
            None,
            f"No row answers where {told(situation) or 'anything'}.",
            "Add a row for it, or a last row with - in every cell.",
        )


def told(situation: Situation) -> str:
    """Return a situation in words; inputs that it leaves open may have any value."""
    return " and ".join(f"{name!r} is {show(value)}" for name, value in situation.items())
