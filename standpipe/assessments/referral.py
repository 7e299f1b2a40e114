"""What a referral is, and what can stand in its way. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from standpipe.assessments.appointment import AppointmentView
from standpipe.kernel.errors import Refused

State = Literal["sent", "taken", "reported", "returned", "ended"]
OPEN: tuple[State, ...] = ("sent", "taken")


class NoSuchReferral(Refused):
    """There is none with this reference, or it is not the actor's to see: which, is not said."""


class NobodyAssesses(Refused):
    """The service has no assessment, or the place has named nobody to make it."""


class ReferredAlready(Refused):
    """An assessor is looking at it already."""


class NotYours(Refused):
    """Somebody else has taken the referral, or nobody has yet."""


class ReferralClosed(Refused):
    """The referral was reported on, returned or ended before."""


class NotIndependent(Refused):
    """They said that they know or treat the person, or they assess and decide in one."""


class WhyNeeded(Refused):
    """It is not said why."""


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One thing that is told to an assessor; `document` only of a file."""

    need: str
    value: Any
    document: UUID | None = None


@dataclass(frozen=True, slots=True)
class HappeningView:
    """One thing that happened to a referral, with the words of whoever acted."""

    at: datetime
    verb: str
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """What was found, in the order of the criteria, and what is recommended."""

    findings: tuple[Mapping[str, Any], ...]
    recommendation: str
    words: str
    language: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One referral of the assessor's queue; `title` is whom it is about, empty once closed."""

    reference: str
    service: str
    title: Any
    organisation: UUID
    state: State
    referred_at: datetime
    due_on: date
    taken_by_name: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ReferralView:
    """
    One referral, as whoever looks may see it.

    `disclosed` holds for an assessor who has not declared yet only what shows whether they know
    the person, and nothing once it is closed. `document` is the report as a file of those who
    asked, None until it is written. `is_mine` says that the actor has it now.
    """

    id: UUID
    reference: str
    organisation: UUID
    assessor: UUID
    person: UUID
    application: UUID
    service: str
    pack_sha256: str
    state: State
    referred_by: str
    referred_at: datetime
    due_on: date
    taken_by_name: str
    taken_at: datetime | None
    is_named_as_treating: bool
    is_mine: bool
    closed_at: datetime | None
    disclosed: tuple[Disclosed, ...]
    report: ReportView | None
    document: UUID | None
    happenings: tuple[HappeningView, ...]
    appointments: tuple[AppointmentView, ...] = ()

    @property
    def appointment(self) -> AppointmentView | None:
        """Return the time that is chosen now; None where none is."""
        return next((one for one in self.appointments if one.state == "booked"), None)

    @property
    def is_open(self) -> bool:
        """Whether the assessor still works on it."""
        return self.closed_at is None

    def conflicts(self) -> Sequence[HappeningView]:
        """Return who could not take it, and why."""
        return [one for one in self.happenings if one.verb == "assessment.conflicted"]
