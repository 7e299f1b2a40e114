"""Where a second factor is asked for, staff set one up before a page of theirs opens."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.conf import settings
from django.test import Client

from standpipe.identity.actions import create_account, employ
from standpipe.identity.actor import system
from standpipe.identity.models import Account
from standpipe.kernel.identifiers import new_id
from standpipe.places.actions import organisation_id
from tests import make

LED_TO = "/account/second-factor"


@pytest.fixture
def _asked_for(database: object) -> Iterator[None]:
    before = settings.ENV
    settings.ENV = replace(before, staff_second_factor=True)
    yield
    settings.ENV = before


def somebody(*roles: str) -> tuple[Client, Account]:
    """Sign in a new account: of staff, if it has roles."""
    account = create_account(
        f"{new_id()}@factors.example",
        name="Sam",
        password=None,
        actor=system(None, task="test"),
        at=make.AT,
    )
    if roles:
        employ(account, organisation=organisation_id("borrowdale_county"), roles=roles)
    found = Account.objects.get(id=account)
    client = Client(HTTP_HOST="localhost")
    client.force_login(found, "allauth.account.auth_backends.AuthenticationBackend")
    return client, found


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("caseworker", "/staff/"),
        ("manager", "/policy/"),
        ("manager", "/figures/"),
        ("assessor", "/assessments/"),
        ("enforcement", "/staff/numbers"),
        ("adviser", "/assist"),
    ],
)
def test_no_page_of_staff_opens_without_one(_asked_for: None, role: str, path: str) -> None:
    client, account = somebody(role)

    assert client.get(path).headers["Location"] == LED_TO
    assert client.post(path).status_code in (302, 405)
    assert client.get(LED_TO).status_code == 200

    TOTP.activate(account, generate_totp_secret())
    assert client.get(path).status_code == 200
    assert client.get(LED_TO).headers["Location"] == "/signed-in"


def test_recovery_codes_alone_are_none(_asked_for: None) -> None:
    client, account = somebody("caseworker")
    RecoveryCodes.activate(account)

    assert client.get("/staff/").headers["Location"] == LED_TO


def test_what_is_ones_own_stays_open_to_staff(_asked_for: None) -> None:
    client, _ = somebody("caseworker")

    assert client.get("/account").status_code == 200
    assert client.get("/accounts/2fa/").status_code == 200


def test_residents_need_none(_asked_for: None) -> None:
    client, _ = somebody()

    assert client.get("/account").status_code == 200
    assert client.get(LED_TO).headers["Location"] == "/signed-in"


def test_where_it_is_not_asked_for_staff_need_none(database: object) -> None:
    client, _ = somebody("caseworker")

    assert client.get("/staff/").status_code == 200


@pytest.mark.parametrize(
    ("language", "first", "no_longer"),
    [
        ("en", "You now have recovery codes", "The old ones no longer work"),
        ("cy", "Mae gennych godau adfer nawr", "Nid yw’r hen rai yn gweithio mwyach"),
    ],
)
def test_old_recovery_codes_are_spoken_of_where_there_were_some(
    database: object, language: str, first: str, no_longer: str
) -> None:
    client, account = somebody("caseworker")
    account.set_password(make.PASSWORD)
    account.save()
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    client.cookies["language"] = language
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    said = [
        client.post(f"/accounts/2fa/{path}/", sent, follow=True).content.decode()
        for path, sent in (
            ("totp/activate", {"code": code}),
            ("recovery-codes/generate", {}),
        )
    ]

    assert [first in page for page in said] == [True, False]
    assert [no_longer in page for page in said] == [False, True]
