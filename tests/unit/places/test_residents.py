from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from standpipe.places.reading import load_place
from standpipe.places.residents import NotSynthetic, Resident, address_of, generate

PLACE = load_place(Path("places/borrowdale"))


@pytest.fixture(scope="module")
def people() -> list[Resident]:
    return list(generate(PLACE, seed=1, count=20_000))


def test_the_same_seed_makes_the_same_people_and_another_seed_others() -> None:
    first = list(generate(PLACE, seed=1, count=300))

    assert list(islice(generate(PLACE, seed=1, count=20_000), 300)) == first
    assert list(generate(PLACE, seed=2, count=300)) != first


def test_nobody_shares_a_number_and_no_number_can_be_issued(people: list[Resident]) -> None:
    numbers = [person.nino for person in people if person.nino]

    assert len(set(numbers)) == len(numbers)
    assert {number[:2] for number in numbers} == {"QQ"}


def test_every_home_has_its_own_uprn_and_its_own_door(people: list[Resident]) -> None:
    homes = {person.address for person in people}

    assert len({home.uprn for home in homes}) == len(homes)
    assert len({(home.line1, home.postcode) for home in homes}) == len(homes)
    assert max(len(person.uprn) for person in people) == 12
    assert all(person.district in PLACE.districts_of(person.postcode) for person in people)


def test_a_shared_postcode_has_homes_in_both_its_districts(people: list[Resident]) -> None:
    assert {p.district for p in people if p.postcode == "BO3 4ZZ"} == {"northmere", "ellerdale"}


def test_ages_are_about_those_of_england(people: list[Resident]) -> None:
    ages = [(PLACE.residents.as_of - p.birth_date).days / 365.25 for p in people if PLACE.residents]

    assert 0.17 < sum(age < 18 for age in ages) / len(ages) < 0.25
    assert 0.14 < sum(age >= 65 for age in ages) / len(ages) < 0.24
    assert min(ages) >= 0
    assert max(ages) < 105


def test_a_few_percent_hold_awards_of_every_kind(people: list[Resident]) -> None:
    awards = [award for person in people for award in person.awards]

    assert 0.04 < len(awards) / len(people) < 0.12
    assert {award.benefit for award in awards} == {"pip", "dla", "wpms"}
    assert {award.planning for award in awards} >= set("abcdef")
    assert any(award.end is None for award in awards)


def test_the_people_of_the_tutorials_come_first(people: list[Resident]) -> None:
    ada = people[0]

    assert (ada.key, ada.given, ada.nino) == ("ada", "Ada", "QQ000001A")
    assert ada.awards[0].moving_around == "e"


def test_a_real_place_makes_nobody_up() -> None:
    real = replace(PLACE, residents=None)

    with pytest.raises(NotSynthetic):
        next(generate(real, seed=1, count=1))
    with pytest.raises(NotSynthetic):
        address_of(real, household=1)
