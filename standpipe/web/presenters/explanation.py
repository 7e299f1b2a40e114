"""The rules' own explanation of a decision, as it is kept with it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from standpipe.web.presenters.question import lines_of
from standpipe.web.wording import say


def deciding_step(explanation: Mapping[str, Any], *, language: str) -> dict[str, Any] | None:
    """Return the step that decided: the last one, with its row, its law and its facts."""
    steps = explanation.get("steps", [])
    return _step(steps[-1], language) if steps else None


def every_step(explanation: Mapping[str, Any], *, language: str) -> list[dict[str, Any]]:
    """Return all steps in the order in which they were worked out."""
    return [_step(step, language) for step in explanation.get("steps", [])]


def _step(step: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "title": step["title"][language],
        "row": step["row"],
        "law": step["law"],
        "facts": [
            {
                "label": fact["label"][language],
                "lines": lines_of(fact["value"][language]),
                "source": say(f"answers.source.{fact['source']}", language=language),
            }
            for fact in step["facts"]
        ],
        "before": [
            {"row": row["row"], "law": row["law"], "needed": row["needed"], "cell": row["cell"]}
            for row in step["before"]
        ],
    }
