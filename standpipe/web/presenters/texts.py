"""Messages and letters as staff edit them, with example values. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from standpipe.kernel.text import LANGUAGES, Text
from standpipe.packs.loaded import place
from standpipe.packs.messages import LetterTemplate, MessageTemplate
from standpipe.packs.pack import ServicePack
from standpipe.packs.placeholders import fillable, needed
from standpipe.policy.template_text import FOLDERS
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.wording import say

# Words that nobody could take for somebody's own.
_EXAMPLES: Mapping[str, Text] = {
    "reference": Text("SP-0000-0000", "SP-0000-0000"),
    "code": Text("0000-0000", "0000-0000"),
    "words": Text("Please send a letter.", "Anfonwch lythyr os gwelwch yn dda."),
    "reason": Text("This is the reason.", "Dyma’r rheswm."),
    "number": Text("000000", "000000"),
    "assessor": Text("The assessor", "Yr asesydd"),
    "when": Text("3 December 2030, 9:30am", "3 Rhagfyr 2030, 9:30yb"),
    "where": Text("Room 1", "Ystafell 1"),
}
_DAYS = {"due": date(2030, 12, 3), "starts": date(2030, 12, 3), "expires": date(2033, 12, 2)}
_LINKS = {"link": "/applications/SP-0000-0000", "return_link": "/return"}


def text_rows(
    pack: ServicePack, changed: Mapping[str, str], *, language: str
) -> list[dict[str, Any]]:
    """Return the messages and the letters of a service, those that the draft changes marked."""
    groups = {"messages": pack.messages, "letters": pack.letters}
    return [
        {
            "folder": folder,
            "title": say(f"texts.{folder}", language=language),
            "texts": [
                {
                    "name": name,
                    "subject": template.subject.in_(language),
                    "changed": any(path.startswith(f"{folder}/{name}.") for path in changed),
                }
                for name, template in sorted(groups[folder].items())
            ],
        }
        for folder in FOLDERS
    ]


def example_values(
    published: MessageTemplate, pack: ServicePack, *, language: str
) -> list[dict[str, Any]]:
    """Return what can be filled in, each with its example, and whether it must be there."""
    values = _values(pack, language)
    return [
        {"name": one, "example": values.get(one, ""), "must": one in needed(published)}
        for one in sorted(fillable(published.name, pack))
    ]


def previews(template: MessageTemplate, pack: ServicePack, folder: str) -> list[dict[str, Any]]:
    """Return a text in both languages as a person would read it, with example values."""
    shown = []
    for language in LANGUAGES:
        values = _values(pack, language)
        if folder == "letters":
            subject, paragraphs = LetterTemplate(template).render(language, values)
            parts = list(paragraphs)
        else:
            subject, body = template.render(language, values)
            parts = re.split(r"\n\s*\n", body)
        shown.append(
            {
                "language": language,
                "title": say(f"texts.preview_{language}", language=language),
                "subject": subject,
                "parts": [_part(part) for part in parts],
            }
        )
    return shown


def _part(text: str) -> dict[str, Any]:
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) == 1 and lines[0].startswith("#"):
        return {"kind": "heading", "lines": [lines[0].lstrip("# ")]}
    if lines and all(line.startswith(("* ", "- ")) for line in lines):
        return {"kind": "list", "lines": [line[2:].strip() for line in lines]}
    return {"kind": "words", "lines": lines}


def _values(pack: ServicePack, language: str) -> dict[str, str]:
    organisation = place().organisation(pack.organisation)
    return {
        **{name: text.in_(language) for name, text in _EXAMPLES.items()},
        **{name: date_in_words(day, language=language) for name, day in _DAYS.items()},
        **_LINKS,
        "service": pack.label.in_(language),
        "organisation": organisation.name.in_(language),
        "phone": organisation.contact.phone,
        **({"challenge": pack.challenge.in_(language)} if pack.challenge else {}),
    }
