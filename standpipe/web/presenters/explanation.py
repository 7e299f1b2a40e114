"""The rules' own explanation of a decision, as it is kept with it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.showing import show_answer
from standpipe.web.presenters.question import lines_of
from standpipe.web.wording import say


def deciding_step(
    explanation: Mapping[str, Any], vocabulary: Vocabulary, *, language: str
) -> dict[str, Any] | None:
    """Return the step that decided: the last one, with its row, its law and its facts."""
    steps = explanation.get("steps", [])
    return _step(steps[-1], vocabulary, language) if steps else None


def every_step(
    explanation: Mapping[str, Any], vocabulary: Vocabulary, *, language: str
) -> list[dict[str, Any]]:
    """Return all steps in the order in which they were worked out."""
    return [_step(step, vocabulary, language) for step in explanation.get("steps", [])]


def _step(step: Mapping[str, Any], vocabulary: Vocabulary, language: str) -> dict[str, Any]:
    return {
        "title": step["title"][language],
        "row": step["row_number"],
        "law": step["law"],
        "facts": [_fact(fact, vocabulary, language) for fact in step["facts"]],
        "before": [
            {
                "row": row["row_number"],
                "law": row["law"],
                "needed": _label(row["need"], vocabulary, language),
                "cell": row["cell"],
            }
            for row in step["not_earlier"]
        ],
    }


def _fact(fact: Mapping[str, Any], vocabulary: Vocabulary, language: str) -> dict[str, Any]:
    attribute = vocabulary[Need.parse(fact["need"]).attribute]
    return {
        "label": attribute.label.in_(language),
        "lines": lines_of(show_answer(attribute, fact["value"], language=language)),
        "source": say(f"answers.source.{fact['source']}", language=language),
    }


def _label(need: str, vocabulary: Vocabulary, language: str) -> str:
    """The words for a need; the name of a rule's own input where it is no need."""
    if "/" not in need:
        return need
    return vocabulary[Need.parse(need).attribute].label.in_(language)
