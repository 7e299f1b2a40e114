"""The two kinds of duration, which cannot be compared with each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

NANOS: Final = 1_000_000_000
_MONTHS = re.compile(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?")
_DAYS = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?")
_MAX_DIGITS: Final = 30


@dataclass(frozen=True, slots=True, order=True)
class MonthsDuration:
    """Years and months."""

    months: int

    @property
    def years_part(self) -> int:
        return _split(self.months, 12)[0]

    @property
    def months_part(self) -> int:
        return _split(self.months, 12)[1]

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        sign = "-" if self.months < 0 else ""
        body = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return f"{sign}P{body}"


@dataclass(frozen=True, slots=True, order=True)
class DaysDuration:
    """Days, hours, minutes and seconds, held in nanoseconds."""

    nanos: int

    @property
    def days_part(self) -> int:
        return _split(self.nanos, 86_400 * NANOS)[0]

    @property
    def hours_part(self) -> int:
        return _split(_split(self.nanos, 86_400 * NANOS)[1], 3600 * NANOS)[0]

    @property
    def minutes_part(self) -> int:
        return _split(_split(self.nanos, 3600 * NANOS)[1], 60 * NANOS)[0]

    @property
    def seconds_part(self) -> Decimal:
        return seconds_of(_split(self.nanos, 60 * NANOS)[1])

    @property
    def total_seconds(self) -> Decimal:
        return seconds_of(self.nanos)

    def __str__(self) -> str:
        whole = DaysDuration(abs(self.nanos))
        seconds = whole.seconds_part
        clock = (
            (f"{whole.hours_part}H" if whole.hours_part else "")
            + (f"{whole.minutes_part}M" if whole.minutes_part else "")
            + (f"{seconds:f}S" if seconds else "")
        )
        days = f"{whole.days_part}D" if whole.days_part else ""
        if not days and not clock:
            return "PT0S"
        return ("-" if self.nanos < 0 else "") + "P" + days + (f"T{clock}" if clock else "")


def seconds_of(nanos: int) -> Decimal:
    """Return nanoseconds as seconds, without trailing zeros."""
    whole, rest = _split(nanos, NANOS)
    return Decimal(whole) if not rest else (Decimal(nanos) / NANOS).normalize()


def _split(amount: int, unit: int) -> tuple[int, int]:
    """Divide towards zero, so that both parts bear the sign of the amount."""
    whole, rest = divmod(abs(amount), unit)
    return (-whole, -rest) if amount < 0 else (whole, rest)


def parse_duration(text: str) -> MonthsDuration | DaysDuration:
    """Read `P1Y6M` or `P3DT4H`; ValueError if it is neither."""
    if len(text) > 6 * _MAX_DIGITS or not text.isascii() or text[-1:] in ("P", "T"):
        raise ValueError(f"{text!r} is not a duration")
    match = _MONTHS.fullmatch(text)
    if match is not None:
        sign, years, months = match.groups()
        total = int(years or 0) * 12 + int(months or 0)
        return MonthsDuration(-total if sign else total)
    match = _DAYS.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a duration")
    sign, days, hours, minutes, seconds, fraction = match.groups()
    total = int(days or 0) * 86_400 + int(hours or 0) * 3600
    total = (total + int(minutes or 0) * 60 + int(seconds or 0)) * NANOS
    total += int((fraction or "")[:9].ljust(9, "0"))
    return DaysDuration(-total if sign else total)
