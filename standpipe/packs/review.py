"""Asking that a decision be looked at again: within how many days, by whom, and what is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

from standpipe.kernel.text import Text
from standpipe.vocabulary.dates import date_in_words

# The verbs of case.yaml: asking moves a decided case on, and a review decides it a second time.
ASK_REVIEW = "ask_review"
REVIEW = "review"
Asker = Literal["applicant", "representative"]
ASKERS: tuple[Asker, ...] = get_args(Asker)
# Stands in the text of the terms for the last day on which it can be asked.
UNTIL = "{until}"


@dataclass(frozen=True, slots=True)
class ReviewTerms:
    """
    On which terms decisions of some outcomes, made since a day, are reviewed.

    Days are calendar days: `ask_within_days` after the day of the decision, `decide_days` after the
    day of asking. `text` says to the person that and until when they can ask.
    """

    since: date
    of: frozenset[str]
    ask_within_days: int
    decide_days: int
    who: frozenset[Asker]
    title: Text
    text: Text
    law: str

    def last_day(self, decided_on: date) -> date:
        """Return the last day, itself good, to ask for a review of a decision of a day."""
        return decided_on + timedelta(days=self.ask_within_days)

    def words(self, decided_on: date, *, called: Text | None, language: str) -> str:
        """Return the text as it is said of a decision of a day, to who reads it about `called`."""
        until = date_in_words(self.last_day(decided_on), language=language)
        return self.text.about(called).in_(language).replace(UNTIL, until)


@dataclass(frozen=True, slots=True)
class Concerns:
    """
    What else a case is about, and who therefore may not decide it.

    `case` is the need of another case's reference, `named` the need of words that may name staff.
    """

    case: str | None
    named: str | None


def terms_of(
    reviews: Iterable[ReviewTerms], outcome: str, *, decided_on: date
) -> ReviewTerms | None:
    """Return the terms for a decision of a day: the latest that had begun; None without any."""
    begun = [one for one in reviews if outcome in one.of and one.since <= decided_on]
    return max(begun, key=lambda one: one.since, default=None)


def read_reviews(words: Sequence[Mapping[str, Any]]) -> tuple[ReviewTerms, ...]:
    """Read the terms that the schema has found well formed."""
    return tuple(
        ReviewTerms(
            since=date.fromisoformat(one["from"]),
            of=frozenset(one["of"]),
            ask_within_days=one["ask_within_days"],
            decide_days=one["decide_days"],
            who=frozenset(one["who"]),
            title=Text.read(one["title"]),
            text=Text.read(one["text"]),
            law=one["law"],
        )
        for one in words
    )


def read_concerns(words: Mapping[str, str] | None) -> Concerns | None:
    """Read what else a case is about, where a pack says so."""
    return Concerns(words.get("case"), words.get("named")) if words else None
