"""Parts of a payment are paid back: each once, in sum never more than was paid, whatever fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standpipe.identity.tenancy import acting
from standpipe.kernel.errors import Unavailable
from standpipe.kernel.identifiers import new_id
from standpipe.payments.actions import MoreThanIsLeft, NotPaid, ask_refund, pay_out, refund
from standpipe.payments.tasks import pay_back_overdue
from tests.integration.payments.test_payments import (
    AT,
    COUNTY,
    KIT,
    Asked,
    at_once,
    at_pay,
    verbs,
)

PAID = 3000


def ask(asked: Asked, pence: int, *, key: UUID | None = None, at=AT) -> bool:
    with acting(KIT):
        return ask_refund(
            asked.payment, pence=pence, reason="One of three", key=key or new_id(), actor=KIT, at=at
        )


def give(asked: Asked, pence: int, **terms) -> bool:
    is_new = ask(asked, pence, **terms)
    pay_out(asked.payment, actor=KIT, at=AT)
    return is_new


def returned(pay, asked: Asked) -> int:
    (there,) = at_pay(pay, asked.reference)
    return there["refund_summary"]["amount_submitted"]


@pytest.fixture
def paid(pay) -> Iterator[Asked]:
    yield Asked(amount_pence=PAID).paid()


def test_parts_are_paid_back_one_after_another_up_to_the_whole(pay, paid, owner):
    give(paid, 1000)
    assert (returned(pay, paid), paid.view().left_pence) == (1000, 2000)
    give(paid, 500)
    refund(paid.payment, actor=KIT, at=AT)

    view = paid.view()
    assert [one.pence for one in view.refunds] == [1000, 500, 1500]
    assert (returned(pay, paid), view.refunded_pence, view.left_pence) == (PAID, PAID, 0)
    assert verbs(owner, paid).count("payment.refunded") == 3


@pytest.mark.parametrize("pence", [0, -1, PAID + 1])
def test_nothing_and_more_than_was_paid_are_refused(pay, paid, pence):
    with pytest.raises(MoreThanIsLeft):
        ask(paid, pence)
    assert returned(pay, paid) == 0


def test_more_than_is_left_is_refused_before_anything_leaves(pay, paid):
    give(paid, 2500)
    with pytest.raises(MoreThanIsLeft):
        give(paid, 501)
    assert returned(pay, paid) == 2500


def test_what_was_not_paid_is_not_paid_back_in_part(pay):
    with pytest.raises(NotPaid):
        ask(Asked(amount_pence=PAID), 1000)


def test_one_key_is_paid_back_once_however_often_and_by_how_many(pay, paid, owner):
    key = new_id()

    at_once(lambda: give(paid, 1000, key=key), times=5)

    assert not ask(paid, 1000, key=key)
    assert returned(pay, paid) == 1000
    assert verbs(owner, paid).count("payment.refunded") == 1
    assert verbs(owner, paid).count("refund.asked") == 1


def test_of_several_at_once_no_more_is_paid_than_is_left(pay, paid):
    def one() -> bool:
        try:
            return give(paid, 1000)
        except MoreThanIsLeft:
            return False

    assert sum(map(bool, at_once(one, times=5))) == 3
    pay_out(paid.payment, actor=KIT, at=AT)
    assert returned(pay, paid) == PAID == paid.view().refunded_pence


def test_what_somebody_returned_at_the_provider_is_not_returned_again(pay, paid):
    (there,) = at_pay(pay, paid.reference)
    httpx.post(
        f"{pay.url}/v1/payments/{there['payment_id']}/refunds",
        json={"amount": 1000, "refund_amount_available": PAID},
        headers={"Authorization": f"Bearer {pay.settings['STANDPIPE_PAY_KEY']}"},
    ).raise_for_status()

    give(paid, 1000)

    assert returned(pay, paid) == 1000
    assert paid.view().refunded_pence == 1000


STEPS = st.lists(
    st.tuples(
        st.integers(1, 1500),
        st.integers(0, 3),
        st.sampled_from([None, None, "dropped", "unavailable", "malformed"]),
    ),
    min_size=1,
    max_size=5,
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_whatever_is_asked_and_fails_each_is_returned_once_and_never_more_than_was_paid(pay, steps):
    asked = Asked(amount_pence=PAID).paid()
    keys = [new_id() for _ in range(4)]
    taken: dict[UUID, int] = {}
    for pence, key, fault in steps:
        pay.fail_by(fault)
        try:
            if give(asked, pence, key=keys[key]):
                taken[keys[key]] = pence
        except MoreThanIsLeft:
            assert sum(taken.values()) + pence > PAID
        except Unavailable:
            taken.setdefault(keys[key], pence)
        finally:
            pay.fail_by(None)

    for _ in range(2):
        pay_back_overdue(COUNTY, at=AT + timedelta(minutes=5))

    view = asked.view()
    assert returned(pay, asked) == view.refunded_pence == sum(taken.values()) <= PAID
    assert view.left_pence == PAID - sum(taken.values())
    assert all(one.done_at for one in view.refunds)
