"""Letters as tagged PDF (PDF/UA-1), which screen readers read in the right language. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from standpipe.kernel.text import Text
from standpipe.vocabulary.dates import date_in_words

_TEMPLATE = Path(__file__).parent / "letter" / "letter.typ"
_REFERENCE = Text("Reference: ", "Cyfeirnod: ")
_PAGE = (Text("Page ", "Tudalen "), Text(" of ", " o "))


@dataclass(frozen=True, slots=True)
class Letter:
    """
    What a letter says, in one language.

    A paragraph that begins with `#` is a heading; one whose every line begins with `* ` or `- `
    is a list; line breaks within a paragraph stay. `colour` is that of the organisation, `#rrggbb`.
    """

    language: str
    organisation: str
    organisation_address: Sequence[str]
    to: Sequence[str]
    on: date
    subject: str
    paragraphs: Sequence[str]
    reference: str
    colour: str


def compose(letter: Letter) -> bytes:
    """Return a letter as PDF; the same letter gives the same bytes."""
    language = "cy" if letter.language == "cy" else "en"
    words = {
        "title": f"{letter.subject} – {letter.reference}",
        "language": language,
        "organisation": letter.organisation,
        "organisation_address": list(letter.organisation_address),
        "to": list(letter.to),
        "date": date_in_words(letter.on, language=language),
        "subject": letter.subject,
        "parts": [_part(paragraph) for paragraph in letter.paragraphs if paragraph.strip()],
        "reference": letter.reference,
        "reference_words": _REFERENCE.in_(language),
        "page_words": [one.in_(language) for one in _PAGE],
        "colour": letter.colour,
    }
    return typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"letter": json.dumps(words, ensure_ascii=False)},
        font_paths=typesetter_fonts(),
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(letter.on, time(), tzinfo=UTC),
    )


@cache
def typesetter_fonts() -> typst.Fonts:
    """Return the fonts that letters and forms are set in."""
    # Those within the typesetter alone: the same letter on every machine.
    return typst.Fonts(include_system_fonts=False)


def _part(paragraph: str) -> dict[str, Any]:
    lines = [line.strip() for line in paragraph.strip().splitlines()]
    if len(lines) == 1 and lines[0].startswith("#"):
        return {"kind": "heading", "text": lines[0].lstrip("# ")}
    if all(line.startswith(("* ", "- ")) for line in lines):
        return {"kind": "list", "items": [line[2:].strip() for line in lines]}
    return {"kind": "words", "lines": lines}
