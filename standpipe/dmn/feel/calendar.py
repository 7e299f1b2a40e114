"""Days of the proleptic Gregorian calendar, in every year that FEEL allows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

MAX_YEAR: Final = 999_999_999
_DATE = re.compile(r"(-?)(\d{4}|[1-9]\d{4,8})-(\d\d)-(\d\d)")
_MONTH_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A day; unlike Python's own it may lie before the year 1 or after 9999."""

    year: int
    month: int
    day: int

    @property
    def number(self) -> int:
        """Days since 1 January 1970."""
        # Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years from 1 March.
        year = self.year - (self.month <= 2)
        era, year_of_era = divmod(year, 400)
        day_of_year = (153 * ((self.month + 9) % 12) + 2) // 5 + self.day - 1
        day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
        return era * 146_097 + day_of_era - 719_468

    @classmethod
    def from_number(cls, number: int) -> Date:
        """Return the day that many days after 1 January 1970; ValueError outside FEEL's years."""
        era, day_of_era = divmod(number + 719_468, 146_097)
        year_of_era = (
            day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096
        ) // 365
        day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
        month_from_march = (5 * day_of_year + 2) // 153
        day = day_of_year - (153 * month_from_march + 2) // 5 + 1
        month = month_from_march + 3 if month_from_march < 10 else month_from_march - 9
        return cls.make(year_of_era + era * 400 + (month <= 2), month, day)

    @classmethod
    def make(cls, year: int, month: int, day: int) -> Date:
        """Return a day; ValueError if there is no such day."""
        if abs(year) > MAX_YEAR or not 1 <= month <= 12 or not 1 <= day <= month_days(year, month):
            raise ValueError(f"there is no day {year}-{month}-{day}")
        return cls(year, month, day)

    @classmethod
    def parse(cls, text: str) -> Date:
        """Read `2026-04-01`, with a minus for years before 0; ValueError if it is none."""
        match = _DATE.fullmatch(text)
        if match is None or not match.group().isascii():
            raise ValueError(f"{text!r} is not a date")
        sign, year, month, day = match.groups()
        return cls.make(-int(year) if sign else int(year), int(month), int(day))

    @classmethod
    def of(cls, day: date) -> Date:
        """Return a Python date as one of FEEL's."""
        return cls(day.year, day.month, day.day)

    def plus_months(self, months: int) -> Date:
        """Return the same day of another month, or its last one if it is shorter."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Date.make(year, month + 1, min(self.day, month_days(year, month + 1)))

    @property
    def weekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return (self.number + 3) % 7 + 1

    @property
    def day_of_year(self) -> int:
        """1 for 1 January."""
        return self.number - Date(self.year, 1, 1).number + 1

    @property
    def week_of_year(self) -> int:
        """The week by ISO 8601: the first is that with the year's first Thursday."""
        thursday = Date.from_number(self.number - self.weekday + 4)
        return (thursday.day_of_year - 1) // 7 + 1

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"


def month_days(year: int, month: int) -> int:
    """Return how many days a month has."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _MONTH_DAYS[month - 1]
