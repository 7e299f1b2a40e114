"""An application whose version this release cannot read is not lost, and its page says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.test import Client

from standpipe.applications.queries import my_agreements
from standpipe.identity.actions import create_account, employ
from standpipe.identity.actor import system
from standpipe.identity.models import Account
from standpipe.kernel.identifiers import new_id
from standpipe.packs.loaded import packs
from standpipe.packs.models import PackSnapshot
from standpipe.places.actions import organisation_id
from tests import make

COUNTY = "borrowdale_county"
SPOILED = "1" * 64


@pytest.fixture
def spoiled(owner: psycopg.Connection, database: object) -> Iterator[psycopg.Connection]:
    """A version with a word that this release does not know; afterwards nothing is of it."""
    pack = packs()["blue_badge"]
    PackSnapshot.objects.create(
        sha256=SPOILED,
        name=pack.name,
        version="0.9.0",
        files={**pack.files, "form.yaml": "pages_of_old: []\n"},
        first_used_at=make.AT,
    )
    yield owner
    turn = "UPDATE applications_application SET pack_id = %s WHERE pack_id = %s"
    owner.execute(turn, [pack.sha256, SPOILED])
    owner.execute("DELETE FROM packs_packsnapshot WHERE sha256 = %s", [SPOILED])


def is_of_it(owner: psycopg.Connection, reference: str) -> None:
    owner.execute(
        "UPDATE applications_application SET pack_id = %s WHERE reference = %s",
        [SPOILED, reference],
    )


def begun(whom: str = "self", client: Client | None = None) -> tuple[Client, str]:
    client = client or Client(HTTP_HOST="localhost")
    answer: Any = client.post("/services/blue_badge/start", {"forWhom": whom})
    return client, answer["Location"].rpartition("/")[2]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "We cannot show this application"), ("cy", "Ni allwn ddangos y cais hwn")],
)
def test_a_person_is_told_that_nothing_is_lost(
    spoiled: psycopg.Connection, language: str, words: str
) -> None:
    client, reference = begun()
    is_of_it(spoiled, reference)
    client.cookies["language"] = language

    for page in ("", "/questions/address", "/answers", "/outcome"):
        answer = client.get(f"/applications/{reference}{page}")
        said = answer.content.decode()

        assert answer.status_code == 503
        assert words in said and reference in said
        assert "form.yaml" not in said, "what does not load is for staff"


@pytest.mark.parametrize("whom", ["self", "child", "someone_else"])
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "We cannot show this one just now"), ("cy", "Ni allwn ddangos hwn ar hyn o bryd")],
)
def test_ones_lists_stay_and_say_which_cannot_be_shown(
    spoiled: psycopg.Connection, whom: str, language: str, words: str
) -> None:
    client, reference = begun(whom)
    _, readable = begun("child", client)
    client.cookies["language"] = language
    as_ever = client.get("/applications").content.decode()
    is_of_it(spoiled, reference)

    answer = client.get("/applications")

    said = answer.content.decode()
    assert answer.status_code == 200
    assert reference in said and readable in said
    assert (as_ever.count(words), said.count(words)) == (0, 1)
    assert client.get(f"/applications/{reference}").status_code == 503


def test_ones_agreements_stay(spoiled: psycopg.Connection) -> None:
    parent = make.person()
    is_of_it(spoiled, make.begun(parent, "blue_badge", for_whom="child"))

    assert my_agreements(actor=parent, at=make.AT) == []


def test_looking_at_one_that_cannot_be_read_is_recorded(spoiled: psycopg.Connection) -> None:
    client, reference = begun("child")
    is_of_it(spoiled, reference)
    client.get("/applications")

    found = spoiled.execute(
        "SELECT verb, body::jsonb ->> 'purpose', body::jsonb ->> 'basis' FROM audit_entry"
        " WHERE body::jsonb ->> 'what' = %s ORDER BY id DESC LIMIT 1",
        [f"application:{reference}"],
    ).fetchone()
    assert found == ("data.read", "your_applications", "mandate")


def test_staff_are_told_which_version_and_what_does_not_load(spoiled: psycopg.Connection) -> None:
    reference = make.received(make.person())
    is_of_it(spoiled, reference)

    answer = caseworker().get(f"/staff/cases/{reference}")

    said = answer.content.decode()
    assert answer.status_code == 503
    assert "blue_badge 0.9.0" in said and "form.yaml" in said and reference in said


def caseworker() -> Client:
    account = create_account(
        f"{new_id()}@unreadable.example",
        name="Sam",
        password=None,
        actor=system(None, task="test"),
        at=make.AT,
    )
    employ(account, organisation=organisation_id(COUNTY), roles=("caseworker",))
    client = Client(HTTP_HOST="localhost")
    client.force_login(
        Account.objects.get(id=account), "allauth.account.auth_backends.AuthenticationBackend"
    )
    return client
