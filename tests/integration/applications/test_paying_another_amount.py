"""
Somebody pays, and then changes an answer so that the fee is another one.

However they and the worker go on, what is kept of their money in the end is the fee, or nothing.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import psycopg
import pytest
from django.db import connection

from connectors.govuk_pay.card_pages import HEARD_LATE
from standpipe.applications import actions
from standpipe.applications.actions.expiring import expire_drafts
from standpipe.applications.application import Submitted
from standpipe.kernel.errors import Unavailable
from standpipe.payments.tasks import pay_back_overdue
from standpipe.places.actions import organisation_id
from tests import make
from tests.integration.applications.test_going_back_from_paying import (
    COUNTY,
    Buyer,
    silent,
    sweep,
)
from tests.integration.applications.test_one_sitting import CARD, messages, pay, submit
from tests.integration.outside import Outside
from tests.make import AT

pytestmark = pytest.mark.usefixtures("outside", "nobody_holds_one")


@pytest.fixture
def pay_system(outside: dict[str, Outside]) -> Outside:
    return outside["govuk_pay"]


def kept(pay_system: Outside, reference: str) -> int:
    """How much of somebody's money is with us, in pence, as Pay has it."""
    known = pay_system.settings
    found = httpx.get(
        f"{known['STANDPIPE_PAY_URL']}/v1/payments?reference={reference}",
        headers={"Authorization": f"Bearer {known['STANDPIPE_PAY_KEY']}"},
    ).json()["results"]
    return sum(
        one["amount"] - one["refund_summary"]["amount_submitted"]
        for one in found
        if one["state"]["status"] == "success"
    )


def paid_and_went_back(*, wanting: str) -> Buyer:
    """Somebody who paid for three in another tab, and now wants another number."""
    buyer = Buyer()
    pay(buyer.send())
    buyer.go_back(wanting=wanting)
    return buyer


def everything_again(buyer: Buyer) -> None:
    """Press again, come back again, and let the worker do its rounds twice."""
    buyer.settle()
    for _ in range(2):
        submit(buyer.reference, buyer.actor)
        buyer.settle()
        pay_back()
        sweep()


def pay_back() -> None:
    pay_back_overdue(organisation_id(COUNTY), at=AT + timedelta(hours=1))


@pytest.mark.parametrize(
    ("wanting", "fee_pence", "told"), [("2", 2000, 1), ("3", 3000, 0), ("4", 4000, 1)]
)
def test_in_the_end_the_fee_was_paid_and_no_more(
    pay_system: Outside, owner: psycopg.Connection, wanting: str, fee_pence: int, told: int
) -> None:
    buyer = paid_and_went_back(wanting=wanting)

    sent = submit(buyer.reference, buyer.actor)
    if sent.state == "pay":
        assert kept(pay_system, buyer.reference) == 0, "what was too little goes back at once"
        pay(sent.pay_url)
    everything_again(buyer)

    assert kept(pay_system, buyer.reference) == fee_pence
    assert make.view(buyer.reference, buyer.actor).status == "submitted"
    assert messages(owner, buyer.reference).count("fee_returned") == told


def test_whoever_paid_enough_is_not_led_to_pay(pay_system: Outside) -> None:
    buyer = paid_and_went_back(wanting="2")

    assert submit(buyer.reference, buyer.actor) == Submitted("received")
    assert buyer.payment().refunded_pence == 1000


def test_what_the_bank_took_and_pay_had_not_heard_of_counts(pay_system: Outside) -> None:
    buyer = Buyer()
    with httpx.Client(follow_redirects=True) as browser:
        page = browser.get(buyer.send())
        card = {**CARD, "card_number": HEARD_LATE}
        browser.post(str(page.url), data=card, follow_redirects=False)
    assert buyer.settle() == "pay", "Pay says that it is being taken"

    buyer.go_back(wanting="2")

    assert buyer.payment().state == "success", "told to cancel it, Pay asked the bank"
    assert submit(buyer.reference, buyer.actor) == Submitted("received")
    assert kept(pay_system, buyer.reference) == 2000


def test_where_pay_is_silent_too_much_goes_back_later(pay_system: Outside) -> None:
    buyer = paid_and_went_back(wanting="2")

    with silent(pay_system):
        assert submit(buyer.reference, buyer.actor) == Submitted("received")
    assert kept(pay_system, buyer.reference) == 3000
    pay_back()

    everything_again(buyer)
    assert kept(pay_system, buyer.reference) == 2000


def test_where_pay_is_silent_too_little_goes_back_later(pay_system: Outside) -> None:
    buyer = paid_and_went_back(wanting="4")

    with silent(pay_system), pytest.raises(Unavailable):
        submit(buyer.reference, buyer.actor)
    pay(submit(buyer.reference, buyer.actor).pay_url)
    everything_again(buyer)

    assert kept(pay_system, buyer.reference) == 4000


@pytest.mark.parametrize(("wanting", "fee_pence"), [("2", 2000), ("4", 4000)])
def test_pressed_twice_at_once_is_once(pay_system: Outside, wanting: str, fee_pence: int) -> None:
    buyer = paid_and_went_back(wanting=wanting)

    def press(_: int) -> Submitted:
        try:
            return submit(buyer.reference, buyer.actor)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        first, second = both.map(press, range(2))
    assert first == second
    if first.pay_url:
        pay(first.pay_url)
    everything_again(buyer)

    assert kept(pay_system, buyer.reference) == fee_pence


def test_what_was_paid_for_what_is_never_sent_goes_back(pay_system: Outside) -> None:
    forgotten, withdrawn = (paid_and_went_back(wanting="2") for _ in range(2))

    actions.withdraw(withdrawn.reference, actor=withdrawn.actor, at=AT)
    expire_drafts(actor=make.worker(COUNTY), at=AT + timedelta(days=400))
    for _ in range(2):
        pay_back_overdue(organisation_id(COUNTY), at=AT + timedelta(days=401))

    assert kept(pay_system, withdrawn.reference) == 0
    assert kept(pay_system, forgotten.reference) == 0
