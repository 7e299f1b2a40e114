"""What a service tells people about their data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from standpipe.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told something, and why."""

    who: Text
    why: Text


@dataclass(frozen=True, slots=True)
class PrivacyNotice:
    """The parts of a privacy notice that differ from service to service."""

    purposes: tuple[Text, ...]
    recipients: tuple[Recipient, ...]
    sources: tuple[Text, ...]
    retention: Text
    rights: tuple[Text, ...]
    complaint: Text
    automated_decisions: Text | None
    contact_email: str | None


def read_privacy(words: Mapping[str, Any]) -> PrivacyNotice:
    """Read a privacy notice that the schema has found well formed."""
    automated = words.get("automated_decisions")
    return PrivacyNotice(
        purposes=tuple(map(Text.read, words["purposes"])),
        recipients=tuple(
            Recipient(Text.read(one["who"]), Text.read(one["why"])) for one in words["recipients"]
        ),
        sources=tuple(map(Text.read, words["sources"])),
        retention=Text.read(words["retention"]),
        rights=tuple(map(Text.read, words["rights"])),
        complaint=Text.read(words["complaint"]),
        automated_decisions=Text.read(automated) if automated else None,
        contact_email=words.get("contact_email"),
    )
