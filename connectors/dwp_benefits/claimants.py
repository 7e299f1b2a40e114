"""The citizens whom the simulated department knows, and what it may say of their awards."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from standpipe.kernel.data_files import read_yaml
from standpipe.places.place import Award
from standpipe.places.reading import load_place
from standpipe.places.residents import generate

# Schedule 1, Part 3 of the PIP regulations (SI 2013/377): points of the descriptors of activity 12.
_MOVING_AROUND_POINTS = {"a": 0, "b": 4, "c": 8, "d": 10, "e": 12, "f": 12}


@dataclass(frozen=True, slots=True)
class Claimant:
    """One citizen; while an award is under review the department does not say what it is."""

    given: str
    family: str
    birth_date: date
    postcode: str
    number: str | None
    awards: tuple[Award, ...]
    under_review: bool = False

    def decide(self, question: str, *, on: date) -> tuple[str, date | None]:
        """Return met, not_met or unknown for a condition on a day, and when the award ends."""
        for award in self.awards:
            current = award.start <= on and (award.end is None or award.end >= on)
            if current and _meets(award, question):
                return ("unknown", None) if self.under_review else ("met", award.end)
        return ("unknown", None) if self.under_review else ("not_met", None)


def _meets(award: Award, question: str) -> bool:
    if question == "pip.moving_around.points>=8":
        return _MOVING_AROUND_POINTS.get(award.moving_around or "", 0) >= 8
    if question == "pip.planning.descriptor==E":
        return award.planning == "e"
    if question == "pip.planning.points>=12":
        # Of the descriptors only f scores 12 (SI 2013/377, Schedule 1, Part 3).
        return award.planning == "f"
    return award.benefit == "dla" and award.mobility_rate == "higher"


class Claimants:
    """Finds citizens by what they say of themselves, and by the guids handed out for them."""

    def __init__(self, people: Iterable[Claimant]) -> None:
        self._people = list(people)
        self._by_likeness: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, person in enumerate(self._people):
            key = _likeness(
                person.given, person.family, person.birth_date.isoformat(), person.postcode
            )
            self._by_likeness[key].append(number)
        self._by_guid: dict[str, Claimant] = {}

    def __len__(self) -> int:
        return len(self._people)

    def find(self, asked: Mapping[str, str]) -> Sequence[Claimant]:
        """Return everybody who fits; a National Insurance number, if given, must agree too."""
        key = _likeness(
            asked["given_name"], asked["family_name"], asked["date_of_birth"], asked["postcode"]
        )
        found = [self._people[number] for number in self._by_likeness.get(key, ())]
        number = asked.get("national_insurance_number")
        return [one for one in found if number is None or one.number in (None, number)]

    def guid_for(self, person: Claimant, *, client_id: str) -> str:
        """Return the guid of a citizen for one client; another client's is another."""
        likeness = "/".join(
            (person.given, person.family, person.birth_date.isoformat(), person.number or "")
        )
        digest = hmac.new(client_id.encode(), likeness.encode(), hashlib.sha256).digest()
        guid = str(UUID(bytes=digest[:16], version=4))
        self._by_guid[f"{client_id}/{guid}"] = person
        return guid

    def of_guid(self, guid: str, *, client_id: str) -> Claimant | None:
        """Return the citizen behind a guid that was handed out to this client."""
        return self._by_guid.get(f"{client_id}/{guid}")


def _likeness(given: str, family: str, born: str, postcode: str) -> tuple[str, ...]:
    return (_letters(given), _letters(family), born, _letters(postcode))


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in plain if one.isalnum())


def read_people(path: Path) -> tuple[Claimant, ...]:
    """Read the people of people.yaml."""
    return tuple(_person(one) for one in read_yaml(path)["people"])


def _person(one: Mapping[str, Any]) -> Claimant:
    return Claimant(
        given=one["given"],
        family=one["family"],
        birth_date=date.fromisoformat(one["born"]),
        postcode=one["postcode"],
        number=one.get("number"),
        awards=tuple(_award(award) for award in one["awards"]),
        under_review=one.get("under_review", False),
    )


def _award(award: Mapping[str, str]) -> Award:
    return Award(
        benefit=award["benefit"],
        start=date.fromisoformat(award["start"]),
        end=date.fromisoformat(award["end"]) if "end" in award else None,
        moving_around=award.get("moving_around"),
        planning=award.get("planning"),
        mobility_rate=award.get("mobility_rate"),
    )


def residents_of(folder: Path, *, seed: int, count: int) -> Iterable[Claimant]:
    """Yield the made-up residents of a place as the department knows them."""
    for one in generate(load_place(folder), seed=seed, count=count):
        yield Claimant(one.given, one.family, one.birth_date, one.postcode, one.nino, one.awards)
