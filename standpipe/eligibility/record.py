"""A decision as it is kept and sent: plain JSON, enough to be read and replayed for ever."""

from __future__ import annotations

from typing import Any

from standpipe.eligibility.deciding import Decided, Explained


def record(decided: Decided) -> dict[str, Any]:
    """Return a decision as plain JSON; texts in both languages."""
    return {
        "outcome": decided.outcome,
        "outputs": dict(decided.outputs),
        "undecided": decided.undecided,
        "derived": dict(decided.derived),
        "steps": [_step(step) for step in decided.steps],
    }


def _step(step: Explained) -> dict[str, Any]:
    return {
        "step": step.step,
        "title": {"en": step.title.en, "cy": step.title.cy},
        "sha256": step.sha256,
        "row_id": step.row_id,
        "row_number": step.row_number,
        "law": step.law,
        "outputs": dict(step.outputs),
        "facts": [
            {"need": fact.need, "value": fact.value, "source": fact.source, "fact": fact.fact_id}
            for fact in step.facts
        ],
        "not_earlier": [
            {
                "row_number": row.row_number,
                "law": row.law,
                "need": row.need,
                "cell": row.cell,
                "value": row.value,
            }
            for row in step.not_earlier
        ],
    }
