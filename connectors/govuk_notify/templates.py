"""The three templates of the simulated Notify, and how placeholders are filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_PLACEHOLDER = re.compile(r"\(\(\s*([^()?]+?)\s*\)\)")
_MADE_AT = "2026-01-05T09:00:00.000000Z"


@dataclass(frozen=True, slots=True)
class Template:
    """One template, in Notify's words; `subject` is None for a text message."""

    id: str
    type: str
    name: str
    subject: str | None
    body: str
    version: int = 1

    def placeholders(self) -> list[str]:
        """Return the names in double brackets, in the order of the text; a letter's address too."""
        address = [f"address_line_{at}" for at in range(1, 4)] if self.type == "letter" else []
        text = f"{self.subject or ''} {self.body}"
        return [*address, *dict.fromkeys(_PLACEHOLDER.findall(text))]

    def missing(self, personalisation: Mapping[str, Any]) -> list[str]:
        """Return the placeholders nothing is given for; Notify ignores case and spaces in names."""
        given = {_plain(name) for name, value in personalisation.items() if value is not None}
        return [name for name in self.placeholders() if _plain(name) not in given]

    def fill(self, text: str, personalisation: Mapping[str, Any]) -> str:
        """Return a text with its placeholders filled."""
        given = {_plain(name): value for name, value in personalisation.items()}
        return _PLACEHOLDER.sub(lambda found: str(given[_plain(found.group(1))]), text)

    def as_json(self) -> dict[str, Any]:
        """Return the template as the API shows it."""
        return {
            "id": self.id,
            "name": self.name,
            "type": self.type,
            "created_at": _MADE_AT,
            "updated_at": None,
            "created_by": "standpipe@example.gov.uk",
            "version": self.version,
            "body": self.body,
            "subject": self.subject,
            "letter_contact_block": None,
            "postage": "second" if self.type == "letter" else None,
            "personalisation": {name: {"required": True} for name in self.placeholders()},
        }


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).lower()


TEMPLATES = {
    one.id: one
    for one in (
        Template(
            "5f0e0a36-5d0b-4d3a-9c55-6e0a5d1b7e01",
            "email",
            "Standpipe e-mail",
            "((subject))",
            "((body))",
        ),
        Template("5f0e0a36-5d0b-4d3a-9c55-6e0a5d1b7e02", "sms", "Standpipe text", None, "((body))"),
        Template(
            "5f0e0a36-5d0b-4d3a-9c55-6e0a5d1b7e03",
            "letter",
            "Standpipe letter",
            "((subject))",
            "((body))",
        ),
    )
}
