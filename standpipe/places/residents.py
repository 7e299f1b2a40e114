"""Made-up residents of a synthetic place: the same seed gives the same people, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from standpipe.kernel.errors import Misconfigured
from standpipe.places.awards import draw_awards
from standpipe.places.place import Award, Persona, Place, ResidentTerms

_DOORS_A_POSTCODE = 15
# Letters of the second half of a postcode; C, I, K, M, O and V are never used there.
_UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_HOUSEHOLD_SIZES = ((1, 30), (2, 34), (3, 16), (4, 14), (5, 6))
_PEOPLE_A_HOUSEHOLD = 8
# Coprime to the 999,000 numbers it walks over, so that no two people share one;
# the first thousand numbers are the personas'.
_NUMBER_STEP = 7919
_FIRST_UPRN = 999_900_000_001


@dataclass(frozen=True, slots=True)
class Address:
    """One home; `uprn` has twelve digits and is nobody's."""

    uprn: str
    line1: str
    town: str
    county: str
    postcode: str
    district: str


@dataclass(frozen=True, slots=True)
class Resident:
    """A person who does not exist; children under 16 have no National Insurance number."""

    key: str
    given: str
    family: str
    birth_date: date
    sex: str
    nino: str | None
    email: str
    phone: str
    address: Address
    awards: tuple[Award, ...]

    @property
    def uprn(self) -> str:
        """The home's twelve digits."""
        return self.address.uprn

    @property
    def postcode(self) -> str:
        """The home's postcode, in capitals with one space."""
        return self.address.postcode

    @property
    def district(self) -> str:
        """The slug of the district the home lies in."""
        return self.address.district


class NotSynthetic(Misconfigured):
    """Residents were to be made up for a place that has its own."""


def generate(place: Place, *, seed: int, count: int) -> Iterator[Resident]:
    """
    Yield `count` residents, the place's personas first, household by household.

    A longer run begins with exactly the people of a shorter one.

    :raises NotSynthetic: if the place has no residents.yaml
    """
    terms = place.residents
    if terms is None:
        raise NotSynthetic(f"places/{place.slug}/residents.yaml is missing: nobody to make up.")
    made = 0
    for household in range(count):
        for resident in _household(place, terms, seed=seed, household=household):
            if made == count:
                return
            yield resident
            made += 1


def address_of(place: Place, *, household: int) -> Address:
    """Return the home of the nth household; every number has its own, however many there are."""
    terms = place.residents
    if terms is None:
        raise NotSynthetic(f"places/{place.slug}/residents.yaml is missing: nowhere to live.")
    street, door = divmod(household, _DOORS_A_POSTCODE)
    if street < len(place.shared):
        shared = place.shared[street]
        district = shared.districts[door % len(shared.districts)]
        postcode, town = shared.postcode, shared.town
    else:
        unit, at = divmod(street, len(place.sectors))
        sector = place.sectors[at]
        first, second = divmod(unit % len(_UNIT_LETTERS) ** 2, len(_UNIT_LETTERS))
        postcode = f"{sector.sector}{_UNIT_LETTERS[first]}{_UNIT_LETTERS[second]}"
        town, district = sector.town, sector.district
    kind, name = divmod(street, len(terms.streets))
    street_name = f"{terms.streets[name]} {terms.street_kinds[kind % len(terms.street_kinds)]}"
    return Address(
        uprn=str(_FIRST_UPRN + household),
        line1=f"{door * 2 + 1} {street_name}",
        town=town,
        county=terms.county,
        postcode=postcode,
        district=district,
    )


def _household(
    place: Place, terms: ResidentTerms, *, seed: int, household: int
) -> Iterator[Resident]:
    chance = Random(f"{seed}/{place.slug}/{household}")  # noqa: S311 (reproducible, not secret)
    address = address_of(place, household=household)
    if household < len(terms.personas):
        yield _from_persona(terms.personas[household], address, terms, number=household)
        return
    family = chance.choice(terms.family_names)
    ages = _ages(chance, terms.pyramid)
    for member, age in enumerate(ages):
        number = household * _PEOPLE_A_HOUSEHOLD + member
        sex = chance.choice(("female", "male"))
        birth_date = terms.as_of - timedelta(days=int(age * 365.25) + chance.randrange(1, 365))
        given = chance.choice(terms.given_names[sex])
        yield Resident(
            key=f"resident{number}",
            given=given,
            family=family,
            birth_date=birth_date,
            sex=sex,
            nino=_national_insurance_number(number) if age >= 16 else None,
            email=f"resident{number}@{terms.email_domain}",
            phone=_phone(number),
            address=address,
            awards=draw_awards(chance, birth_date=birth_date, age=age, on=terms.as_of),
        )


def _from_persona(
    persona: Persona, address: Address, terms: ResidentTerms, *, number: int
) -> Resident:
    return Resident(
        key=persona.key,
        given=persona.given,
        family=persona.family,
        birth_date=persona.born,
        sex=persona.sex,
        nino=persona.nino,
        email=f"{persona.key}@{terms.email_domain}",
        phone=_phone(number),
        address=address,
        awards=persona.awards,
    )


def _ages(chance: Random, pyramid: tuple[int, ...]) -> list[int]:
    """Draw who lives together: always one grown-up, a partner near in age, children after that."""
    sizes, shares = zip(*_HOUSEHOLD_SIZES, strict=True)
    size = chance.choices(sizes, shares)[0]
    # Larger households are those of working age, or the children would have no one to raise them.
    if size > 2:
        bands, weights = range(4, 13), pyramid[4:13]
    else:
        bands = range(4, len(pyramid))
        weights = tuple(pyramid[band] * (2 if band > 12 else 1) for band in bands)
    band = chance.choices(bands, weights)[0]
    first = band * 5 + chance.randrange(5)
    ages = [first]
    if size > 1:
        ages.append(max(18, first + chance.randint(-5, 5)))
    for _ in range(size - 2):
        ages.append(chance.randint(0, min(22, max(0, first - 18))))
    return ages


def _national_insurance_number(number: int) -> str:
    digits = 1000 + number * _NUMBER_STEP % 999_000
    return f"QQ{digits:06}{'ABCD'[number // 999_000 % 4]}"


def _phone(number: int) -> str:
    return f"07700 900{number % 1000:03}"
