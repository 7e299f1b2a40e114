"""What a sound model may still get wrong: rows without law."""

from __future__ import annotations

from standpipe.dmn.decision import Decision
from standpipe.dmn.faults import Fault
from standpipe.dmn.model import Model
from standpipe.dmn.table.reading import LAW_ANNOTATION


def lint(model: Model) -> list[Fault]:
    """Return what should be mended before a model is published, in the order of the file."""
    return [fault for decision in model.decisions for fault in _rows_without_law(decision)]


def _rows_without_law(decision: Decision) -> list[Fault]:
    return [
        Fault(
            decision.file,
            decision.name,
            row.number,
            LAW_ANNOTATION,
            "The row names no law.",
            "Name the act or regulation in the Legislation column.",
        )
        for row in decision.rows
        if row.law is None
    ]
