"""A payment is asked for, made and paid back once: Pay fails, people press twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from standpipe.identity.actions import new_person
from standpipe.identity.actor import Actor, system
from standpipe.identity.tenancy import acting
from standpipe.kernel.errors import Unavailable
from standpipe.kernel.identifiers import new_id, readable_code
from standpipe.payments.actions import (
    NoSuchPayment,
    NothingToPay,
    NotPaid,
    refresh,
    refund,
    request,
    start,
)
from standpipe.payments.queries import PaymentView, payment_of
from standpipe.payments.tasks import pay_back, pay_back_overdue
from standpipe.places.actions import organisation_id
from tests.integration.outside import PATIENCE_SECONDS, Outside
from tests.integration.payments.conftest import waiting

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
COUNTY = organisation_id("borrowdale_county")
KIT = Actor(kind="staff", id="s", name="Kit", organisation=COUNTY)
RETURN = "http://localhost:8000/apply/return"
CARD = {"expiry_month": "10", "expiry_year": "40", "cardholder_name": "A Byron", "cvc": "123"}
GOOD, DECLINED = "4444333322221111", "4000000000000002"


class Asked:
    """Somebody's application with a fee."""

    def __init__(self, **more: Any) -> None:
        self.ada = Actor(kind="person", id="p", name="Ada", person=new_person(at=AT))
        self.application = new_id()
        self.reference = f"BB-{readable_code(8)}"
        self.more = more
        self.payment = self.request()

    def request(self) -> UUID:
        with acting(self.ada):
            return request(
                **{
                    "application": self.application,
                    "reference": self.reference,
                    "amount_pence": 1000,
                    "description": "Blue Badge",
                    "return_url": RETURN,
                    "language": "en",
                    "email": "ada@example.org",
                    "person": self.ada.person,
                    "organisation": COUNTY,
                    "actor": self.ada,
                    "at": AT,
                    **self.more,
                }
            )

    def start(self) -> str:
        return start(self.payment, actor=self.ada, at=AT)

    def refresh(self) -> PaymentView:
        return refresh(self.payment, actor=self.ada, at=AT)

    def view(self) -> PaymentView:
        with acting(self.ada):
            return payment_of(self.application)

    def paid(self) -> Asked:
        pay_at(self.start(), GOOD)
        assert self.refresh().state == "success"
        return self


def pay_at(next_url: str, card: str) -> None:
    with httpx.Client(follow_redirects=True, timeout=PATIENCE_SECONDS) as browser:
        page = browser.get(next_url)
        browser.post(str(page.url), data={**CARD, "card_number": card}, follow_redirects=False)


def cancel_at(next_url: str) -> None:
    with httpx.Client(follow_redirects=True, timeout=PATIENCE_SECONDS) as browser:
        page = browser.get(next_url)
        browser.post(f"{page.url}/cancel", follow_redirects=False)


def at_pay(pay: Outside, reference: str) -> list[dict[str, Any]]:
    answer = httpx.get(
        f"{pay.url}/v1/payments",
        params={"reference": reference},
        headers={"Authorization": f"Bearer {pay.settings['STANDPIPE_PAY_KEY']}"},
        timeout=PATIENCE_SECONDS,
    )
    return answer.json()["results"]


def verbs(owner: psycopg.Connection, asked: Asked) -> list[str]:
    rows = owner.execute(
        "SELECT verb FROM audit_entry WHERE subjects @> ARRAY[%s] ORDER BY id",
        [asked.ada.person],
    )
    return [verb for (verb,) in rows.fetchall()]


def at_once(step: Callable[[], object], *, times: int) -> list[object]:
    def in_thread(_: int) -> object:
        try:
            return step()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as several:
        return list(several.map(in_thread, range(times)))


def test_nothing_is_asked_where_nothing_is_to_pay():
    with pytest.raises(NothingToPay):
        Asked(amount_pence=0)


def test_a_payment_is_asked_for_once(owner):
    asked = Asked()

    assert asked.request() == asked.payment
    assert set(at_once(asked.request, times=6)) == {asked.payment}
    assert verbs(owner, asked) == ["payment.requested"]


def test_asked_for_by_several_at_once_there_is_one_payment(owner):
    asked = Asked()
    owner.execute("DELETE FROM payments_payment WHERE id = %s", [asked.payment])

    assert len(set(at_once(asked.request, times=6))) == 1


def test_a_payment_is_paid(pay, owner):
    asked = Asked()

    next_url = asked.start()
    assert next_url.startswith(pay.url)
    assert asked.view().next_url == next_url
    pay_at(next_url, GOOD)
    settled = asked.refresh()

    assert (settled.state, settled.settled_at, settled.next_url) == ("success", AT, "")
    (there,) = at_pay(pay, asked.reference)
    assert (there["amount"], there["description"]) == (1000, "Blue Badge")
    assert there["email"] == "ada@example.org"
    assert asked.start() == RETURN
    assert verbs(owner, asked) == ["payment.requested", "payment.settled"]


def test_the_page_to_pay_at_is_welsh_for_those_who_chose_welsh(pay):
    asked = Asked(language="cy")
    asked.start()

    assert at_pay(pay, asked.reference)[0]["language"] == "cy"


def test_pressed_twice_and_at_once_there_is_one_payment_at_pay(pay):
    asked = Asked()

    addresses = set(at_once(asked.start, times=5)) | {asked.start()}

    assert len(addresses) == 1
    assert len(at_pay(pay, asked.reference)) == 1


