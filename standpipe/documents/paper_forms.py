"""A form as a tagged PDF that is filled in on a screen or by hand. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

import typst

from standpipe.documents.letters import typesetter_fonts
from standpipe.documents.paper_widgets import Field, Spot, make_fillable
from standpipe.kernel.text import Text

_TEMPLATE = Path(__file__).parent / "paper" / "paper.typ"
_PAGE = (Text("Page ", "Tudalen "), Text(" of ", " o "))
_LINE_MM, _WIDEST_MM = 9, 168


@dataclass(frozen=True, slots=True)
class Slot:
    """
    One place to write or tick.

    `name` is the field's whole name, with dots between its parts; `code` what a tick means, None
    where something is written. Ticks of one name and different codes exclude each other.
    """

    name: str
    label: str
    code: str | None = None
    lines: int = 1
    width_mm: int = _WIDEST_MM
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One question: its number, its words, when it is to be answered, and where."""

    number: str
    words: str
    only_if: str
    notes: tuple[str, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A whole form in one language; `keywords` name it and its version on every page."""

    title: str
    language: str
    organisation: str
    colour: str
    keywords: str
    opening: Sequence[str]
    questions: Sequence[PaperQuestion]
    closing: Sequence[str]


def compose_form(form: PaperForm) -> bytes:
    """Return a form as PDF; each slot is a field named as it says, with its question as tooltip."""
    fields: dict[str, Field] = {}
    words = {
        "title": form.title,
        "language": form.language,
        "organisation": form.organisation,
        "colour": form.colour,
        "keywords": form.keywords,
        "opening": list(form.opening),
        "closing": list(form.closing),
        "page_words": [one.in_(form.language) for one in _PAGE],
        "questions": [
            {
                "number": question.number,
                "words": question.words,
                "only_if": question.only_if,
                "notes": list(question.notes),
                "slots": [_slot(question, one, fields) for one in question.slots],
            }
            for question in form.questions
        ],
    }
    inputs = {"paper": json.dumps(words, ensure_ascii=False)}
    source, fonts = _TEMPLATE.read_bytes(), typesetter_fonts()
    made = typst.compile(source, format="pdf", sys_inputs=inputs, font_paths=fonts)
    found = typst.query(source, "<slot>", field="value", sys_inputs=inputs, font_paths=fonts)
    spots = {name: Spot(page - 1, *measures) for name, page, *measures in json.loads(found)}
    return make_fillable(BytesIO(made), fields, spots=spots)


def _slot(
    question: PaperQuestion, slot: Slot, fields: dict[str, Field]
) -> dict[str, str | int | float]:
    name = f"s{len(fields)}"
    said = slot.label if slot.label and slot.label != question.words else ""
    fields[name] = Field(
        name=slot.name,
        tooltip=" ".join(filter(None, (f"{question.number} {question.words}", said))),
        code=slot.code,
        is_alone=slot.is_alone,
        is_long=slot.lines > 1,
    )
    kind: Literal["tick", "text"] = "text" if slot.code is None else "tick"
    return {
        "id": name,
        "kind": kind,
        "label": slot.label,
        "width": slot.width_mm,
        "height": _LINE_MM * slot.lines,
    }
