"""A change of rule, on people whose answers are known: two engines, one result."""

from datetime import date
from pathlib import Path

import pytest

from standpipe.eligibility.rules import Known
from standpipe.packs.library import load_packs, read_pack_files
from standpipe.places.reading import load_place
from standpipe.policy.bulk import MORE_TO_ASK, one_by_one, outcomes
from standpipe.policy.changes import cell_changes, situations
from standpipe.policy.effects import Version, compare
from standpipe.policy.people import district_of, gather, leaves
from standpipe.policy.population import FILE, draw_people, read_terms
from standpipe.policy.table_text import with_cells
from standpipe.vocabulary.reading import load_vocabulary

ROOT = Path(__file__).parents[3]
ON = date(2026, 11, 22)
MOVING = "PIP moving around"


@pytest.fixture(scope="module")
def place():
    return load_place(ROOT / "places" / "borrowdale")


@pytest.fixture(scope="module")
def vocabulary(place):
    return load_vocabulary(ROOT / "vocabulary", also_accept=place.also_accept)


@pytest.fixture(scope="module")
def pack(place, vocabulary):
    return load_packs(ROOT / "service_packs", vocabulary=vocabulary, place=place)["blue_badge"]


@pytest.fixture(scope="module")
def raised(pack, place, vocabulary):
    """The pack with a threshold of 10 points for moving around."""
    files = dict(pack.files)
    path = "rules/pip.dmn"
    files[path] = with_cells(files[path], MOVING, {(4, "output", 0): "false"})
    return read_pack_files("blue_badge", files, vocabulary=vocabulary, place=place)


@pytest.fixture(scope="module")
def people(pack, place):
    terms = read_terms(pack.files[FILE], name="blue_badge")
    drawn = list(draw_people(terms, place, seed=7, count=3000, on=ON))
    rules = pack.rules(ON)
    return gather(
        (known for known, _ in drawn),
        (where for _, where in drawn),
        rules=rules,
        needs=leaves(rules),
    )


def version(pack):
    return Version(pack, pack.rules(ON), pack.fee(ON))


def test_both_engines_answer_everybody_alike(pack, raised, people):
    for one in (pack, raised):
        rules = one.rules(ON)
        assert outcomes(rules, people) == one_by_one(rules, people.asked)


def test_the_same_people_are_drawn_each_time(pack, place):
    terms = read_terms(pack.files[FILE], name="blue_badge")
    short = list(draw_people(terms, place, seed=7, count=50, on=ON))
    assert list(draw_people(terms, place, seed=7, count=80, on=ON))[:50] == short


def test_a_higher_threshold_helps_nobody(pack, raised, people):
    terms = read_terms(pack.files[FILE], name="blue_badge")
    found = compare(version(pack), version(raised), people, terms=terms, everybody_applies=False)
    gain, lose, ask, same = found.table.totals
    assert (gain, ask) == (0, 0)
    assert lose and lose + same == len(people)
    before, after = found.money
    assert after.applications < before.applications


def test_the_same_rule_changes_nobody(pack, people):
    found = compare(version(pack), version(pack), people, terms=None, everybody_applies=False)
    assert not found.changed
    assert found.table.totals == (0, 0, 0, len(people))


def test_who_was_never_asked_what_now_matters_would_be_asked_more(pack, raised, place):
    known = {
        "applicant/application.for_whom": Known("self", "derived"),
        "applicant/person.birth_date": Known("1980-03-31", "told"),
        "applicant/benefit.received": Known(["pip"], "told"),
        "applicant/benefit.pip.moving_around": Known("c", "told"),
        "applicant/address.full": Known({"postcode": "BO1 1AA"}, "told"),
    }
    rules = pack.rules(ON)
    twenty = gather([known] * 20, ["x"] * 20, rules=rules, needs=leaves(rules))
    assert one_by_one(raised.rules(ON), [known]) == [MORE_TO_ASK]
    found = compare(version(pack), version(raised), twenty, terms=None, everybody_applies=True)
    assert found.table.totals == (0, 0, 20, 0)
    assert district_of(known, None, place) == "not_known"


def test_what_changed_is_told_by_cell_and_by_situation(pack, raised):
    (cell,) = cell_changes(pack.files, raised.files, pack)
    assert (cell.table, cell.row, cell.column) == (MOVING, "moving_around_c", "qualifies")
    assert (cell.before, cell.after) == ("true", "false")
    (one,) = situations(pack, raised)
    assert one.changes[0].situation == {"receives PIP": True, "descriptor": "c"}
    assert (one.changes[0].before, one.changes[0].after) == ((True, 8), (False, 8))
