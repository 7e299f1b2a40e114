"""A decision in words: which rule, which law, which facts, and why the rules before it did not."""

from __future__ import annotations

from typing import Any

from standpipe.applications.loading import Loaded
from standpipe.eligibility.rules import Decided
from standpipe.kernel.text import Text
from standpipe.packs.pack import ServicePack
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.showing import show_answer


def explanation_of(loaded: Loaded, vocabulary: Vocabulary, decided: Decided) -> dict[str, Any]:
    """Return the explanation as it is kept with the decision: plain JSON, in both languages."""
    return {
        "outcome": decided.outcome,
        "outputs": {name: _plain(value) for name, value in decided.outputs.items()},
        "steps": [
            {
                "step": step.step,
                "title": {"en": step.title.en, "cy": step.title.cy},
                "row": step.row_number,
                "row_id": step.row_id,
                "law": step.law,
                "facts": [
                    {
                        "need": fact.need,
                        "label": _label(vocabulary, fact.need),
                        "value": _shown(vocabulary, fact.need, fact.value),
                        "source": fact.source,
                    }
                    for fact in step.facts
                ],
                "before": [
                    {
                        "row": row.number,
                        "law": row.law,
                        "needed": _need_of(step, row.first_failed_input),
                        "cell": row.cell,
                    }
                    for row in step.failed
                ],
            }
            for step in decided.steps
        ],
    }


def reason_of(pack: ServicePack, decided: Decided) -> Text:
    """Return the sentence of the pack for the ground that decided."""
    return pack.ground(str(decided.ground))


def _need_of(step: Any, name: str) -> str:
    return str(step.inputs.get(name, name))


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | bool | int | None) else str(value)


def _label(vocabulary: Vocabulary, need: str) -> dict[str, str]:
    label = vocabulary[Need.parse(need).attribute].label
    return {"en": label.en, "cy": label.cy}


def _shown(vocabulary: Vocabulary, need: str, value: Any) -> dict[str, Any]:
    attribute = vocabulary[Need.parse(need).attribute]
    return {
        language: show_answer(attribute, value, language=language) for language in ("en", "cy")
    }
