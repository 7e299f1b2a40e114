"""Rows that one act adds: written together, and there for whoever asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DataError, ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from standpipe.facts.models import Fact
from standpipe.identity.models import Person
from standpipe.identity.tenancy import acting
from standpipe.places.actions import organisation_id
from standpipe.rows.actions import add, add_values, change
from tests import make

# What a text of PostgreSQL can hold: neither NUL nor half a character.
TEXT = some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]))
JSON = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**53), 2**53) | TEXT,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def fact(about: UUID, value: Any = "a word", **more: Any) -> Fact:
    told = {
        "person_id": about,
        "organisation_id": organisation_id("borrowdale_county"),
        "application": uuid4(),
        "need": "applicant/person.name",
        "value": value,
        "source": "told",
        "by": "system:test",
        "assurance": "claimed",
        "at": make.AT,
    }
    return Fact(**{**told, **more})


def a_person() -> Person:
    return Person(created_at=make.AT)


def there(*rows: Any) -> int:
    return type(rows[0]).objects.filter(id__in=[row.id for row in rows]).count()


def inserts(queries: CaptureQueriesContext) -> list[str]:
    return [one["sql"] for one in queries.captured_queries if "INSERT INTO" in one["sql"]]


def test_rows_of_several_tables_are_one_statement(county):
    person, other = a_person(), a_person()

    with CaptureQueriesContext(connection) as queries, acting(county):
        add(person, other)
        add(fact(person.id), fact(person.id), fact(other.id))

    assert len(inserts(queries)) == 1
    assert there(person, other) == 2


def test_whatever_is_asked_next_finds_them_there(county):
    with acting(county):
        row = fact(make.person().person)
        add(row)
        found = there(row)

    assert found == 1


def test_a_row_that_waits_is_written_as_it_was_changed(county):
    with CaptureQueriesContext(connection) as queries, acting(county):
        person = a_person()
        row = fact(person.id, "at first")
        add(person, row)
        change(row, value="afterwards", page="name")

    assert not [one for one in queries.captured_queries if one["sql"].startswith("UPDATE")]
    with acting(county):
        kept = Fact.objects.get(id=row.id)
    assert (kept.value, kept.page) == ("afterwards", "name")


def test_a_row_that_was_written_is_changed_in_the_database(county):
    with acting(county):
        row = fact(make.person().person, "at first")
        add(row)
        assert there(row)
        change(row, value="afterwards")

    with acting(county):
        assert Fact.objects.get(id=row.id).value == "afterwards"


def test_values_are_added_without_a_row(county):
    person = make.person().person
    told = fact(person, {"given": "Ada"})
    values = {name: value for name, value in vars(told).items() if name != "_state"}
    del values["superseded_at"]

    with CaptureQueriesContext(connection) as queries, acting(county):
        add_values(Fact, values, {**values, "id": uuid4(), "application": uuid4()})

    assert len(inserts(queries)) == 1
    with acting(county):
        kept = Fact.objects.get(id=told.id)
    assert (kept.value, kept.superseded_at) == ({"given": "Ada"}, None)


def test_what_a_failed_savepoint_added_is_forgotten(county):
    before, within, after = a_person(), a_person(), a_person()

    with acting(county):
        add(before)
        with pytest.raises(RuntimeError, match="halfway"), acting(county):
            add(within)
            raise RuntimeError("halfway")
        add(after)

    assert (there(before), there(within), there(after)) == (1, 0, 1)


def test_nothing_of_a_failed_act_stays(county):
    row = a_person()

    with pytest.raises(RuntimeError, match="halfway"), acting(county):
        add(row)
        raise RuntimeError("halfway")
    with acting(county):
        add(a_person())

    assert there(row) == 0


def test_outside_an_act_a_row_is_written_at_once():
    row = a_person()

    add(row)

    assert there(row) == 1


def test_another_organisation_s_row_cannot_be_added(county):
    person = make.person().person
    row = fact(person, organisation_id=organisation_id("northmere_district"))

    with pytest.raises(ProgrammingError, match="row-level security"), acting(county):
        add(row)


@pytest.mark.parametrize(
    "fault",
    [{"value": "half\0way"}, {"value": {"\0": 1}}, {"by": "n\0body"}, {"page": "x" * 61}],
    ids=str,
)
def test_what_cannot_be_kept_is_a_fault_of_the_data(county, fault):
    row = fact(make.person().person, **fault)

    with pytest.raises(DataError), acting(county):
        add(row)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(value=JSON, why=TEXT)
def test_every_value_is_kept_as_the_model_keeps_it(county, value, why):
    about = make.person().person
    same = {"page": why[:60], "valid_until": make.AT.date(), "grant": uuid4()}
    added, saved = fact(about, value, **same), fact(about, value, **same)

    with acting(county):
        add(added)
        saved.save(force_insert=True)
        kept, as_ever = (Fact.objects.filter(id=row.id).values().get() for row in (added, saved))

    differing = {name for name in kept if kept[name] != as_ever[name]}
    assert differing == {"id", "application"}
