"""What is to be said of a model, without the language: `sayings.yaml` holds the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from standpipe.kernel.data_files import read_yaml
from standpipe.kernel.text import LANGUAGES, Text

_FILE: Final = Path(__file__).with_name("sayings.yaml")


@dataclass(frozen=True, slots=True)
class Saying:
    """
    One thing to say: its code, and what fills the {braces} of its words.

    A part is shown as it is, or said in the same language if it is a saying or several.
    """

    code: str
    parts: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> Text:
        """What is said, in each language; KeyError if the words of its code want a part."""
        words = _words()[self.code]
        return Text(
            *(
                words.in_(language).format(
                    **{name: _said(part, language) for name, part in self.parts.items()}
                )
                for language in LANGUAGES
            )
        )


@dataclass(frozen=True, slots=True)
class Several:
    """Parts that are said one after the other; `joined_by` is the code of what stands between."""

    parts: tuple[object, ...]
    joined_by: str


def _said(part: object, language: str) -> str:
    match part:
        case Saying():
            return part.text.in_(language)
        case Several(parts, joined_by):
            between = _words()[f"between.{joined_by}"].in_(language)
            return between.join(_said(one, language) for one in parts)
    return str(part)


@cache
def _words() -> Mapping[str, Text]:
    return dict(_gathered(read_yaml(_FILE), ""))


def _gathered(data: Mapping[str, Any], path: str) -> list[tuple[str, Text]]:
    if LANGUAGES[0] in data:
        return [(path, Text.read(data))]
    found: list[tuple[str, Text]] = []
    for name, value in data.items():
        found += _gathered(value, f"{path}.{name}" if path else str(name))
    return found
