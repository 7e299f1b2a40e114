"""Accounts: made once, recorded, and one person behind each."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from standpipe.identity.actions import AccountExists, person_of
from tests import make

HOST = {"Host": "localhost"}


def test_an_address_has_one_account_whatever_its_letters():
    make.account(email="Ada.Case@example.org")

    with pytest.raises(AccountExists):
        make.account(email="ada.case@EXAMPLE.org")


def test_that_an_account_was_made_is_recorded(owner):
    account = make.account()

    found = owner.execute(
        "SELECT count(*) FROM audit_entry WHERE verb = 'account.created' AND body LIKE %s",
        [f"%account:{account}%"],
    )
    assert found.fetchone() == (1,)


def test_the_person_behind_an_account_stays_the_same():
    account = make.account()

    assert person_of(account, at=make.AT) == person_of(account, at=make.AT)


def test_somebody_signs_up_with_a_code_and_begins(owner):
    client = Client()
    email = "new.resident@example.org"

    asked = client.post(
        "/accounts/signup/", {"email": email, "password1": "an uncommon word 7"}, headers=HOST
    )
    assert asked.status_code == 302
    body = owner.execute(
        'SELECT body FROM notifications_message WHERE "to" = %s ORDER BY id DESC LIMIT 1', [email]
    ).fetchone()
    assert body is not None
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", body[0])[0]
    client.post("/accounts/confirm-email/", {"code": code}, headers=HOST)
    begun = client.post("/services/blue_badge/start", make.FOR_MYSELF, headers=HOST)
    first = client.get(begun.headers["Location"], headers=HOST)

    assert begun.status_code == 302
    assert first.status_code == 302, "one's own application is there"
    assert "/questions/" in first.headers["Location"]


def test_who_asks_for_a_code_learns_nothing_of_who_has_an_account(owner):
    make.account(email="known.one@example.org")

    answers = [
        Client().post("/accounts/login/code/", {"email": email}, headers=HOST)
        for email in ("known.one@example.org", "unknown.one@example.org")
    ]

    assert answers[0].status_code == answers[1].status_code
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
