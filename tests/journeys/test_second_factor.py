"""Staff show by two things that it is they: a password, and an app, a passkey or a kept code."""

from __future__ import annotations

import hmac
import time
from base64 import b32decode
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Browser

from launcher.stack import Addresses, Stack
from tests.journeys.browsing import NARROW, Setting, Visitor, visitor
from tests.journeys.onlooker import Onlooker

PERIOD_SECONDS = 30


@pytest.fixture(scope="module")
def strict(
    stack: Stack, database: Addresses, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """A web server over the same database that asks staff for a second factor."""
    settings = {**stack.variables, "STANDPIPE_STAFF_SECOND_FACTOR": "yes"}
    del settings["STANDPIPE_ORIGIN"]
    folder = tmp_path_factory.mktemp("strict")
    beside = Stack(folder, database=database, kind="test", settings=settings)
    try:
        beside.start_web()
        yield beside
    finally:
        beside.stop()


@pytest.fixture
def caseworker(
    staff: dict[str, dict[str, str]], owner: psycopg.Connection
) -> Iterator[dict[str, str]]:
    """Somebody with a password alone, before this and after it: others sign in as them."""
    yield staff["Caseworker"]
    owner.execute("DELETE FROM mfa_authenticator")


class Phone:
    """An authenticator app; it shows no code that was shown to somebody before."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._shown = 0

    def code(self) -> str:
        """Return the code of now, with some seconds left to type it."""
        while time.time() % PERIOD_SECONDS > PERIOD_SECONDS - 8 or self._period() <= self._shown:
            time.sleep(0.5)
        self._shown = self._period()
        # RFC 6238, which counts periods, and RFC 4226, which makes six digits of a count.
        key = b32decode(self._secret)
        made = hmac.digest(key, self._shown.to_bytes(8, "big"), "sha1")
        start = made[-1] & 0x0F
        number = int.from_bytes(made[start : start + 4], "big") & 0x7FFF_FFFF
        return f"{number % 1_000_000:06}"

    def _period(self) -> int:
        return int(time.time()) // PERIOD_SECONDS


def sign_in(one: Visitor, who: dict[str, str]) -> None:
    one.open("/accounts/login/?next=/staff/")
    one.fill({"login": who["name"], "password": who["secret"]})
    one.submit()


def sign_out(one: Visitor) -> None:
    one.open("/accounts/logout/")
    one.submit()


def test_staff_set_up_an_app_and_sign_in_with_it_and_with_a_recovery_code(
    chromium: Browser, strict: Stack, caseworker: dict[str, str]
) -> None:
    setting = Setting(NARROW, language="cy")
    with visitor(chromium, strict.origin, setting, seen=Onlooker(chromium).sees) as one:
        sign_in(one, caseworker)
        assert one.path == "/account/second-factor"
        one.press("Gosod ap")
        assert one.path == "/accounts/reauthenticate/"
        one.fill({"password": caseworker["secret"]})
        one.submit()
        one.fill({"code": "000000"})
        one.submit()
        assert one.errors
        phone = Phone(one.page.locator("#authenticator_secret").inner_text())
        one.fill({"code": phone.code()})
        one.submit()
        recovery = one.page.locator("main ul.app-code li").all_inner_texts()
        assert len(recovery) == 10
        one.press("Parhau")
        assert one.path == "/staff/"

        sign_out(one)
        sign_in(one, caseworker)
        one.open("/staff/")
        assert one.path == "/accounts/2fa/authenticate/"
        one.fill({"code": recovery[0]})
        one.submit()
        assert one.path == "/staff/"

        sign_out(one)
        sign_in(one, caseworker)
        one.fill({"code": recovery[0]})
        one.submit()
        assert one.errors
        one.fill({"code": phone.code()})
        one.submit()
        assert one.path == "/staff/"


def test_staff_add_a_passkey_and_sign_in_with_it(
    chromium: Browser, strict: Stack, caseworker: dict[str, str]
) -> None:
    with visitor(chromium, strict.origin, Setting(NARROW), seen=Onlooker(chromium).sees) as one:
        one.hold_passkeys()
        sign_in(one, caseworker)
        one.press("Add a passkey")
        one.fill({"password": caseworker["secret"]})
        one.submit()
        assert one.path == "/accounts/2fa/webauthn/add/"
        one.page.locator("main input[type=checkbox]").check()
        one.press_for_passkey("Add")
        assert "You now have recovery codes" in one.page.locator("body").inner_text()
        recovery = one.page.locator("main ul.app-code li").all_inner_texts()
        one.press("Continue")
        assert one.path == "/staff/"

        sign_out(one)
        sign_in(one, caseworker)
        assert one.path == "/accounts/2fa/authenticate/"
        one.press_for_passkey("Use a passkey")
        assert one.path == "/staff/"

        sign_out(one)
        one.open("/accounts/login/?next=/staff/")
        one.press_for_passkey("Sign in with a passkey")
        assert one.path == "/staff/", "a passkey is both things at once"

        sign_out(one)
        sign_in(one, caseworker)
        one.fill({"code": recovery[0]})
        one.submit()
        assert one.path == "/staff/", "without the passkey, a recovery code will do"
