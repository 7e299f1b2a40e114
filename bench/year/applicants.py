"""Who applies in the year, on which day and how; the same seed gives the same year. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from standpipe.places.residents import Resident

Way = Literal["pages", "paper"]

# Over 40 % of applicants qualify automatically (i-network.org.uk, Department for Work and Pensions,
# February 2021).
AUTOMATIC = 0.41
# Of 16,715 applications 260 were abandoned (Devon 2018-19); whoever leaves a form before sending it
# is not in that count, so that this share is an assumption.
LEAVES_HALFWAY = 0.06
# Assumptions: who sends a paper form, declines to be asked about, types a wrong card, and is Welsh.
ON_PAPER, DECLINES, CARD_DECLINED, IN_WELSH = 0.12, 0.08, 0.03, 0.04
# Nobody moves house for the benchmark: a year has some days on which a register fails.
_FAULTS = ("silent", "error", "unavailable", "malformed", "refusing", "dropped")
_FAULT_EVERY_DAYS = 20
# What could not be ordered on a day is ordered on later ones: the year ends without faults.
_QUIET_DAYS = 5

_PLANNED_MONTHS = (9, 8, 9, 8, 8, 8, 8, 8, 9, 9, 9, 7)


@dataclass(frozen=True, slots=True)
class Applicant:
    """
    One application to be made: by whom, how, on which day of the year (from 0).

    `leaves_after` are the pages after which they give up, None for whoever goes on to the end.
    """

    number: int
    day: int
    resident: Resident
    way: Way
    agrees: bool
    leaves_after: int | None
    card_declined_first: bool
    language: Literal["en", "cy"]


def qualifies(resident: Resident) -> bool:
    """Say whether an award of theirs, as the department holds it, counts without assessment."""
    return any(
        (award.moving_around or "a") >= "c"
        or award.planning == "e"
        or (award.benefit == "dla" and award.mobility_rate == "higher")
        for award in resident.awards
    )


def draw(residents: Sequence[Resident], *, count: int, days: int, seed: int) -> list[Applicant]:
    """
    Return `count` applicants, nobody twice, in the order of their days.

    Where too few residents qualify, others take their place.
    """
    chance = Random(seed)
    adults = [one for one in residents if one.nino]
    chance.shuffle(adults)
    automatic = iter([one for one in adults if qualifies(one)])
    others = iter([one for one in adults if not qualifies(one)])
    on = sorted(draw_days(count, days=days, chance=chance))
    return [_applicant(n, on[n], _who(automatic, others, chance), chance) for n in range(count)]


def draw_days(count: int, *, days: int, chance: Random) -> Iterator[int]:
    """Yield a day for each: months weigh a little differently, and Sundays half."""
    weights = [
        _PLANNED_MONTHS[day * 12 // days] * (0.5 if day % 7 == 6 else 1.0) for day in range(days)
    ]
    yield from chance.choices(range(days), weights, k=count)


def fault_on(day: int, *, register: str, days: int, seed: int) -> str | None:
    """Return how a register fails on a day; None on most."""
    chance = Random(f"{seed} {register} {day}")
    kind = chance.choice(_FAULTS)
    fails = chance.randrange(_FAULT_EVERY_DAYS) == 0 and day < days - _QUIET_DAYS
    return kind if fails else None


def _applicant(number: int, day: int, resident: Resident, chance: Random) -> Applicant:
    return Applicant(
        number=number,
        day=day,
        resident=resident,
        way="paper" if chance.random() < ON_PAPER else "pages",
        agrees=chance.random() >= DECLINES,
        leaves_after=chance.randrange(1, 9) if chance.random() < LEAVES_HALFWAY else None,
        card_declined_first=chance.random() < CARD_DECLINED,
        language="cy" if chance.random() < IN_WELSH else "en",
    )


def _who(automatic: Iterator[Resident], others: Iterator[Resident], chance: Random) -> Resident:
    first, second = (automatic, others) if chance.random() < AUTOMATIC else (others, automatic)
    return next(first, None) or next(second)
