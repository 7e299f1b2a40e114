"""Every recording both ways: played to the connector, and put to the simulator."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from jsonschema import Draft202012Validator

from connectors.govuk_pay.card_pages import HEARD_LATE
from connectors.govuk_pay.connector import GovukPay
from connectors.govuk_pay.simulator import Pay, simulation
from standpipe.gateway.connectors import build_connector
from standpipe.gateway.contracts import (
    NotAccepted,
    PaymentRequest,
    PaymentState,
    Unreached,
)
from standpipe.gateway.manifest import read_manifest
from standpipe.gateway.recordings import Player, differences, read_recordings
from standpipe.gateway.simulation.messages import Request
from standpipe.gateway.simulation.store import Store

FOLDER = Path(__file__).parent
RECORDINGS = read_recordings(FOLDER / "recordings")
SPECS = FOLDER.parents[2] / "shared" / "specs" / "pay" / "publicapi_spec.json"
KEY = "api_test_key"

FEE = PaymentRequest(
    amount_pence=1000,
    reference="BB-7Q2M",
    description="Blue Badge fee",
    return_url="https://apply.example/return",
    email="ada@residents.example",
    language="en",
    idempotency_key="key-1",
)
CARD = {
    "card_number": "4444 3333 2222 1111",
    "expiry_month": "10",
    "expiry_year": "2040",
    "cardholder_name": "A Tyson",
    "cvc": "123",
}


def refund(pay, payment, *, amount_pence, available_pence):
    return pay.refund(
        payment.provider_id, amount_pence=amount_pence, available_pence=available_pence
    )


def pay_and_refund(pay):
    payment = pay.create(FEE)
    state = pay.state(payment.provider_id)
    return state, refund(pay, payment, amount_pence=1000, available_pence=1000).status


def cancel_and_look(pay):
    payment = pay.create(FEE)
    pay.cancel(payment.provider_id)
    return pay.state(payment.provider_id)


SITUATIONS = {
    "cancelled": (
        cancel_and_look,
        PaymentState("cancelled", finished=True, message="Payment was cancelled by the service"),
    ),
    "cancelled_too_late": (cancel_and_look, PaymentState("success", finished=True, message=None)),
    "cancelled_unheard": (cancel_and_look, PaymentState("success", finished=True, message=None)),
    "cancelled_unknown": (lambda pay: pay.cancel("hu20sqlact5260q2nanm0q8u93"), "P0500"),
    "created": (lambda pay: pay.create(FEE).next_url.startswith("http"), True),
    "created_once": (lambda pay: pay.create(FEE) == pay.create(FEE), True),
    "key_used_for_another": (
        lambda pay: (pay.create(FEE), pay.create(replace(FEE, amount_pence=2000))),
        "P0191",
    ),
    "card_number_in_reference": (
        lambda pay: pay.create(replace(FEE, reference="4242 4242 4242 4242")),
        "P0105",
    ),
    "amount_too_large": (
        lambda pay: pay.create(replace(FEE, amount_pence=10_000_001)),
        "P0102",
    ),
    "state_of_new_payment": (
        lambda pay: pay.state(pay.create(FEE).provider_id),
        PaymentState("created", finished=False, message=None),
    ),
    "unknown_payment": (lambda pay: pay.state("hu20sqlact5260q2nanm0q8u93"), "P0200"),
    "refund_too_early": (
        lambda pay: refund(pay, pay.create(FEE), amount_pence=1000, available_pence=1000),
        "P0603",
    ),
    "paid_and_refunded": (
        pay_and_refund,
        (PaymentState("success", finished=True, message=None), "submitted"),
    ),
    "refund_mismatch": (
        lambda pay: refund(pay, pay.create(FEE), amount_pence=500, available_pence=900),
        "P0604",
    ),
}
PAID = {"paid_and_refunded", "refund_mismatch", "cancelled_too_late", "cancelled_unheard"}
CARDS = {"cancelled_unheard": {**CARD, "card_number": HEARD_LATE}}


def connector_playing(recording) -> tuple[GovukPay, Player]:
    player = Player(recording)
    settings = {"STANDPIPE_PAY_URL": "https://pay.example", "STANDPIPE_PAY_KEY": KEY}
    manifest = read_manifest(FOLDER / "manifest.yaml")
    _, connector = build_connector(manifest, settings, transport=player)
    return connector, player


def put_to(simulated, *, key=KEY, then_pay=False, card=CARD):
    def request(method, path, body, **headers):
        parts = urlsplit(path)
        query = dict(parse_qsl(parts.query))
        reply, _ = simulated.reply(Request(method, parts.path, query, headers, body))
        return reply

    def send(method, path, asked):
        headers = {"authorization": f"Bearer {key}", "host": "localhost:8400"}
        if path == "/v1/payments":
            headers["idempotency-key"] = "key-1"
        body = b"" if asked is None else json.dumps(asked).encode()
        reply = request(method, path, body, **headers)
        answer = json.loads(reply.body) if reply.body else None
        if then_pay and path == "/v1/payments" and reply.status == 201:
            page = urlsplit(answer["_links"]["next_url"]["href"]).path
            request("GET", page, b"")
            card_page = page.replace("/secure/", "/card_details/")
            request("POST", card_page, urlencode(card).encode())
        return reply.status, answer

    return send


def test_every_recording_has_its_situation_here():
    assert RECORDINGS.keys() == SITUATIONS.keys()


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_connector_understands_what_was_recorded(name):
    act, expected = SITUATIONS[name]
    connector, player = connector_playing(RECORDINGS[name])

    if isinstance(expected, str):
        with pytest.raises(NotAccepted) as declined:
            act(connector)
        assert declined.value.code == expected
    else:
        assert act(connector) == expected

    assert player.is_over()


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_simulator_answers_as_recorded(name):
    card = CARDS.get(name, CARD)
    send = put_to(simulation(key=KEY, store=Store()), then_pay=name in PAID, card=card)

    assert differences(RECORDINGS[name], send) == []


def schema_of(name):
    if not SPECS.is_file():
        pytest.skip("The published OpenAPI document of Pay is not beside this checkout.")
    document = json.loads(SPECS.read_text())
    return Draft202012Validator({**document, "$ref": f"#/components/schemas/{name}"})


def kind_of(exchange):
    if exchange.status >= 400:
        return "RequestError"
    if exchange.path.endswith("/refunds"):
        return "Refund"
    return "CreatePaymentResult" if exchange.method == "POST" else "PaymentWithAllLinks"


@pytest.mark.parametrize("name", SITUATIONS)
def test_recorded_answers_keep_to_the_published_schemas(name):
    for exchange in RECORDINGS[name].exchanges:
        if exchange.status == 204:
            assert exchange.answered is None
            continue
        schema = schema_of(kind_of(exchange))
        known = schema.schema["components"]["schemas"][kind_of(exchange)]["properties"]
        assert list(schema.iter_errors(exchange.answered)) == []
        # Pay's schemas allow anything besides; a name they do not know would be a slip of ours.
        assert exchange.answered.keys() <= known.keys()


def test_the_published_schemas_find_a_payment_that_is_wrong():
    wrong = copy.deepcopy(RECORDINGS["created"].exchanges[0].answered)
    wrong["amount"] = "ten pounds"

    assert not schema_of("CreatePaymentResult").is_valid(wrong)


def test_recorded_requests_keep_to_the_published_schema():
    created = RECORDINGS["created"].exchanges[0].asked

    assert schema_of("CreateCardPaymentRequest").is_valid(created)
    too_much = RECORDINGS["amount_too_large"].exchanges[0].asked
    assert not schema_of("CreateCardPaymentRequest").is_valid(too_much)


@pytest.mark.parametrize(
    ("card_number", "status", "code"),
    [
        ("4444333322221111", "success", None),
        ("4000000000000002", "failed", "P0010"),
        ("4000000000000069", "failed", "P0010"),
        ("4000000000000119", "error", "P0050"),
    ],
)
def test_the_test_cards_end_as_they_do_at_pay(card_number, status, code):
    card = {**CARD, "card_number": card_number}
    send = put_to(simulation(key=KEY, store=Store()), then_pay=True, card=card)
    created = RECORDINGS["created"].exchanges[0]
    _, payment = send(created.method, created.path, created.asked)

    _, state = send("GET", f"/v1/payments/{payment['payment_id']}", None)

    assert (state["state"]["status"], state["state"].get("code")) == (status, code)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"amount": None}, 400, "P0101"),
        ({"amount": "10"}, 400, "P0102"),
        ({"amount": -1}, 422, "P0102"),
        ({"reference": "x" * 256}, 422, "P0102"),
        ({"return_url": "not an address"}, 400, "P0102"),
        ({"language": "fr"}, 422, "P0102"),
        ({"colour": "red"}, 400, "P0102"),
    ],
)
def test_the_simulator_declines_what_pay_declines(change, status, code):
    send = put_to(simulation(key=KEY, store=Store()))
    created = RECORDINGS["created"].exchanges[0]

    given, error = send(created.method, created.path, {**created.asked, **change})

    assert (given, error["code"], error["field"]) == (status, code, next(iter(change)))


def test_a_payment_that_is_being_taken_cannot_be_cancelled_yet():
    unknown = RECORDINGS["cancelled_unknown"]
    busy = replace(unknown.exchanges[0], status=409)
    connector, _ = connector_playing(replace(unknown, exchanges=(busy,)))

    with pytest.raises(Unreached):
        connector.cancel("hu20sqlact5260q2nanm0q8u93")


def test_pay_hears_late_of_what_the_bank_has_taken():
    now = [1_700_000_000.0]
    pay = Pay(key=KEY, store=Store(), a_minute=9, clock=lambda: now[0])
    card = urlencode({**CARD, "card_number": HEARD_LATE}).encode()
    headers = {"authorization": f"Bearer {KEY}"}
    asked = json.dumps(RECORDINGS["created"].exchanges[0].asked).encode()
    made = json.loads(pay.create(Request("POST", "/v1/payments", {}, headers, asked)).body)
    token = made["_links"]["next_url"]["href"].rpartition("/")[2]
    pay.take_card(Request("POST", "/", {}, {}, card), token=token)

    def status():
        shown = pay.one(Request("GET", "/", {}, headers, b""), payment_id=made["payment_id"])
        return json.loads(shown.body)["state"]["status"]

    assert status() == "submitted"
    now[0] += 61
    assert status() == "success"


def test_a_wrong_key_is_refused():
    send = put_to(simulation(key=KEY, store=Store()), key="api_test_other")

    status, _ = send("GET", "/v1/payments", None)

    assert status == 401


def test_a_refund_sent_twice_is_paid_once():
    send = put_to(simulation(key=KEY, store=Store()), then_pay=True)
    created = RECORDINGS["created"].exchanges[0]
    _, payment = send(created.method, created.path, created.asked)
    half = {"amount": 500, "refund_amount_available": 1000}
    path = f"/v1/payments/{payment['payment_id']}/refunds"

    first, _ = send("POST", path, half)
    second, error = send("POST", path, half)
    _, after = send("GET", f"/v1/payments/{payment['payment_id']}", None)

    assert (first, second, error["code"]) == (202, 412, "P0604")
    assert after["refund_summary"]["amount_submitted"] == 500
