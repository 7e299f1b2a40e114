"""What a sample is, and what can stand in its way. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from standpipe.kernel.errors import Refused


class NoSuchSample(Refused):
    """There is no such sample, or no such case in it, in the actor's organisation."""


class NothingToDraw(Refused):
    """No decided case matches."""


class NoMarks(Refused):
    """The service says nothing of how its decisions are reviewed."""


class DecidedIt(Refused):
    """Whoever decided a case does not review it."""


class ReviewedAlready(Refused):
    """The case was reviewed before; a review is not changed."""


class Unmarked(Refused):
    """A mark is left out, or what is not met is not explained; `fields` names each."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(f"Mark each point, and say what was not met: {', '.join(fields)}.")
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Terms:
    """Which decided cases a sample is drawn from, and how; days are both included."""

    service: str
    first: date
    last: date
    outcome: str
    share_percent: int
    seed: str


@dataclass(frozen=True, slots=True)
class SampledView:
    """One case of a sample; `marks` is empty until it is reviewed."""

    reference: str
    marks: Mapping[str, str]
    words: str
    reviewed_by: str
    reviewed_at: datetime | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class SampleView:
    """A sample with its cases, in the order in which they were drawn."""

    id: UUID
    terms: Terms
    pack_sha256: str
    drawn_by: str
    drawn_at: datetime
    population: int
    cases: tuple[SampledView, ...]

    @property
    def reviewed(self) -> list[SampledView]:
        """The cases that were reviewed."""
        return [one for one in self.cases if one.reviewed_at]
