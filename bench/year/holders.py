"""Who holds a badge when the year begins, and what they ask for in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

from bench.year.applicants import Applicant, draw_days, qualifies
from standpipe.places.residents import Resident

Wish = Literal["renew", "replace", "change"]
# Assumptions. Badges last three years, so that in a county more than these renew each year; each of
# them costs this benchmark two applications, the one that granted the badge among them.
SHARES: dict[Wish, float] = {"renew": 0.20, "replace": 0.06, "change": 0.04}
# How long after the reminder they renew, and how long before its end that reminder comes.
RENEWS_AFTER_DAYS, REMINDED_DAYS = (1, 40), 84
MONTHS = 36
# Years before, the office granted on Mondays: few days with many, who visit side by side.
WEEK = 7
# For how long at most a badge has still to run that is replaced or changed.
LONGEST_LEFT_DAYS = 400
LOST = ("lost", "stolen", "damaged")
# What changed, with how often among a hundred [assumption], and what officers make of it; "" where
# the rules do it alone.
CHANGED = {
    "address": (50, ""),
    "no_longer": (25, "ended"),
    "moved": (15, "moved_away"),
    "name": (10, "name_changed"),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """
    Somebody granted a badge before the year, who asks for something on a day of it (from 0).

    `granted_on` is that earlier day. `what` is which loss or change it is, empty for a renewal;
    whoever moves house moves to where `neighbour` lives.
    """

    applicant: Applicant
    granted_on: date
    wish: Wish
    what: str
    neighbour: Resident


def how_many(applications: int) -> tuple[int, int]:
    """Return how many of a year's applications are new ones, and how many are holders'."""
    holders = sum(round(applications * share) for share in SHARES.values())
    return applications - holders, holders


def draw_holders(
    residents: Sequence[Resident],
    taken: Iterable[Applicant],
    *,
    applications: int,
    days: int,
    first: date,
    seed: int,
) -> list[Holder]:
    """
    Return holders whom the department confirms then and now, nobody who applies anew among them.

    `first` is the first day of the year. Fewer than wanted where too few residents qualify.
    """
    chance = Random(f"{seed} holders")
    others = {one.resident.key for one in taken}
    # An award that ends before the badge would end it, too.
    last = first + timedelta(days=days + LONGEST_LEFT_DAYS)
    free = [
        one
        for one in residents
        if one.nino and one.key not in others and qualifies(one) and _lasts(one, last)
    ]
    chance.shuffle(free)
    wishes = [wish for wish, share in SHARES.items() for _ in range(round(applications * share))]
    chance.shuffle(wishes)
    on = draw_days(len(wishes), days=days, chance=chance)
    return [
        _holder(n, wish, day, resident, chance.choice(residents), first, chance)
        for n, (wish, day, resident) in enumerate(zip(wishes, on, free, strict=False))
    ]


def _holder(
    number: int,
    wish: Wish,
    day: int,
    resident: Resident,
    neighbour: Resident,
    first: date,
    chance: Random,
) -> Holder:
    before_end = REMINDED_DAYS - min(day, chance.randint(*RENEWS_AFTER_DAYS))
    left = (
        before_end if wish == "renew" else chance.randint(REMINDED_DAYS + WEEK, LONGEST_LEFT_DAYS)
    )
    ends_on = first + timedelta(days=day + left)
    what = {
        "renew": "",
        "replace": chance.choice(LOST),
        "change": chance.choices(list(CHANGED), [often for often, _ in CHANGED.values()])[0],
    }[wish]
    applicant = Applicant(
        # Beyond the numbers of those who apply anew.
        number=1_000_000 + number,
        day=day,
        resident=resident,
        way="pages",
        agrees=True,
        leaves_after=None,
        card_declined_first=False,
        language="en",
    )
    granted_on = _three_years_before(ends_on)
    granted_on -= timedelta(days=granted_on.weekday())
    return Holder(applicant, granted_on, wish, what, neighbour)


def _three_years_before(ends_on: date) -> date:
    """The day of a grant whose last day, the eve of the anniversary, is this one."""
    after = ends_on + timedelta(days=1)
    year = after.year - MONTHS // 12
    leap_day = (after.month, after.day) == (2, 29)
    return date(year, 3, 1) if leap_day else after.replace(year=year)


def _lasts(resident: Resident, last: date) -> bool:
    return all(award.end is None or award.end > last for award in resident.awards)
