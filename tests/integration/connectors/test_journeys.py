"""The three connectors against their simulators when all is well, over real HTTP."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from connectors.govuk_notify.client import Client, NotifyError
from standpipe.gateway.contracts import (
    NotAccepted,
    OutgoingMessage,
    PaymentRequest,
    RegistryQuestion,
)
from standpipe.places.reading import load_place
from standpipe.places.residents import generate
from tests.integration.connectors.conftest import start
from tests.integration.outside import PATIENCE_SECONDS

PLACES = Path(__file__).parents[3] / "places"
PURPOSE = "blue_badge.eligibility"
MOVING_AROUND = "benefit.pip.moving_around_8_or_more"
PLANNING = "benefit.pip.planning_descriptor_e"
HIGHER_RATE = "benefit.dla.higher_rate_mobility"

FEE = PaymentRequest(
    1000, "BB-7Q2M", "Blue Badge fee", "http://localhost:1/back", None, "en", "key-1"
)
CARD = {"expiry_month": "10", "expiry_year": "40", "cardholder_name": "A Tyson", "cvc": "123"}


def question(given, family, born, *attributes, postcode="BO1 1AA", number=None):
    subject = {
        "person.name": {"given": given, "family": family},
        "person.birth_date": date.fromisoformat(born),
        "address.postcode": postcode,
        "person.national_insurance_number": number,
    }
    return RegistryQuestion(
        subject, attributes, PURPOSE, "Borrowdale County Council", "receipt-1", "correlation-1"
    )


@pytest.mark.parametrize(
    ("person", "attribute", "state", "until"),
    [
        (("Ada", "Lythgoe", "1980-03-31"), MOVING_AROUND, "met", date(2029, 5, 9)),
        (("ADA ", "lythgoe", "1980-03-31"), MOVING_AROUND, "met", date(2029, 5, 9)),
        (("Bernard", "Lythgoe", "1992-07-14"), MOVING_AROUND, "not_met", None),
        (("Bernard", "Lythgoe", "1992-07-14"), PLANNING, "met", date(2028, 6, 30)),
        # Descriptor d scores 10 points, as e does, and is not e.
        (("Cerys", "Lythgoe", "1975-11-02"), PLANNING, "not_met", None),
        (("Desmond", "Lythgoe", "1951-01-23"), HIGHER_RATE, "met", None),
        (("Una", "Lythgoe", "1970-06-15"), MOVING_AROUND, "unknown", None),
    ],
)
def test_the_department_says_what_the_rule_needs(dwp, person, attribute, state, until):
    outbound, connector = dwp.connector()

    answer = connector.ask(question(*person, attribute), deadline_seconds=PATIENCE_SECONDS)

    outbound.close()
    assert (answer.match, answer.trouble) == ("matched", None)
    assert (answer.answers[attribute].state, answer.answers[attribute].until) == (state, until)


def test_a_resident_of_the_place_is_found_and_no_more_is_asked_than_was_wanted(dwp):
    place = load_place(PLACES / "borrowdale")
    ada = next(one for one in generate(place, seed=1, count=10) if one.key == "ada")
    outbound, connector = dwp.connector()
    asked_before = len(dwp.asked())

    answer = connector.ask(
        question(
            ada.given, ada.family, ada.birth_date.isoformat(), MOVING_AROUND, postcode=ada.postcode
        ),
        deadline_seconds=PATIENCE_SECONDS,
    )

    outbound.close()
    assert answer.answers[MOVING_AROUND].state == "met"
    asked = dwp.asked()[asked_before:]
    assert len(asked) == 1
    assert asked[0]["questions"] == ["pip.moving_around.points>=8", "award.end_date"]
    assert (asked[0]["purpose"], asked[0]["consent_receipt"]) == (PURPOSE, "receipt-1")
    assert asked[0]["requesting_authority"] == "Borrowdale County Council"
    assert asked[0]["correlation_id"] == "correlation-1"


@pytest.mark.parametrize(
    ("person", "number", "match"),
    [
        (("Nobody", "Lythgoe", "1980-03-31"), None, "not_matched"),
        (("Ada", "Lythgoe", "1980-03-31"), "QQ123456C", "not_matched"),
        (("Ada", "Lythgoe", "1980-03-31"), "qq 90 00 01 a", "matched"),
        (("Sam", "Twin", "1988-08-08"), None, "multiple"),
        (("Sam", "Twin", "1988-08-08"), "QQ900008D", "matched"),
        (("Pat", "Unmatched", "1988-08-08"), None, "not_matched"),
        (("Pat", "Multiple", "1988-08-08"), None, "multiple"),
    ],
)
def test_a_citizen_is_matched_or_not_or_is_several(dwp, person, number, match):
    outbound, connector = dwp.connector()

    answer = connector.ask(
        question(*person, HIGHER_RATE, number=number), deadline_seconds=PATIENCE_SECONDS
    )

    outbound.close()
    assert (answer.match, answer.trouble) == (match, None)


@pytest.mark.parametrize(
    ("family", "trouble"),
    [
        ("Silent", "silent"),
        ("Slow", "slow"),
        ("Refusing", "refused"),
        ("Malformed", "malformed"),
        ("Wrongtype", "malformed"),
        ("Huge", "malformed"),
        ("Broken", "unavailable"),
        ("Unavailable", "unavailable"),
        ("Throttled", "unavailable"),
        ("Dropped", "unavailable"),
    ],
)
def test_a_reserved_name_brings_trouble_to_one_person_alone(dwp, family, trouble):
    is_late = family in ("Silent", "Slow")
    outbound, connector = dwp.connector(**({"read_seconds": 0.6} if is_late else {}))
    seconds = 2 if is_late else PATIENCE_SECONDS

    answer = connector.ask(
        question("Pat", family, "1980-03-31", PLANNING), deadline_seconds=seconds
    )
    next_one = connector.ask(
        question("Ada", "Lythgoe", "1980-03-31", PLANNING), deadline_seconds=PATIENCE_SECONDS
    )

    outbound.close()
    assert (answer.match, answer.trouble) == ("unknown", trouble)
    assert answer.answers[PLANNING].state == "unknown"
    assert (next_one.match, next_one.trouble) == ("matched", None)


def test_a_token_that_ended_early_is_renewed_unseen(dwp):
    outbound, connector = dwp.connector()
    connector._client._token = ("a token of yesterday", float("inf"))

    answer = connector.ask(
        question("Ada", "Lythgoe", "1980-03-31", PLANNING), deadline_seconds=PATIENCE_SECONDS
    )

    outbound.close()
    assert answer.match == "matched"


def test_many_threads_share_one_connector(dwp):
    outbound, connector = dwp.connector()

    with ThreadPoolExecutor(16) as threads:
        answers = list(
            threads.map(
                lambda _: connector.ask(
                    question("Ada", "Lythgoe", "1980-03-31", MOVING_AROUND),
                    deadline_seconds=PATIENCE_SECONDS,
                ),
                range(100),
            )
        )

    outbound.close()
    assert {answer.match for answer in answers} == {"matched"}


def test_a_message_is_sent_found_again_and_can_be_read(simulators):
    running = simulators["govuk_notify"]
    outbound, notify = running.connector()
    texts = {"subject": "Your <code>", "body": "Go to https://apply.example/c?a=1&b=2."}
    message = OutgoingMessage("email", "ada@residents.example", "code", texts, "reference-1")

    sent = notify.send(message)

    assert notify.find("reference-1") == sent
    assert notify.find("reference-2") is None
    assert notify.status(sent.provider_id) == "sending"
    listed = httpx.get(f"{running.url}/messages").text
    assert f'<a href="/messages/{sent.provider_id}">Your &lt;code&gt;</a>' in listed
    page = httpx.get(f"{running.url}/messages/{sent.provider_id}").text
    assert 'href="https://apply.example/c?a=1&amp;b=2"' in page
    as_json = httpx.get(f"{running.url}/messages.json", params={"to": "ada@residents.example"})
    assert as_json.json()["messages"][0]["body"] == texts["body"]
    outbound.close()


def test_an_address_that_cannot_exist_is_not_accepted(simulators):
    outbound, notify = simulators["govuk_notify"].connector()
    message = OutgoingMessage("sms", "0770", "code", {"body": "b"}, "reference-3")

    with pytest.raises(NotAccepted, match="Not enough digits"):
        notify.send(message)

    outbound.close()


def test_a_template_can_be_looked_at_with_its_placeholders_filled(simulators):
    running = simulators["govuk_notify"]
    outbound, _ = running.connector()
    settings = running.manifest.pick_settings(running.settings)
    client = Client(
        outbound, url=settings["STANDPIPE_NOTIFY_URL"], key=settings["STANDPIPE_NOTIFY_KEY"]
    )
    template_id = settings["STANDPIPE_NOTIFY_EMAIL_TEMPLATE"]

    assert client.preview(template_id, {"subject": "s", "body": "Hello"}) == "Hello"
    with pytest.raises(NotifyError, match="Missing personalisation: subject"):
        client.preview(template_id, {"body": "Hello"})
    outbound.close()


def test_the_templates_of_the_simulator_are_those_the_manifest_names(simulators):
    outbound, notify = simulators["govuk_notify"].connector()

    assert notify.operator_faults() == []

    outbound.close()


def pay_with(browser, payment, card_number):
    page = browser.get(payment.next_url, follow_redirects=True)
    assert "Total amount" in page.text
    assert "£10.00" in page.text
    return browser.post(str(page.url), data={**CARD, "card_number": card_number})


def test_a_fee_is_paid_on_the_page_and_refunded_once(simulators):
    outbound, pay = simulators["govuk_pay"].connector()
    payment = pay.create(FEE)
    assert pay.create(FEE) == payment
    assert pay.state(payment.provider_id).status == "created"

    with httpx.Client() as browser:
        page = browser.get(payment.next_url, follow_redirects=True)
        assert pay.state(payment.provider_id).status == "started"
        wrong = browser.post(str(page.url), data={"card_number": "4444 3333 2222 1112"})
        assert "<title>Error: " in wrong.text
        assert re.findall(r'<li><a href="#(\w+)"', wrong.text) == [
            "card_number",
            "expiry_month",
            "cardholder_name",
            "cvc",
        ]
        assert "1112" not in wrong.text
        paid = pay_with(browser, payment, "4444 3333 2222 1111")

    assert (paid.status_code, paid.headers["location"]) == (303, FEE.return_url)
    assert pay.state(payment.provider_id).status == "success"
    assert pay.refund(payment.provider_id, amount_pence=1000, available_pence=1000).provider_id
    with pytest.raises(NotAccepted, match="P0603"):
        pay.refund(payment.provider_id, amount_pence=1000, available_pence=1000)
    outbound.close()


@pytest.mark.parametrize(
    ("card_number", "status", "words"),
    [
        ("4000000000000002", "failed", "Your payment has been declined"),
        ("4000000000000119", "error", "technical problems"),
    ],
)
def test_a_payment_that_fails_says_so_and_leads_back(simulators, card_number, status, words):
    outbound, pay = simulators["govuk_pay"].connector()
    payment = pay.create(replace(FEE, idempotency_key=f"key-{card_number}"))

    with httpx.Client() as browser:
        ending = pay_with(browser, payment, card_number)

    assert words in ending.text
    assert f'href="{FEE.return_url}"' in ending.text
    state = pay.state(payment.provider_id)
    assert (state.status, state.finished, bool(state.message)) == (status, True, True)
    outbound.close()


def test_a_payer_may_cancel_in_welsh(simulators):
    outbound, pay = simulators["govuk_pay"].connector()
    payment = pay.create(replace(FEE, language="cy", idempotency_key="key-cy"))

    with httpx.Client() as browser:
        page = browser.get(payment.next_url, follow_redirects=True)
        assert '<html lang="cy">' in page.text
        ending = browser.post(f"{page.url}/cancel")

    assert "wedi&#x27;i ganslo" in ending.text
    assert pay.state(payment.provider_id).status == "failed"
    outbound.close()


def test_control_is_shut_without_its_token(simulators):
    for running in simulators.values():
        for headers in ({}, {"Authorization": "Bearer guess"}):
            answer = httpx.post(
                f"{running.url}/control/fault", json={"fault": "silent"}, headers=headers
            )
            assert answer.status_code == 403
        assert httpx.get(f"{running.url}/health").json()["fault"] is None


def test_a_simulator_without_its_secret_says_what_it_needs(simulators):
    for running in simulators.values():
        module = running.manifest.simulator.module
        told = subprocess.run(
            [sys.executable, "-m", module, "--help"], capture_output=True, text=True, check=True
        )
        assert "/health" in told.stdout
        refused = subprocess.run(
            [sys.executable, "-m", module, "--port", "0"],
            capture_output=True,
            text=True,
            check=False,
            env={},
        )
        assert refused.returncode == 1
        assert "is not set" in refused.stderr


def test_what_was_paid_and_sent_outlives_a_simulator_that_remembers(simulators, tmp_path):
    manifest = simulators["govuk_pay"].manifest
    assert manifest.simulator.remembers
    store = ("--store", str(tmp_path / "pay.sqlite"))
    first = start(manifest, *store, secret="kept")
    outbound, pay = first.connector()
    payment = pay.create(FEE)
    outbound.close()
    first.process.kill()
    first.process.wait(timeout=PATIENCE_SECONDS)

    second = start(manifest, *store, secret="kept")
    outbound, pay = second.connector()
    state = pay.state(payment.provider_id)

    outbound.close()
    second.process.terminate()
    second.process.wait(timeout=PATIENCE_SECONDS)
    assert state.status == "created"
