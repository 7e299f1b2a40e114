"""Looking at a decision again: whether it can be asked, and who may decide. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from standpipe.kernel.errors import Refused
from standpipe.packs.review import Asker, ReviewTerms


class NotReviewable(Refused):
    """No review can be asked of this decision, or not by them."""


class TooLate(Refused):
    """The last day to ask for a review has passed; `last_day` says which it was."""

    def __init__(self, last_day: date) -> None:
        super().__init__(f"The last day to ask for a review was {last_day.isoformat()}.")
        self.last_day = last_day


class AskedAlready(Refused):
    """A review was asked for before; a decision is reviewed once."""


class TookPart(Refused):
    """Whoever took part in what is looked at does not decide about it."""


@dataclass(frozen=True, slots=True)
class ReviewView:
    """
    One review: who asked and why, by when it is due, and what came of it.

    `reviewed_at` None while it is open; `is_changed` tells whether the decision became another.
    """

    asked_at: datetime
    asked_by: str
    words: str
    due_on: date
    reviewed_at: datetime | None
    reviewed_by: str
    is_changed: bool


# Where a decision stands towards a review: `none` where there is none to be had.
Standing = Literal["none", "can_ask", "too_late", "open", "done"]


def standing(
    terms: ReviewTerms | None,
    *,
    asker: Asker,
    decided_on: date,
    on: date,
    review: ReviewView | None,
) -> Standing:
    """Tell how a decision of a day stands towards a review on another, for who would ask."""
    if review is not None:
        return "open" if review.reviewed_at is None else "done"
    if terms is None or asker not in terms.who:
        return "none"
    return "can_ask" if on <= terms.last_day(decided_on) else "too_late"


def check_asking(
    terms: ReviewTerms | None, *, asker: Asker, decided_on: date, on: date, is_asked: bool
) -> ReviewTerms:
    """
    Return the terms on which a review is asked for now.

    :raises AskedAlready: if one was asked for
    :raises NotReviewable: if this decision, or this asker, has none
    :raises TooLate: if the last day has passed
    """
    if is_asked:
        raise AskedAlready("A review of this decision was asked for before.")
    if terms is None or asker not in terms.who:
        raise NotReviewable("No review can be asked of this decision.")
    if on > terms.last_day(decided_on):
        raise TooLate(terms.last_day(decided_on))
    return terms


def forbid(taken_part: Collection[str], who: str) -> None:
    """
    Let nobody decide about what they took part in.

    :raises TookPart: if they are among those who did
    """
    if who in taken_part:
        raise TookPart("You took part in the first decision. Somebody else has to review it.")
