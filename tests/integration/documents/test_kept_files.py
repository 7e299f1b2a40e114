"""Files are seen by those whom they concern, and every opening is recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from standpipe.consent.actions import permit_own, permit_task
from standpipe.documents.actions import FileValue, keep, purge
from standpipe.documents.cleaning import Cleaned
from standpipe.documents.queries import (
    NoSuchDocument,
    documents_of,
    letter_of,
    open_document,
)
from standpipe.identity.actions import new_person
from standpipe.identity.actor import Actor, system
from standpipe.identity.tenancy import acting
from standpipe.kernel.identifiers import new_id
from standpipe.places.actions import organisation_id

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
COUNTY, TRUST = organisation_id("borrowdale_county"), organisation_id("borrowdale_nhs")
LETTER = Cleaned.of(b"%PDF-1.7 a letter", name="letter.pdf", media_type="application/pdf")


def a_person() -> Actor:
    return Actor(kind="person", id="p", name="Ada", person=new_person(at=AT))


def staff(organisation: UUID) -> Actor:
    return Actor(kind="staff", id="s", name="Kit", organisation=organisation)


def kept(person: Actor, *, made: bool = False) -> tuple[FileValue, str]:
    what = f"application:{new_id()}"
    actor = system(COUNTY, task="test") if made else person
    with acting(actor):
        value = keep(
            LETTER,
            what=what,
            person=person.person,
            organisation=COUNTY,
            actor=actor,
            at=AT,
            made=made,
        )
    return value, what


def opened_by(actor: Actor, document: UUID):
    with acting(actor):
        if actor.person:
            permission = permit_own(actor, purpose="own", at=AT)
        else:
            permission = permit_task(
                actor, organisation=actor.organisation, purpose="blue_badge", at=AT
            )
        return open_document(document, permission=permission)


def test_a_file_comes_back_as_it_was_kept():
    ada = a_person()
    value, _ = kept(ada)

    opened = opened_by(ada, value.document)

    assert (opened.name, opened.media_type) == ("letter.pdf", "application/pdf")
    assert (opened.content, opened.sha256) == (LETTER.content, LETTER.sha256)
    assert value.as_value() == {
        "document": str(value.document),
        "name": "letter.pdf",
        "media_type": "application/pdf",
        "size": 17,
        "sha256": LETTER.sha256,
    }


def test_staff_of_the_organisation_may_open_it_and_those_of_another_may_not():
    value, what = kept(a_person())

    assert opened_by(staff(COUNTY), value.document).content == LETTER.content
    with pytest.raises(NoSuchDocument):
        opened_by(staff(TRUST), value.document)
    with acting(staff(TRUST)):
        permission = permit_task(staff(TRUST), organisation=TRUST, purpose="x", at=AT)
        assert documents_of(what, permission=permission) == []


def test_another_person_finds_nothing():
    value, _ = kept(a_person())

    with pytest.raises(NoSuchDocument):
        opened_by(a_person(), value.document)


def test_without_the_filters_of_the_query_the_database_still_shows_nothing():
    value, what = kept(a_person())
    wrong = staff(TRUST)

    # A permission for the county in the hands of the trust: only row-level security is left.
    permission = permit_task(staff(COUNTY), organisation=COUNTY, purpose="x", at=AT)
    with acting(wrong):
        assert documents_of(what, permission=permission) == []
        with pytest.raises(NoSuchDocument):
            open_document(value.document, permission=permission)


def test_keeping_and_opening_are_recorded(owner: psycopg.Connection):
    ada = a_person()
    value, what = kept(ada)
    opened_by(staff(COUNTY), value.document)

    rows = owner.execute(
        "SELECT verb, body::json->'actor'->>'name', body::json->>'purpose', body::json->>'what'"
        " FROM audit_entry WHERE subjects @> ARRAY[%s] ORDER BY id",
        [ada.person],
    ).fetchall()

    assert rows == [
        ("document.received", "Ada", None, what),
        ("document.read", "Kit", "blue_badge", what),
    ]


def test_what_we_wrote_is_found_as_the_letter():
    ada = a_person()
    _, received = kept(ada)
    value, made = kept(ada, made=True)

    with acting(ada):
        assert letter_of(received, since=AT) is None
        assert letter_of(made, since=AT) == value.document
        assert letter_of(made, since=AT + timedelta(seconds=1)) is None
        lines = documents_of(made, permission=permit_own(ada, purpose="own", at=AT))
    assert [(line.id, line.size, line.made) for line in lines] == [(value.document, 17, True)]


def test_files_of_a_draft_are_deleted_when_its_time_is_up():
    ada = a_person()
    value, what = kept(ada)

    with acting(system(COUNTY, task="expire")):
        purge(what)

    with pytest.raises(NoSuchDocument):
        opened_by(ada, value.document)
