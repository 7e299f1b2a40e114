"""Words for people, in each language that the place speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("en", "cy")
_ARTICLE = re.compile(r"(?<=[aeiouwyâêîôûŵŷAEIOUWY]) y (?=plentyn|person rydych|sefydliad)")


@dataclass(frozen=True, slots=True)
class Text:
    """
    One text in English and in Welsh.

    Both speak to the person themselves; `en_other` and `cy_other`, where a text has them, speak
    about somebody called {name}: see `about`.
    """

    en: str
    cy: str
    en_other: str = ""
    cy_other: str = ""

    @classmethod
    def read(cls, words: Mapping[str, str]) -> Text:
        """
        Read `{en: …, cy: …}` as data files write it; a missing language is a KeyError.

        `{en: …, cy: …, en_other: …, cy_other: …}` says besides how to speak of somebody else.
        """
        return cls(
            en=words["en"],
            cy=words["cy"],
            en_other=words.get("en_other", ""),
            cy_other=words.get("cy_other", ""),
        )

    def in_(self, language: str) -> str:
        """Return the text in a language; English where the language is not one of ours."""
        return self.cy if language == "cy" else self.en

    def about(self, called: Text | None, *, to_reader: bool = False) -> Text:
        """
        Return the text as it speaks about somebody, by how they are called; None is the reader.

        "{name}" stands for them also in a text that has no other form, and in one that is put
        `to_reader`, whoever else it names.
        """
        if called is None:
            return self
        en, cy = (self.en, self.cy) if to_reader else (self.en_other, self.cy_other)
        return Text(
            _called(en or self.en, called.en),
            _welsh(_called(cy or self.cy, called.cy)),
        )


def _called(words: str, name: str) -> str:
    if words.startswith("{name}"):
        name = name[:1].upper() + name[1:]
    return words.replace("{name}", name)


def _welsh(words: str) -> str:
    # The article leans on a vowel before it: "geni y plentyn" is written "geni’r plentyn".
    return _ARTICLE.sub("’r ", words)
