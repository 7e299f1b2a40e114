"""Words for people, in each language that the place speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("en", "cy")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in English and in Welsh."""

    en: str
    cy: str

    @classmethod
    def read(cls, words: Mapping[str, str]) -> Text:
        """Read `{en: …, cy: …}` as data files write it; a missing language is a KeyError."""
        return cls(en=words["en"], cy=words["cy"])

    def in_(self, language: str) -> str:
        """Return the text in a language; English where the language is not one of ours."""
        return self.cy if language == "cy" else self.en
