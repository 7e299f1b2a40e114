"""A time to be seen, and what can stand in its way. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from standpipe.kernel.errors import Refused

LOCAL = ZoneInfo("Europe/London")
AppointmentState = Literal["booked", "cancelled", "missed"]
# How many times one page of the form may offer: a slip of a date must not make thousands.
MOST = 400


class NoSuchSlot(Refused):
    """The time is not offered, or no longer."""


class SlotTaken(Refused):
    """Somebody else has the time."""


class NoAppointment(Refused):
    """There is none to come."""


class TooEarly(Refused):
    """The appointment is still to come."""


@dataclass(frozen=True, slots=True)
class SlotView:
    """One time that is offered; `kind` is `in_person` or `phone`."""

    id: UUID
    service: str
    starts_at: datetime
    minutes: int
    kind: str
    place: str
    is_taken: bool


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """One time that somebody chose; `sequence` counts their changes, as calendars ask for."""

    id: UUID
    state: AppointmentState
    starts_at: datetime
    minutes: int
    kind: str
    place: str
    booked_at: datetime
    sequence: int


def appointment_view(row: Any) -> AppointmentView:
    """Turn a row that its caller has into plain types."""
    return AppointmentView(
        id=row.id,
        state=row.state,
        starts_at=row.starts_at,
        minutes=row.minutes,
        kind=row.kind,
        place=row.place,
        booked_at=row.booked_at,
        sequence=row.sequence,
    )


def working_times(first: date, last: date, times: Sequence[time]) -> list[datetime]:
    """Return the moments of those times on every day but Saturday and Sunday, in local time."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [
        datetime.combine(day, one, tzinfo=LOCAL)
        for day in days
        if day.weekday() < 5
        for one in sorted(set(times))
    ]


def read_times(text: str) -> list[time] | None:
    """Read times as staff write them ("09:00, 9.30 14:15"); None if one is none."""
    found = []
    for word in text.replace(",", " ").replace(";", " ").split():
        hour, _, minute = word.replace(".", ":").partition(":")
        if not (hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit()):
            return None
        if int(hour) > 23 or int(minute) > 59:
            return None
        found.append(time(int(hour), int(minute)))
    return found
