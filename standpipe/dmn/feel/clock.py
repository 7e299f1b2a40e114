"""Times of day and moments, with an offset, a named time zone, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from standpipe.dmn.feel.calendar import Date
from standpipe.dmn.feel.durations import NANOS

DAY_NANOS: Final = 86_400 * NANOS
_TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:(Z)|([+-])(\d\d):(\d\d)(?::(\d\d))?|@([A-Za-z0-9_+/-]+))?"
)
_MAX_OFFSET: Final = 18 * 3600


@cache
def _zone(name: str) -> ZoneInfo:
    if name.startswith("/") or ".." in name:
        raise ValueError(f"{name!r} is not a time zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name!r} is not a time zone") from None


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day; `offset` is in seconds east of UTC, `zone` a name of the tz database."""

    nanos: int
    offset: int | None = None
    zone: str | None = None

    @classmethod
    def make(
        cls, hour: int, minute: int, second: int, nano: int = 0, *, offset: int | None = None
    ) -> Time:
        """Return a time; ValueError if there is none such."""
        if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
            raise ValueError(f"there is no time {hour}:{minute}:{second}")
        if offset is not None and abs(offset) > _MAX_OFFSET:
            raise ValueError("the offset is too large")
        return cls(((hour * 60 + minute) * 60 + second) * NANOS + nano, offset)

    @classmethod
    def parse(cls, text: str) -> Time:
        """Read `10:30:00`, with `Z`, `+01:00` or `@Europe/London`; ValueError if it is none."""
        match = _TIME.fullmatch(text)
        if match is None or not text.isascii():
            raise ValueError(f"{text!r} is not a time")
        hour, minute, second, fraction, utc, sign, hours, minutes, seconds, zone = match.groups()
        nano = int((fraction or "")[:9].ljust(9, "0"))
        offset: int | None = 0 if utc else None
        if sign:
            if int(minutes) > 59 or int(seconds or 0) > 59:
                raise ValueError(f"{text!r} has no such offset")
            offset = int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)
            offset = -offset if sign == "-" else offset
        time = cls.make(int(hour), int(minute), int(second), nano, offset=offset)
        if zone:
            _zone(zone)
            return cls(time.nanos, None, zone)
        return time

    @property
    def hour(self) -> int:
        return self.nanos // (3600 * NANOS)

    @property
    def minute(self) -> int:
        return self.nanos // (60 * NANOS) % 60

    @property
    def second(self) -> int:
        return self.nanos // NANOS % 60

    @property
    def is_local(self) -> bool:
        """Whether it says neither offset nor zone."""
        return self.offset is None and self.zone is None

    def offset_on(self, day: Date) -> int | None:
        """Return the seconds east of UTC on a day; None for a local time."""
        if self.zone is None:
            return self.offset
        year = min(max(day.year, 1), 9998)
        moment = datetime(year, day.month, min(day.day, 28) if year != day.year else day.day)  # noqa: DTZ001
        moment += timedelta(microseconds=self.nanos // 1000)
        shift = moment.replace(tzinfo=_zone(self.zone)).utcoffset()
        return int(shift.total_seconds()) if shift is not None else 0

    def utc_nanos(self) -> int:
        """Return nanoseconds since midnight UTC; those of a local time are taken for UTC."""
        return self.nanos - (self.offset_on(Date(1970, 1, 1)) or 0) * NANOS

    def __str__(self) -> str:
        text = f"{self.hour:02d}:{self.minute:02d}:{self.second:02d}"
        rest = self.nanos % NANOS
        if rest:
            text += "." + f"{rest:09d}".rstrip("0")
        if self.zone is not None:
            return f"{text}@{self.zone}"
        if self.offset is None:
            return text
        return text + offset_text(self.offset)


def offset_text(offset: int) -> str:
    """Return `Z` or `+01:00`, with seconds only where there are some."""
    if offset == 0:
        return "Z"
    minutes, seconds = divmod(abs(offset), 60)
    text = f"{'-' if offset < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text


@dataclass(frozen=True, slots=True)
class DateTime:
    """A day and a time on it."""

    date: Date
    time: Time

    @classmethod
    def parse(cls, text: str) -> DateTime:
        """Read `2026-04-01T10:30:00`, zone as in `Time`; a day alone means its midnight."""
        day, found, time = text.partition("T")
        return cls(Date.parse(day), Time.parse(time) if found else Time(0))

    @property
    def epoch_nanos(self) -> int:
        """Nanoseconds since 1970 in UTC; a local one is taken for UTC."""
        shift = self.time.offset_on(self.date) or 0
        return self.date.number * DAY_NANOS + self.time.nanos - shift * NANOS

    def plus_nanos(self, nanos: int) -> DateTime:
        """Return the moment that much later, by the same clock."""
        days, rest = divmod(self.date.number * DAY_NANOS + self.time.nanos + nanos, DAY_NANOS)
        return DateTime(Date.from_number(days), Time(rest, self.time.offset, self.time.zone))

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"