@pytest.mark.parametrize("fault", ["dropped", "malformed", "error", "silent"])
def test_an_answer_that_is_lost_costs_nobody_a_second_payment(pay, fault, tmp_path):
    asked = Asked()
    pay.fail_by(fault)
    # Whoever is silent is not waited for: the others answer, if badly.
    read, whole = (1, 2) if fault == "silent" else (30, 60)
    folder = tmp_path / fault / "connectors"
    with (
        waiting(folder, pay, read_seconds=read, deadline_seconds=whole),
        pytest.raises(Unavailable),
    ):
        asked.start()

    pay.fail_by(None)
    asked.start()

    assert len(at_pay(pay, asked.reference)) == 1


def test_while_pay_is_down_the_person_is_told_and_nothing_is_lost(pay):
    asked = Asked()
    pay.kill()

    with pytest.raises(Unavailable):
        asked.start()
    assert asked.view().state == "created"
    assert asked.refresh().state == "created"

    pay.start()
    assert asked.start().startswith(pay.url)


def test_pay_going_down_while_somebody_pays_changes_nothing(pay):
    asked = Asked()
    pay_at(asked.start(), GOOD)
    pay.kill()
    with pytest.raises(Unavailable):
        asked.refresh()
    assert asked.view().state == "created"

    pay.start()
    assert asked.refresh().state == "success"


@pytest.mark.parametrize("way", ["declined", "cancelled"])
def test_what_failed_can_be_paid_anew(pay, owner, way):
    asked = Asked()
    first = asked.start()
    pay_at(first, DECLINED) if way == "declined" else cancel_at(first)

    failed = asked.refresh()
    assert failed.state in ("failed", "cancelled")
    assert failed.next_url == ""
    second = asked.start()

    assert second != first
    assert asked.view().id != asked.payment
    assert len(at_pay(pay, asked.reference)) == 2
    assert verbs(owner, asked) == ["payment.requested", "payment.settled", "payment.requested"]


def test_a_payment_that_died_unnoticed_is_replaced_on_the_way_to_it(pay):
    asked = Asked()
    first = asked.start()
    cancel_at(first)

    assert asked.start() != first


def test_that_it_was_paid_is_recorded_once_however_many_ask(pay, owner):
    asked = Asked()
    pay_at(asked.start(), GOOD)

    views = at_once(asked.refresh, times=5)

    assert {view.state for view in views} == {"success"}
    assert verbs(owner, asked).count("payment.settled") == 1


def test_terms_that_pay_declines_end_that_payment(pay):
    asked = Asked(reference="4242 4242 4242 4242")

    with pytest.raises(Exception, match="P0105"):
        asked.start()

    assert asked.view().state == "error"


def test_a_payment_of_others_is_not_there(pay):
    asked, other = Asked(), Asked()

    with pytest.raises(NoSuchPayment):
        start(asked.payment, actor=other.ada, at=AT)
    with acting(other.ada):
        assert payment_of(asked.application) is None


def test_a_payment_is_paid_back_once(pay, owner):
    asked = Asked().paid()

    refund(asked.payment, actor=KIT, at=AT)
    refund(asked.payment, actor=KIT, at=AT)

    (there,) = at_pay(pay, asked.reference)
    assert there["refund_summary"]["amount_submitted"] == 1000
    assert asked.view().refunded_pence == 1000
    assert verbs(owner, asked).count("payment.refunded") == 1


def test_paid_back_by_several_at_once_it_is_paid_back_once(pay, owner):
    asked = Asked().paid()

    at_once(lambda: refund(asked.payment, actor=KIT, at=AT), times=5)

    (there,) = at_pay(pay, asked.reference)
    assert there["refund_summary"]["amount_submitted"] == 1000
    assert verbs(owner, asked).count("payment.refunded") == 1


@pytest.mark.parametrize("fault", ["dropped", "unavailable"])
def test_what_could_not_be_paid_back_at_once_the_worker_pays_back(pay, owner, fault):
    asked = Asked().paid()
    pay.fail_by(fault)
    with pytest.raises(Unavailable):
        refund(asked.payment, actor=KIT, at=AT)
    assert asked.view().refund_asked_at == AT
    pay.fail_by(None)

    pay_back_overdue(COUNTY, at=AT + timedelta(minutes=1))
    assert asked.view().refunded_pence == 0
    for _ in range(2):
        pay_back_overdue(COUNTY, at=AT + timedelta(minutes=5))

    assert asked.view().refunded_pence == 1000
    assert at_pay(pay, asked.reference)[0]["refund_summary"]["amount_submitted"] == 1000
    assert verbs(owner, asked).count("payment.refunded") == 1


def test_the_worker_looks_at_every_organisation(pay):
    asked = Asked(organisation=organisation_id("borrowdale_nhs")).paid()
    long_ago = timezone.now() - timedelta(hours=1)
    pay.kill()
    with pytest.raises(Unavailable):
        refund(asked.payment, actor=asked.ada, at=long_ago)
    pay_back(timestamp=0)
    assert asked.view().refunded_pence == 0

    pay.start()
    pay_back(timestamp=0)

    assert asked.view().refunded_pence == 1000


def test_a_refund_whose_answer_was_lost_is_not_made_again(pay):
    asked = Asked().paid()
    provider_key = {"Authorization": f"Bearer {pay.settings['STANDPIPE_PAY_KEY']}"}
    there = at_pay(pay, asked.reference)[0]["payment_id"]
    httpx.post(
        f"{pay.url}/v1/payments/{there}/refunds",
        json={"amount": 1000, "refund_amount_available": 1000},
        headers=provider_key,
    ).raise_for_status()

    refund(asked.payment, actor=system(COUNTY, task="t"), at=AT)

    assert asked.view().refunded_pence == 1000
    assert at_pay(pay, asked.reference)[0]["refund_summary"]["amount_submitted"] == 1000


def test_what_was_not_paid_is_not_paid_back(pay):
    asked = Asked()

    with pytest.raises(NotPaid):
        refund(asked.payment, actor=KIT, at=AT)
