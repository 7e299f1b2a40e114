"""Accounts: never needed, and useful: one sign-in, by password, code or passkey."""

from __future__ import annotations

import re
import time

from launcher.stack import Stack
from tests.journeys.applicant import Applicant, resident
from tests.journeys.browsing import Visitor, messages
from tests.journeys.conftest import Let

PASSWORD = "four plain words here"
PATIENCE_SECONDS = 120


def code_in_newest_message(stack: Stack, email: str, *, after: int = 0) -> str:
    """Wait for a message beyond the first `after`, and return the code in it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = messages(stack.simulators["govuk_notify"], email)
        if len(found) > after:
            code = re.search(r"^\s*([0-9A-Z]{4}-[0-9A-Z]{4})\s*$", found[0]["body"], re.MULTILINE)
            assert code is not None, found[0]["body"]
            return code[1]
        time.sleep(0.3)
    raise AssertionError(f"nothing was sent to {email} in {PATIENCE_SECONDS} s")


def sign_up(visitor: Visitor, stack: Stack, email: str) -> None:
    visitor.open("/accounts/signup/")
    visitor.fill({"email": email, "password1": PASSWORD})
    visitor.press("Create account")
    visitor.fill({"code": code_in_newest_message(stack, email)})
    visitor.submit()


def test_an_account_made_on_the_way_keeps_the_application(let_in: Let, stack: Stack) -> None:
    email = "huw.keeps@residents.example"
    with let_in() as visitor:
        huw = Applicant(visitor, resident("huw"))
        huw.begin()
        sign_up(visitor, stack, email)

    with let_in() as visitor:
        visitor.open("/accounts/login/")
        visitor.fill({"login": email, "password": PASSWORD})
        visitor.press("Sign in")

        assert huw.reference in visitor.text
        visitor.press("Apply for a Blue Badge")
        assert visitor.path.endswith("/questions/address")


def test_a_wrong_password_says_one_thing(let_in: Let) -> None:
    with let_in() as visitor:
        visitor.open("/accounts/login/")
        visitor.fill({"login": "nobody@residents.example", "password": "wrong wrong wrong"})
        visitor.press("Sign in")

        assert len(visitor.errors) == 1


def test_a_passkey_signs_in(let_in: Let, stack: Stack) -> None:
    with let_in() as visitor:
        visitor.hold_passkeys()
        sign_up(visitor, stack, "passkey@residents.example")
        visitor.open("/accounts/2fa/webauthn/add/")
        if "/reauthenticate" in visitor.path:
            visitor.fill({"password": PASSWORD})
            visitor.submit()
        visitor.page.locator("main input[type=checkbox]").check()
        visitor.press_for_passkey("Add")
        visitor.page.context.clear_cookies()

        visitor.open("/accounts/login/")
        visitor.press_for_passkey("Sign in with a passkey")

        visitor.open("/account")
        assert "passkey@residents.example" in visitor.text
