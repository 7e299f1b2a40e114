"""Benefits of made-up residents, about as common as they are."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from standpipe.places.place import Award

# Per thousand people of that age; [K] the order of size is right, the digits are not official.
_PIP_OF_WORKING_AGE = 75
_PIP_OLDER = 90
_DLA_CHILD = 55
_DLA_OLDER = 35
_WPMS_OLDER = 2
_MOVING_AROUND = (("a", 25), ("b", 20), ("c", 15), ("d", 12), ("e", 20), ("f", 8))
_PLANNING = (("a", 50), ("b", 15), ("c", 7), ("d", 9), ("e", 7), ("f", 12))


def draw_awards(chance: Random, *, birth_date: date, age: int, on: date) -> tuple[Award, ...]:
    """Draw the awards a person holds on a day, most often none."""
    roll = chance.randrange(1000)
    if age < 16:
        return (_dla(chance, birth_date, on),) if age >= 3 and roll < _DLA_CHILD else ()
    if age < 67:
        return (_pip(chance, birth_date, on),) if roll < _PIP_OF_WORKING_AGE else ()
    if roll < _PIP_OLDER:
        return (_pip(chance, birth_date, on),)
    if roll < _PIP_OLDER + _DLA_OLDER:
        return (_dla(chance, birth_date, on),)
    if roll < _PIP_OLDER + _DLA_OLDER + _WPMS_OLDER:
        return (Award("wpms", start=_some_day_before(chance, on, years=15)),)
    return ()


def _pip(chance: Random, birth_date: date, on: date) -> Award:
    return Award(
        "pip",
        start=max(_some_day_before(chance, on, years=8), birth_date),
        end=_end(chance, on),
        moving_around=_letter(chance, _MOVING_AROUND),
        planning=_letter(chance, _PLANNING),
    )


def _dla(chance: Random, birth_date: date, on: date) -> Award:
    return Award(
        "dla",
        start=max(_some_day_before(chance, on, years=10), birth_date),
        end=_end(chance, on),
        mobility_rate=chance.choice(("lower", "higher")),
    )


def _end(chance: Random, on: date) -> date | None:
    """A third of awards are ongoing; others end within six years, a few of them already."""
    return None if chance.random() < 1 / 3 else on + timedelta(days=chance.randrange(-120, 2190))


def _letter(chance: Random, weights: tuple[tuple[str, int], ...]) -> str:
    letters, shares = zip(*weights, strict=True)
    return str(chance.choices(letters, shares)[0])


def _some_day_before(chance: Random, on: date, *, years: int) -> date:
    return on - timedelta(days=chance.randrange(30, years * 365))
