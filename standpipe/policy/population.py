"""Made-up people of a place, as a pack's population.yaml says that they would answer. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from standpipe.eligibility.rules import Known
from standpipe.kernel.data_files import parse_yaml, schema_faults
from standpipe.kernel.errors import FaultyFiles
from standpipe.places.place import Place
from standpipe.places.residents import Resident, generate
from standpipe.vocabulary.derivation import age_on

FILE = "population.yaml"
# What is reckoned from people: how each group of figures is called, and where it comes from.
_GROUPS = {
    "applying_": "applying_per_thousand",
    "decided_at_once_": "decided_at_once_per_thousand",
    "unit_cost_": "unit_cost_pence",
}
_SCHEMA = Path(__file__).parent / "schemas" / "population.json"


@dataclass(frozen=True, slots=True)
class Band:
    """What people of some ages answer: each value with its share of a thousand."""

    first: int
    below: int
    shares: tuple[tuple[Any, float], ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """Where some figures come from, in the words of the file, and how many they are."""

    told: str
    is_assumption: bool
    figures: int


@dataclass(frozen=True, slots=True)
class Draw:
    """One answer that is drawn."""

    need: str
    bands: tuple[Band, ...]
    otherwise: Any
    only_if: tuple[str, tuple[Any, ...]] | None


@dataclass(frozen=True, slots=True)
class Terms:
    """
    What population.yaml declares.

    `applying` is by outcome how many of a thousand apply in a year, `at_once` how many of a
    thousand applications the rules decide alone. `people` says what the made-up people rest on,
    `reckoning` what is reckoned from any people, made up or not.
    """

    draws: tuple[Draw, ...]
    applying: Mapping[str, float]
    at_once: Mapping[str, float]
    at_once_pence: int
    by_staff_pence: int
    people: tuple[Basis, ...]
    reckoning: tuple[Basis, ...]


def read_terms(text: str, *, name: str) -> Terms:
    """
    Read population.yaml of a pack.

    :raises FaultyFiles: naming line and mend of everything wrong
    """
    path = Path(name) / FILE
    data = parse_yaml(text, path=path)
    faults = schema_faults(data, schema=_SCHEMA, path=path)
    if faults:
        raise FaultyFiles(faults)
    draws = (_basis(one, sum(len(ages["shares"]) for ages in one["ages"])) for one in data["draws"])
    residents = (_basis(one, one["figures"]) for one in data.get("residents", ()))
    return Terms(
        draws=tuple(_draw(one) for one in data["draws"]),
        applying=dict(data["applying_per_thousand"]),
        at_once=dict(data["decided_at_once_per_thousand"]),
        at_once_pence=data["unit_cost_pence"]["at_once"],
        by_staff_pence=data["unit_cost_pence"]["by_staff"],
        people=(*residents, *draws),
        reckoning=tuple(
            _basis(data, len(data[figures]), prefix=prefix) for prefix, figures in _GROUPS.items()
        ),
    )


def draw_people(
    terms: Terms, place: Place, *, seed: int, count: int, on: date
) -> Iterator[tuple[Mapping[str, Known], str]]:
    """Yield what each of `count` made-up residents would answer, with their district."""
    for resident in generate(place, seed=seed, count=count):
        known = _from_resident(resident, on=on)
        chance = Random(f"{seed}/{resident.key}/policy")  # noqa: S311 (reproducible, not secret)
        age = age_on(resident.birth_date, on=on)
        for draw in terms.draws:
            # Always drawn, so that a change of one figure moves no other answer.
            roll = chance.random() * 1000
            known[draw.need] = Known(_drawn(draw, known, age, roll), "told")
        yield known, resident.district


def _basis(words: Mapping[str, Any], figures: int, *, prefix: str = "") -> Basis:
    sourced = f"{prefix}source" in words
    told = words[f"{prefix}{'source' if sourced else 'assumption'}"]
    return Basis(told, is_assumption=not sourced, figures=figures)


def _draw(words: Mapping[str, Any]) -> Draw:
    only_if = words.get("only_if")
    return Draw(
        need=words["need"],
        bands=tuple(
            Band(
                one["from"],
                one["below"],
                tuple((share["value"], float(share["per_thousand"])) for share in one["shares"]),
            )
            for one in words["ages"]
        ),
        otherwise=words.get("otherwise"),
        only_if=(only_if["need"], tuple(only_if["in"])) if only_if else None,
    )


def _drawn(draw: Draw, known: Mapping[str, Known], age: int, roll: float) -> Any:
    if draw.only_if is not None:
        need, wanted = draw.only_if
        if need not in known or known[need].value not in wanted:
            return draw.otherwise
    for band in draw.bands:
        if band.first <= age < band.below:
            for value, share in band.shares:
                roll -= share
                if roll < 0:
                    return value
    return draw.otherwise


def _from_resident(resident: Resident, *, on: date) -> dict[str, Known]:
    """Return what a resident would tell of themselves, in the words of the vocabulary."""
    awards = {one.benefit: one for one in resident.awards if one.end is None or one.end >= on}
    pip, dla = awards.get("pip"), awards.get("dla")
    told: dict[str, Any] = {
        "person.birth_date": resident.birth_date.isoformat(),
        "benefit.received": sorted(awards) or ["none"],
        "benefit.pip.moving_around": pip.moving_around if pip else None,
        "benefit.pip.planning": pip.planning if pip else None,
        "benefit.dla.mobility_rate": dla.mobility_rate if dla else None,
    }
    return {f"applicant/{name}": Known(value, "told") for name, value in told.items()}
