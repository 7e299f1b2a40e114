"""Rows found by a statement that is made once: the same as the model finds them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import transaction

from standpipe.facts.models import Fact
from standpipe.identity.models import Account, Person
from standpipe.identity.tenancy import acting
from standpipe.rows.actions import add
from standpipe.rows.queries import find
from tests import make

FACT = {
    "source": "told",
    "by": "system:test",
    "assurance": "claimed",
    "at": make.AT,
    "valid_until": make.AT.date(),
    "grant": uuid4(),
}


@pytest.fixture
def ada(county):
    """A person of whom three things are known, one of them no longer so."""
    person, application = make.person().person, uuid4()
    with acting(county):
        for need, value, superseded_at in (
            ("applicant/person.name", {"given": "Ada", "family": "Roe"}, None),
            ("applicant/person.birth_date", "1980-03-31", None),
            ("applicant/person.birth_date", "1981-03-31", make.AT),
            ("applicant/contact.email", None, None),
        ):
            add(
                Fact(
                    person_id=person,
                    organisation_id=county.organisation,
                    application=application,
                    need=need,
                    value=value,
                    superseded_at=superseded_at,
                    **FACT,
                )
            )
    return person


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({}, {}),
        ({"superseded_at": None}, {"superseded_at": None}),
        ({"superseded_at": make.AT}, {"superseded_at": make.AT}),
        (
            {"need": ["applicant/person.name", "applicant/contact.email"]},
            {"need__in": ["applicant/person.name", "applicant/contact.email"]},
        ),
        ({"need": []}, {"need__in": []}),
        ({"need": "nobody's"}, {"need": "nobody's"}),
    ],
    ids=str,
)
def test_it_finds_what_the_model_finds(county, ada, ours, theirs):
    with acting(county):
        found = find(Fact, person_id=ada, **ours)
        as_ever = list(Fact.objects.filter(person_id=ada, **theirs))

    def whole(rows):
        names = [field.attname for field in Fact._meta.concrete_fields]
        return sorted(([getattr(row, name) for name in names] for row in rows), key=str)

    assert whole(found) == whole(as_ever)


def test_others_find_nothing(ada):
    with acting(make.person()):
        assert find(Fact, person_id=ada) == []


def test_what_is_found_can_be_changed():
    account = make.account()

    found = find(Account, id=account)[0]
    found.name = "Ada Lovelace"
    found.save(update_fields=["name"])

    assert Account.objects.get(id=account).name == "Ada Lovelace"


def test_nobody_else_changes_what_is_locked(owner):
    person = make.person().person

    with transaction.atomic():
        assert find(Person, id=person, lock=True)
        assert not _can_be_locked(owner, person)
    assert _can_be_locked(owner, person)


def _can_be_locked(owner, person) -> bool:
    found = owner.execute(
        "SELECT 1 FROM identity_person WHERE id = %s FOR UPDATE SKIP LOCKED", [person]
    )
    return found.fetchone() is not None
