"""A part of a fee goes back: for badges that were refused, or as an officer finds right."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from standpipe.applications import actions
from standpipe.applications.actions import decide, give_back_part
from standpipe.applications.actions.giving_back import NothingPaid, give_back_fee
from standpipe.consent.queries import standing_in
from standpipe.kernel.errors import Unavailable
from standpipe.kernel.identifiers import new_id
from standpipe.payments.actions import MoreThanIsLeft
from standpipe.payments.tasks import pay_back_overdue
from standpipe.places.actions import organisation_id
from tests import make
from tests.integration.applications.test_one_sitting import COUNTY, pay, submit
from tests.make import AT

REASON = "We took the fee twice."


def asked_for(wanted: int, *, language: str = "en") -> tuple[str, object]:
    """An organisation's application for so many badges that was paid and sent."""
    farid = make.resident(name="Farid Aziz")
    reference = make.application(
        farid,
        for_whom="organisation",
        language=language,
        told={
            "applicant/organisation.name": "Rosegill Day Centre",
            "applicant/organisation.badges_wanted": str(wanted),
            "representative/contact.email": "farid@example.org",
        },
    )
    in_stead = standing_in(reference, actor=farid)
    pay(submit(reference, in_stead).pay_url)
    actions.settle(reference, actor=in_stead, at=AT)
    return reference, in_stead


def granted(reference: str, count: int) -> None:
    terms = {"outcome": "eligible", "ground": "", "reason": "So.", "count": count}
    decide(reference, **terms, actor=make.staff(COUNTY), at=AT)


def told(owner, reference: str) -> list[tuple[str, str]]:
    return owner.execute(
        'SELECT "to", subject || body FROM notifications_message'
        " WHERE what LIKE %s AND name = 'fee_returned'",
        [f"application:{reference}%"],
    ).fetchall()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("We return £20", "We granted 1 of the 3 that you asked for.", "to the card")),
        ("cy", ("Dychwelwn £20", "Rhoesom 1 o’r 3 y gofynnoch amdanynt.", "i’r cerdyn")),
    ],
)
def test_who_is_refused_some_of_several_gets_the_fee_of_those_back_once(
    outside, owner, language, words
):
    reference, in_stead = asked_for(3, language=language)
    granted(reference, 1)

    for _ in range(2):
        give_back_fee(reference, actor=make.worker(COUNTY), at=AT)

    payment = make.view(reference, in_stead).payment
    assert (payment.refunded_pence, payment.left_pence) == (2000, 1000)
    ((to, message),) = told(owner, reference)
    assert to == "farid@example.org"
    for each in words:
        assert each in message


LATER = AT + timedelta(days=3)


def refused_and_reviewed(count: int, *, at_once: bool, by_hand: int = 0) -> tuple[str, object]:
    """
    Three were asked for and refused, and a review grants `count`.

    `at_once` has the fee given back after the refusal already; `by_hand` is what an officer gave
    back, in pence.
    """
    reference, in_stead = asked_for(3)
    officer = make.staff(COUNTY)
    terms = {"outcome": "not_eligible", "ground": "NONE-ORG", "reason": "No vehicles."}
    decide(reference, **terms, actor=officer, at=AT)
    if by_hand:
        terms = {"pence": by_hand, "reason": REASON, "key": new_id(), "at": AT}
        give_back_part(reference, **terms, actor=officer)
    if at_once:
        give_back_fee(reference, actor=make.worker(COUNTY), at=AT)
    actions.ask_review(reference, words="We have.", actor=in_stead, at=LATER)
    so = {"outcome": "eligible", "ground": "", "reason": "They have.", "count": count}
    actions.review(reference, **so, actor=make.staff(COUNTY, name="Robin"), at=LATER)
    for _ in range(2):
        give_back_fee(reference, actor=make.worker(COUNTY), at=LATER)
    return reference, in_stead


@pytest.mark.parametrize(
    ("count", "terms", "parts"),
    [
        (2, {"at_once": False}, [1000]),
        (1, {"at_once": False}, [2000]),
        (3, {"at_once": False}, []),
        # What an officer gave back, or the refusal, leaves no more than the rest.
        (1, {"at_once": False, "by_hand": 2500}, [2500, 500]),
        (2, {"at_once": True}, [3000]),
        (2, {"at_once": True, "by_hand": 500}, [500, 2500]),
    ],
)
def test_a_review_that_grants_fewer_gives_the_fee_of_the_rest_back_once(
    outside, owner, count, terms, parts
):
    reference, in_stead = refused_and_reviewed(count, **terms)

    view = make.view(reference, in_stead)
    assert [one.pence for one in view.payment.refunds] == parts
    assert view.payment.refunded_pence == sum(parts) <= view.payment.amount_pence
    assert len(view.entitlements) == count
    reasons = [one.reason for one in view.payment.refunds]
    said = f"We granted {count} of the 3 that you asked for."
    assert reasons.count(said) == (0 if count == 3 or terms["at_once"] else 1)


