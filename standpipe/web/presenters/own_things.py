"""What is one's own, as radios to choose from in an answer. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from standpipe.applications.choosing import OwnThing
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.wording import say


def own_items(things: Iterable[OwnThing], *, language: str) -> list[dict[str, Any]]:
    """Return a radio for each: what it is called, with its reference and its day as the hint."""
    return [
        {
            "value": one.reference,
            "text": one.label.in_(language),
            "hint": {
                "text": say(
                    f"question.own.{one.kind}",
                    language=language,
                    reference=one.reference,
                    on=date_in_words(one.on, language=language),
                )
            },
        }
        for one in things
    ]
