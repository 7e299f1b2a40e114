"""At a library's computer: time runs out, all is forgotten, and “back” shows nothing."""

from __future__ import annotations

import re
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error

from launcher.stack import Stack
from tests.journeys.browsing import Setting, Visitor, messages
from tests.journeys.conftest import Let
from tests.journeys.reporter import ANSWERS, Reporter

LOCATION = ANSWERS["where"]["report.location"]
PATIENCE_SECONDS = 120
PHONE_WELSH = Setting(360, script=False, language="cy")


@pytest.fixture(scope="module")
def address(stack: Stack) -> str:
    words = ("--organisation", "borrowdale_county", "--name", "Rosegill library, desk 1")
    return urlsplit(stack.standpipe("kiosk", "address", *words, quiet=True).strip()).path


def sits_down(visitor: Visitor, address: str) -> Reporter:
    visitor.open(address)
    reporter = Reporter(visitor)
    reporter.begin()
    reporter.answer()
    return reporter


def shows_nothing_of_it(visitor: Visitor, reference: str) -> None:
    """Go back as far as the browser goes; nothing of what was told is shown."""
    for _ in range(6):
        try:
            visitor.page.go_back(wait_until="load")
        except Error as refused:
            # The answer to a form that was sent, or a page that is gone: nothing is kept to show.
            assert any(one in refused.message for one in ("ERR_CACHE_MISS", "Not attached"))
            continue
        assert LOCATION not in visitor.html, visitor.page.url
        shown = visitor.page.locator("body").inner_text()
        assert reference not in shown, visitor.page.url


def test_somebody_who_needs_more_time_gets_it_and_who_left_is_forgotten(
    let_in: Let, address: str
) -> None:
    with let_in() as visitor:
        visitor.page.clock.install()
        reporter = sits_down(visitor, address)
        here, reference = visitor.path, reporter.reference
        visitor.page.go_back(wait_until="load")
        assert LOCATION in visitor.html, "it is there to be found, while they are"
        visitor.open(here)

        visitor.page.clock.run_for("02:01")
        warning = visitor.page.get_by_role("dialog")
        assert "Are you still there?" in warning.inner_text()
        assert visitor.page.locator("#kiosk-more").evaluate("one => one === document.activeElement")
        visitor.seen(visitor)
        visitor.page.get_by_role("button", name="I need more time").click()
        assert not warning.is_visible()
        visitor.page.clock.run_for("02:01")
        assert warning.is_visible(), "it asks again"

        visitor.page.clock.run_for("01:00")
        visitor.page.wait_for_url("**/kiosk/cleared?in=en")
        assert visitor.heading == "This computer has forgotten you"
        shows_nothing_of_it(visitor, reference)
        visitor.open(f"/applications/{reference}")
        assert visitor.path == "/return"


def test_without_scripts_and_in_welsh_the_pages_themselves_lead_on(
    let_in: Let, address: str
) -> None:
    with let_in(PHONE_WELSH) as visitor:
        visitor.open(address)
        reporter = Reporter(visitor)
        reporter.begin()
        reporter.answer()
        here, reference = visitor.path, reporter.reference
        leads = re.search(r'http-equiv="refresh" content="120;url=([^"]+)"', source(visitor))
        assert leads, "no way on without scripts"

        visitor.open(leads[1].replace("&amp;", "&"))
        assert visitor.heading == "Ydych chi yno o hyd?"
        assert 'content="60;url=/kiosk/cleared"' in source(visitor)
        visitor.press("Mae angen rhagor o amser arnaf")
        assert visitor.path == here

        # Where the browser goes by itself when another minute has passed.
        visitor.open("/kiosk/cleared")
        assert visitor.heading == "Mae’r cyfrifiadur hwn wedi eich anghofio"
        shows_nothing_of_it(visitor, reference)


def source(visitor: Visitor) -> str:
    """The page as it was sent."""
    return visitor.page.request.get(visitor.page.url).text()


def test_whoever_is_done_takes_a_receipt_and_clears(
    let_in: Let, address: str, stack: Stack
) -> None:
    with let_in() as visitor:
        reporter = sits_down(visitor, address)
        assert visitor.page.get_by_role("link", name="Sign in").count() == 0
        reporter.answer_all()
        reporter.declare()
        reference = reporter.reference
        visitor.press("Print or email a receipt")
        assert LOCATION not in visitor.text
        visitor.page.emulate_media(media="print")
        assert visitor.page.locator(".app-cover").is_visible()
        assert not visitor.page.get_by_role("button", name="Send the receipt").is_visible()
        assert not visitor.page.get_by_role("button", name="Finish and clear").is_visible()
        visitor.page.emulate_media(media="screen")
        visitor.press("Send the receipt")
        assert visitor.errors
        visitor.fill({"email": "receipt.of.ada@example.org"})
        visitor.press("Send the receipt")
        assert "We sent the receipt to receipt.of.ada@example.org." in visitor.text

        visitor.press("Finish and clear")
        assert visitor.heading == "This computer has forgotten you"
        shows_nothing_of_it(visitor, reference)
        assert reference in receipt_sent(stack)


def receipt_sent(stack: Stack) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for one in messages(stack.simulators["govuk_notify"], "receipt.of.ada@example.org"):
            return str(one["body"])
        time.sleep(0.3)
    raise AssertionError(f"no receipt came in {PATIENCE_SECONDS} s")