def test_at_the_desk_a_review_says_how_many_it_grants(outside, desk):
    reference, in_stead = asked_for(3)
    terms = {"outcome": "not_eligible", "ground": "NONE-ORG", "reason": "No vehicles."}
    decide(reference, **terms, actor=make.staff(COUNTY, name="Cass Officer"), at=AT)
    actions.ask_review(reference, words="We have.", actor=in_stead, at=AT)
    address, sent = f"/staff/cases/{reference}/review", {"outcome": "eligible", "reason": "So."}
    assert 'name="granted"' in desk.get(f"/staff/cases/{reference}").content.decode()

    for given, status in (("", 422), ("4", 422), ("2", 302)):
        assert desk.post(address, {**sent, "granted": given}).status_code == status

    assert len(make.view(reference, in_stead).entitlements) == 2


def test_who_is_granted_all_of_them_gets_nothing_back(outside, owner):
    reference, in_stead = asked_for(2)
    granted(reference, 2)

    give_back_fee(reference, actor=make.worker(COUNTY), at=AT)

    assert make.view(reference, in_stead).payment.refunds == ()
    assert told(owner, reference) == []


def test_while_pay_is_silent_it_is_kept_and_the_worker_returns_it(outside, owner):
    reference, in_stead = asked_for(2)
    outside["govuk_pay"].fail_by("unavailable")
    try:
        with pytest.raises(Unavailable):
            give_back_part(
                reference,
                pence=750,
                reason=REASON,
                key=new_id(),
                actor=make.staff(COUNTY),
                at=AT,
            )
    finally:
        outside["govuk_pay"].fail_by(None)
    assert make.view(reference, in_stead).payment.refunded_pence == 0

    for _ in range(2):
        pay_back_overdue(organisation_id(COUNTY), at=make.later(minutes=5))

    assert make.view(reference, in_stead).payment.refunded_pence == 750
    assert len(told(owner, reference)) == 1


def test_a_part_and_then_a_refusal_return_no_more_than_was_paid(outside):
    reference, in_stead = asked_for(2)
    officer = make.staff(COUNTY)
    part = {"pence": 500, "reason": REASON, "key": new_id(), "actor": officer, "at": AT}
    for _ in range(2):
        give_back_part(reference, **part)
    terms = {"outcome": "not_eligible", "ground": "NONE-ORG", "reason": "So."}
    decide(reference, **terms, actor=officer, at=AT)
    for _ in range(2):
        give_back_fee(reference, actor=make.worker(COUNTY), at=AT)

    payment = make.view(reference, in_stead).payment
    assert [one.pence for one in payment.refunds] == [500, 1500]
    assert payment.refunded_pence == payment.amount_pence == 2000
    with pytest.raises(MoreThanIsLeft):
        give_back_part(reference, **{**part, "key": new_id(), "pence": 1})


def test_where_nothing_was_paid_nothing_goes_back(outside):
    reference = make.received(make.resident())
    with pytest.raises(NothingPaid):
        give_back_part(
            reference, pence=1, reason=REASON, key=new_id(), actor=make.staff(COUNTY), at=AT
        )


@pytest.fixture
def desk():
    client = Client()
    client.force_login(
        get_user_model().objects.get(id=make.staff(COUNTY).id),
        "allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


# What is sent, and where the page says what is wrong with it; None where nothing is.
FORMS = [
    ({"amount": "", "reason": REASON}, "amount"),
    ({"amount": "ten", "reason": REASON}, "amount"),
    ({"amount": "7.5", "reason": REASON}, "amount"),
    ({"amount": "-5", "reason": REASON}, "amount"),
    ({"amount": "0", "reason": REASON}, "amount"),
    ({"amount": "20.01", "reason": REASON}, "amount"),
    ({"amount": "7.50", "reason": " "}, "reason"),
    ({"amount": "7.50", "reason": "x" * 501}, "reason"),
    ({"amount": "£7.50", "reason": REASON}, None),
]


def test_amount_and_reason_are_checked_at_the_door_and_sent_twice_it_goes_back_once(outside, desk):
    reference, in_stead = asked_for(2)
    address = f"/staff/cases/{reference}/fee"
    page = desk.get(address).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    assert "£20" in page

    for sent, field in FORMS:
        for _ in range(2):
            answer = desk.post(address, {**sent, "key": key})
            assert answer.status_code == (302 if field is None else 422), sent
            assert field is None or f'href="#{field}"' in answer.content.decode()

    payment = make.view(reference, in_stead).payment
    assert [(one.pence, one.reason, one.by) for one in payment.refunds] == [
        (750, REASON, "Sam Officer")
    ]
    assert payment.refunded_pence == 750
    assert "£12.50" in desk.get(address).content.decode()


def test_others_see_nothing_of_it(outside, desk):
    reference, _ = asked_for(2)
    other = Client()
    other.force_login(
        get_user_model().objects.get(id=make.staff("northmere_district").id),
        "allauth.account.auth_backends.AuthenticationBackend",
    )
    address = f"/staff/cases/{reference}/fee"
    for answer in (other.get(address), other.post(address, {"amount": "1", "reason": "x"})):
        assert answer.status_code == 404
    assert desk.get(address).status_code == 200
