"""Somebody goes back from paying to change an answer: two payments can never both be made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from standpipe.applications import actions
from standpipe.applications.actions.calling_off import call_off, call_off_left_behind
from standpipe.consent.queries import standing_in
from standpipe.gateway.loaded import connectors
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.errors import Unavailable
from standpipe.payments.queries import PaymentView, payment_of
from tests import make
from tests.integration.applications.test_one_sitting import pay, submit
from tests.integration.outside import Outside
from tests.make import AT

pytestmark = pytest.mark.usefixtures("outside", "nobody_holds_one")
COUNTY = "borrowdale_county"


class Buyer:
    """Somebody who asks for badges for an organisation, at so much for each."""

    def __init__(self) -> None:
        person = make.resident()
        self.reference = make.application(person, for_whom="organisation", told=wants("3"))
        self.actor: Actor = standing_in(self.reference, actor=person)

    def send(self) -> str:
        """Send the application on to be paid, and return where it is paid."""
        return submit(self.reference, self.actor).pay_url

    def go_back(self, *, wanting: str) -> None:
        actions.change_after_all(self.reference, actor=self.actor, at=AT)
        sent = {"badgesWanted": wanting}
        actions.answer(
            self.reference, page="badges_wanted", submitted=sent, actor=self.actor, at=AT
        )

    def payment(self) -> PaymentView:
        with acting(self.actor):
            return payment_of(make.view(self.reference, self.actor).id)

    def settle(self) -> str:
        return actions.settle(self.reference, actor=self.actor, at=AT).state


def wants(badges: str) -> dict[str, str]:
    return {"applicant/organisation.badges_wanted": badges}


@contextmanager
def silent(system: Outside) -> Iterator[None]:
    """Have an outside system gone for a while, and the circuit to it whole again afterwards."""
    system.kill()
    try:
        yield
    finally:
        system.start()
        connectors.cache_clear()


def sweep() -> None:
    """Do what the worker does every five minutes."""
    worker = make.worker(COUNTY)
    call_off_left_behind(before=AT + timedelta(hours=1), actor=worker, at=AT)


def test_what_was_begun_to_be_paid_before_can_be_paid_no_more():
    buyer = Buyer()
    first = buyer.send()

    buyer.go_back(wanting="2")
    second = buyer.send()
    pay(first)

    assert buyer.settle() == "pay", "the first address takes nothing"
    pay(second)
    assert buyer.settle() == "received"
    assert (buyer.payment().state, buyer.payment().amount_pence) == ("success", 2000)


def test_nobody_is_stopped_where_pay_is_silent_and_the_worker_ends_it_later(outside):
    buyer = Buyer()
    first = buyer.send()
    with silent(outside["govuk_pay"]):
        buyer.go_back(wanting="2")
        assert buyer.payment().state == "created"
        with pytest.raises(Unavailable):
            buyer.send()

    sweep()
    pay(first)
    sweep()

    assert buyer.payment().state == "cancelled"


def test_a_payment_that_is_waited_for_is_left_alone():
    buyer = Buyer()
    first = buyer.send()

    sweep()
    pay(first)

    assert buyer.settle() == "received"


def test_what_was_paid_before_going_back_counts():
    buyer = Buyer()
    pay(buyer.send())

    buyer.go_back(wanting="3")

    assert buyer.payment().state == "success"
    submit(buyer.reference, buyer.actor)
    assert buyer.settle() == "received"


def test_what_was_paid_for_an_application_sent_without_it_is_paid_back():
    buyer = Buyer()
    pay(buyer.send())

    call_off(buyer.payment().id, is_sent=True, actor=buyer.actor, at=AT)

    assert buyer.payment().refunded_pence == 3000
