"""What a fact is, and when an earlier one may be offered again. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from standpipe.vocabulary.attribute import Attribute

Source = Literal["told", "registry", "derived", "staff"]
Assurance = Literal["claimed", "verified"]

# Kept silently never; an earlier answer is shown, and the person keeps or changes it.
OFFERED_AGAIN = ("prefill_confirm", "offer", "registry_silent")


@dataclass(frozen=True, slots=True)
class Fact:
    """
    One answer, with where it came from.

    `value` None means: known to be none. `valid_until` is the day a registry says it ends
    (None: ongoing or not said), `review_by` the day from which it is too old to offer again
    (None: never). `grant` is the consent it was fetched on, `kept_from` the earlier fact that
    the person chose to keep.
    """

    id: UUID
    application: UUID
    need: str
    value: Any
    source: Source
    by: str
    form: str
    page: str
    assurance: Assurance
    at: datetime
    valid_until: date | None
    review_by: date | None
    grant: UUID | None
    kept_from: UUID | None


def review_by(attribute: Attribute, *, at: datetime) -> date | None:
    """Return the day from which a fact of this attribute is too old to be offered again."""
    days = attribute.max_age_days
    return None if days is None else at.date() + timedelta(days=days)


def offer(attribute: Attribute, earlier: Iterable[Fact], *, on: date) -> Fact | None:
    """
    Choose what to offer from what the person told before, for another application.

    The newest fact that they told themselves or that a registry gave; None where the
    attribute may not be offered again (declarations, consent, files), or all are too old.
    """
    if attribute.reuse not in OFFERED_AGAIN:
        return None
    fresh = [
        fact
        for fact in earlier
        if fact.value is not None
        and fact.source in ("told", "registry")
        and (fact.review_by is None or on <= fact.review_by)
        and (fact.valid_until is None or on <= fact.valid_until)
    ]
    return max(fresh, key=lambda fact: fact.at, default=None)
