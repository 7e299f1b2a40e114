"""What the database counted of one service in one period: numbers alone, nobody's data. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment up to, and without, another."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Flow:
    """Applications of one channel that were begun in the period, and how far they came."""

    begun: int
    sent: int
    decided: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How long decisions took: how many in each band, the middle, and nine in ten; in hours."""

    bands: tuple[int, ...]
    middle: float
    nine_in_ten: float

    @property
    def decided(self) -> int:
        """Return how many were decided."""
        return sum(self.bands)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long cases waited on one party; in days."""

    cases: int
    middle: float
    nine_in_ten: float
    together: float


@dataclass(frozen=True, slots=True)
class Answers:
    """Where the answers of applications that were sent came from."""

    applications: int
    asked: int
    kept: int
    registry: int


@dataclass(frozen=True, slots=True)
class Counted:
    """
    Everything that measures are worked out from.

    `flows` by channel, `spreads` by route, `waits` by party, `left` by the last page answered
    ("" where nothing was answered), `ratings` by answer from 1 to 5.
    """

    flows: Mapping[str, Flow]
    spreads: Mapping[str, Spread]
    waits: Mapping[str, Wait]
    left: Mapping[str, int]
    answers: Answers
    ratings: Mapping[int, int]
