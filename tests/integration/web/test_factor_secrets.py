"""Whoever reads the database can make no code of a second factor; whoever has the phone can."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from config import second_factors
from standpipe.identity.models import Account
from tests import make

OTHER_KEY = "another key for tests alone, known to everybody, of some length"
WORDS = {"en": "We cannot check codes just now", "cy": "Ni allwn wirio codau ar hyn o bryd"}


@pytest.fixture
def secret(database: object, owner: psycopg.Connection) -> Iterator[str]:
    """The secret in an app; afterwards there are the keys of before and no second factors."""
    before = settings.ENV
    yield generate_totp_secret()
    settings.ENV = before
    owner.execute("DELETE FROM mfa_authenticator")


def keys(today: str, *former: str) -> None:
    settings.ENV = replace(settings.ENV, secret_key=today, former_secret_keys=former)


def somebody(secret: str) -> Account:
    """An account with a password, an app and recovery codes."""
    account = Account.objects.get(id=make.account())
    account.set_password(make.PASSWORD)
    account.save()
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    TOTP.activate(account, secret)
    RecoveryCodes.activate(account)
    return account


def shown(secret: str) -> str:
    """The code that an app shows at this moment, as if no code had been used before."""
    cache.clear()
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def enter(account: Account, code: str, *, language: str = "en") -> Any:
    """Sign in with the password, then the code."""
    client = Client(HTTP_HOST="localhost")
    client.cookies["language"] = language
    client.post("/accounts/login/", {"login": account.email, "password": make.PASSWORD})
    return client.post("/accounts/2fa/authenticate/", {"code": code})


def rows(owner: psycopg.Connection) -> str:
    found = owner.execute("SELECT data::text FROM mfa_authenticator ORDER BY id").fetchall()
    return "\n".join(text for (text,) in found)


def test_the_database_holds_no_secret_and_codes_work(
    secret: str, owner: psycopg.Connection
) -> None:
    account = somebody(secret)
    codes = RecoveryCodes.activate(account)
    opened = codes.generate_codes()

    held = rows(owner)

    assert secret not in held and held.count('"sealed:') == 2
    assert enter(account, "000000").status_code == 200
    assert enter(account, shown(secret)).status_code == 302
    assert enter(account, opened[3]).status_code == 302
    assert enter(account, opened[3]).status_code == 200, "a recovery code works once"


def test_what_was_kept_before_works_and_is_sealed_by_the_command(
    secret: str, owner: psycopg.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    account = somebody(secret)
    row = Authenticator.objects.get(user=account, type="totp")
    row.data = {"secret": secret}
    row.save()

    assert enter(account, shown(secret)).status_code == 302
    assert "standpipe second-factors seal" in next(second_factors.faults())
    assert second_factors.main([]) == 0
    assert capsys.readouterr().out.startswith("1 sealed")
    assert secret not in rows(owner)
    assert list(second_factors.faults()) == []
    assert enter(account, shown(secret)).status_code == 302
    assert second_factors.main([]) == 0
    assert capsys.readouterr().out.startswith("0 sealed")


@pytest.mark.parametrize("language", ["en", "cy"])
def test_under_an_unknown_key_no_code_opens_and_the_page_says_why(
    secret: str, language: str
) -> None:
    account = somebody(secret)
    recovery = RecoveryCodes.activate(account).generate_codes()[0]
    keys(OTHER_KEY)

    for code in (shown(secret), recovery, "000000"):
        answer = enter(account, code, language=language)

        assert answer.status_code == 200
        assert WORDS[language] in answer.content.decode()
    assert "STANDPIPE_FORMER_SECRET_KEYS" in next(second_factors.faults())
    assert second_factors.main([]) == 1


def test_pages_of_recovery_codes_say_it_too(secret: str) -> None:
    account = somebody(secret)
    client = Client(HTTP_HOST="localhost")
    client.post("/accounts/login/", {"login": account.email, "password": make.PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": shown(secret)})
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    keys(OTHER_KEY)

    for page in ("", "generate/"):
        answer = client.get(f"/accounts/2fa/recovery-codes/{page}")

        assert answer.status_code == 503
        assert WORDS["en"] in answer.content.decode()


def test_a_former_key_opens_until_everything_is_sealed_anew(secret: str) -> None:
    account = somebody(secret)
    first = settings.ENV.secret_key
    keys(OTHER_KEY, first)

    assert enter(account, shown(secret)).status_code == 302
    assert second_factors.main([]) == 0
    keys(OTHER_KEY)
    assert enter(account, shown(secret)).status_code == 302
    keys(first)
    assert WORDS["en"] in enter(account, shown(secret)).content.decode()
