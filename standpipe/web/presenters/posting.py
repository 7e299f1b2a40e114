"""Letters to post, calls to make, and messages that did not arrive, for staff. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from standpipe.notifications.by_hand import ByHand
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.wording import say

# The messages of decisions and of reviews, each with a letter of its own.
_TOLD_BY_LETTER = ("decided_", "reviewed_")


def posting_groups(
    rows: Sequence[ByHand], enclosed: Mapping[UUID, UUID | None], *, language: str
) -> list[dict[str, Any]]:
    """
    Return what staff do by hand, in groups, empty ones left out.

    `enclosed` holds the decision's letter that goes into the same envelope, where there is one.
    """
    groups = []
    for name in ("letters", "calls", "failed"):
        shown = [
            _row(one, enclosed.get(one.id), language) for one in rows if _group_of(one) == name
        ]
        if shown:
            text = say(f"post.{name}_text", language=language)
            title = say(f"post.{name}", language=language)
            groups.append({"name": name, "title": title, "text": text, "rows": shown})
    return groups


def _group_of(one: ByHand) -> str:
    if one.channel == "letter":
        return "letters"
    return "calls" if one.channel == "phone" else "failed"


def _row(one: ByHand, enclosed: UUID | None, language: str) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "to": one.to.splitlines(),
        "reference": one.reference,
        "subject": one.subject,
        "words": one.body.split("\n\n"),
        "language": one.language,
        "on": date_in_words(one.written_at.date(), language=language),
        # The letter of a decision was written with the message that tells of it.
        "enclosed": str(enclosed) if enclosed and one.name.startswith(_TOLD_BY_LETTER) else "",
    }
