"""What a model that loads may still get wrong: gaps, overlaps, dead rows, rows without law."""

from __future__ import annotations

from collections.abc import Iterator

from standpipe.dmn.decision import Decision
from standpipe.dmn.facts import show
from standpipe.dmn.faults import Fault
from standpipe.dmn.full.decision import FullDecision
from standpipe.dmn.model import Model
from standpipe.dmn.sayings import Saying, Several
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
            yield Fault(decision.file, decision.name, row.number, LAW_ANNOTATION, "no_law")


def _coverage(decision: Decision, nulls: bool) -> Iterator[Fault]:
    try:
        found = coverage(decision.table, nulls=nulls)
    except DiagramTooLarge:
        yield Fault(decision.file, decision.name, None, None, "not_searched")
        return
    yield from _gaps(decision, found)
    for (one, other), situation in found.overlaps.items():
        parts = {"one": one, "other": other, "situation": told(situation)}
        yield Fault(decision.file, decision.name, other, None, "overlap", parts)
    for number in found.unreachable:
        yield Fault(decision.file, decision.name, number, None, "never_decides")


def _gaps(decision: Decision, found: Coverage) -> Iterator[Fault]:
    if any(output.default is not None for output in decision.outputs):
        return
    for situation in found.gaps:
        parts = {"situation": told(situation)}
        yield Fault(decision.file, decision.name, None, None, "gap", parts)


def told(situation: Situation) -> Saying | Several:
    """Return a situation to be said; inputs that it leaves open may have any value."""
    if not situation:
        return Saying("situation.anything")
    parts = [
        Saying("situation.is", {"name": repr(name), "value": show(value)})
        for name, value in situation.items()
    ]
    return Several(tuple(parts), "and")
