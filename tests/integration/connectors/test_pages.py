"""The pages of the simulators, in a browser: without a fault axe can find, and at 360 pixels."""

from __future__ import annotations

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from launcher.toolchain import chromium
from standpipe.gateway.contracts import OutgoingMessage, PaymentRequest

WIDTH = 360
CARD = {
    "card_number": "4444333322221111",
    "expiry_month": "10",
    "expiry_year": "40",
    "cardholder_name": "A Tyson",
    "cvc": "123",
}


@pytest.fixture(scope="module")
def page():
    """A narrow page of a browser."""
    where = chromium()
    if where is None:
        pytest.skip("There is no Chromium on the PATH.")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=arguments)
        yield browser.new_page(viewport={"width": WIDTH, "height": 740})
        browser.close()


def check(page):
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


def fee(*, key, language="en", return_url="http://localhost:1/back"):
    return PaymentRequest(1000, "BB-1", "Blue Badge fee", return_url, None, language, key)


def test_messages_can_be_read(page, simulators):
    running = simulators["govuk_notify"]
    outbound, notify = running.connector()
    texts = {"subject": "Your code", "body": "Hello Ada\n\nGo on at https://apply.example/c/AB12."}
    notify.send(OutgoingMessage("email", "ada@residents.example", "code", texts, "pages-1"))
    outbound.close()

    page.goto(f"{running.url}/messages")
    check(page)
    page.click("text=Your code")
    check(page)

    assert page.get_attribute(".message a", "href") == "https://apply.example/c/AB12"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_payer_can_mend_a_card_and_pay(page, simulators, language):
    outbound, pay = simulators["govuk_pay"].connector()
    messages = f"{simulators['govuk_notify'].url}/messages"
    payment = pay.create(fee(key=f"pages-{language}", language=language, return_url=messages))

    page.goto(payment.next_url)
    check(page)
    page.click("#confirm")
    check(page)
    for name, value in CARD.items():
        page.fill(f"#{name}", value)
    page.click("#confirm")

    assert page.url == messages
    assert pay.state(payment.provider_id).status == "success"
    outbound.close()


def test_a_payment_that_was_cancelled_leads_back(page, simulators):
    outbound, pay = simulators["govuk_pay"].connector()
    payment = pay.create(fee(key="pages-cancelled"))

    page.goto(payment.next_url)
    page.click("#cancel")
    check(page)

    assert page.get_attribute("#return-url", "href") == "http://localhost:1/back"
    outbound.close()
