"""Every recording both ways: played to the connector, and put to the simulator."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from jsonschema import Draft4Validator

from connectors.dft_blue_badge import rules
from connectors.dft_blue_badge.client import BASE_PATH, TOKEN_PATH
from connectors.dft_blue_badge.connector import _order, read_authorities
from connectors.dft_blue_badge.simulator import FIRST_NUMBER, number_at, simulation
from standpipe.gateway.connectors import build_connector
from standpipe.gateway.contracts import Delivery, MakeOrder, NotAccepted, Unreached
from standpipe.gateway.manifest import read_manifest
from standpipe.gateway.recordings import Player, differences, read_recordings
from standpipe.gateway.simulation.messages import Request
from standpipe.gateway.simulation.store import Store
from standpipe.kernel.errors import Misconfigured

FOLDER = Path(__file__).parent
RECORDINGS = read_recordings(FOLDER / "recordings")
SPECS = FOLDER.parents[2] / "shared" / "specs" / "blue-badge" / "badgemanagement-api.json"
ON = date(2026, 11, 22)
SETTINGS = {
    "STANDPIPE_DFT_URL": "http://localhost:8415",
    "STANDPIPE_DFT_CLIENT_ID": "standpipe",
    "STANDPIPE_DFT_CLIENT_SECRET": "a-secret-of-tests",
    "STANDPIPE_DFT_AUTHORITIES": "borrowdale_county=BORRO",
}
ADA = MakeOrder(
    reference="SP-7Q2M-BB01",
    organisation="borrowdale_county",
    ground="PIP-MA",
    channel="web",
    name="Ada Lythgoe",
    birth_date=date(1980, 3, 31),
    identifier="QQ 90 00 01 A",
    address={"line1": "1 Market Place", "line2": "", "town": "Rosegill", "postcode": "BO1 1AA"},
    phone="01632 960100",
    email="ada@residents.example",
    photo=b"\xff\xd8\xff photo",
    applied_on=ON,
    starts_on=ON,
    expires_on=date(2029, 11, 21),
)


CENTRE = replace(
    ADA,
    reference="SP-7Q2M-BB02",
    ground="",
    holder="organisation",
    name="Rosegill Day Centre",
    contact_name="Farid Aziz",
    birth_date=None,
    identifier="",
    email="farid@residents.example",
    photo=b"",
    count=3,
)


def order(maker):
    (number,) = maker.order(ADA, may_be_out=False)
    return number


def replace_twice(maker):
    number = order(maker)
    first, second = (
        maker.replace(number, reason="LOST", reference=ADA.reference) for _ in range(2)
    )
    return first == second != number


def replace_one_of_several(maker):
    number, *others = maker.order(CENTRE, may_be_out=False)
    first, second = (
        maker.replace(number, reason="LOST", reference=CENTRE.reference, besides=others)
        for _ in range(2)
    )
    return first == second not in (number, *others)


def cancel_twice(maker):
    number = order(maker)
    return [maker.cancel(number, reason="NOLONG", reference=ADA.reference) for _ in range(2)]


def replace_the_cancelled(maker):
    number = order(maker)
    maker.cancel(number, reason="DECEASE", reference=ADA.reference)
    maker.replace(number, reason="LOST", reference=ADA.reference)


# What is done, and what comes of it: a value, or the key under which it is declined.
SITUATIONS = {
    "ordered": (order, "KKKKKK"),
    "ordered_twice": (lambda maker: order(maker) == order(maker), True),
    "found_before_it_is_ordered_again": (
        lambda maker: (order(maker), *maker.order(ADA, may_be_out=True)),
        ("KKKKKK", "KKKKKK"),
    ),
    "ordered_for_an_organisation": (
        lambda maker: maker.order(CENTRE, may_be_out=False),
        ("KKKKKK", "KKKKKJ", "KKKKKH"),
    ),
    "organisation_found_before_it_is_ordered_again": (
        lambda maker: maker.order(CENTRE, may_be_out=False) == maker.order(CENTRE, may_be_out=True),
        True,
    ),
    "organisation_with_no_contact": (
        lambda maker: maker.order(replace(CENTRE, contact_name=""), may_be_out=False),
        NotAccepted("", "NotNull.badge.fullName", "", field=None),
    ),
    "one_of_an_organisation_replaced_twice": (replace_one_of_several, True),
    "too_long": (
        lambda maker: maker.order(replace(ADA, expires_on=date(2029, 11, 23)), may_be_out=False),
        NotAccepted("", "DateRange.badge.expiryDate", "", field=None),
    ),
    "replaced_twice": (replace_twice, True),
    "cancelled_twice": (cancel_twice, [None, None]),
    "cancelled_and_not_replaced": (
        replace_the_cancelled,
        NotAccepted("", "Invalid.badge.replace.badgeStatus", "", field=None),
    ),
}


def connector_playing(recording, **settings):
    manifest = read_manifest(FOLDER / "manifest.yaml")
    player = Player(recording)
    _, connector = build_connector(manifest, {**SETTINGS, **settings}, transport=player)
    return connector, player


def simulated(**terms):
    return simulation(
        Store(),
        client_id="standpipe",
        client_secret="a-secret-of-tests",
        clock=lambda: datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        **terms,
    )


def put_to(built, *, secret="a-secret-of-tests"):
    """Return a way to put requests to a simulator, as the connector's client would."""
    basic = base64.b64encode(f"standpipe:{secret}".encode()).decode()
    token = {}

    def send(method, path, asked):
        parts = urlsplit(path)
        headers = {"authorization": f"Bearer {token.get('', '')}"}
        body = b"" if asked is None else json.dumps(asked).encode()
        if parts.path == TOKEN_PATH:
            headers = {"authorization": f"Basic {basic}"}
            body = urlencode(asked).encode()
        query = dict(parse_qsl(parts.query))
        reply, _ = built.reply(Request(method, parts.path, query, headers, body))
        answered = json.loads(reply.body)
        token[""] = answered.get("access_token", token.get("", ""))
        return reply.status, answered

    return send


def signed_in(**terms):
    send = put_to(simulated(**terms))
    send("POST", TOKEN_PATH, {"grant_type": "client_credentials"})
    return lambda method, path, asked=None: send(method, BASE_PATH + path, asked)


def asked_first():
    """The order of a recording, as a body that is right."""
    return RECORDINGS["ordered"].exchanges[1].asked


def changed(body, path, value):
    """A body with one value changed, or taken away by None."""
    copy = json.loads(json.dumps(body))
    inner = copy
    *way, last = path.split(".")
    for name in way:
        inner = inner[name]
    inner[last] = value
    if value is None:
        del inner[last]
    return copy


def test_every_recording_has_its_situation_here():
    assert RECORDINGS.keys() == SITUATIONS.keys()


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_connector_understands_what_was_recorded(name):
    act, expected = SITUATIONS[name]
    connector, player = connector_playing(RECORDINGS[name])

    if isinstance(expected, NotAccepted):
        with pytest.raises(NotAccepted) as declined:
            act(connector)
        assert declined.value.code == expected.code
    else:
        assert act(connector) == expected

    assert player.is_over()


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_simulator_answers_as_recorded(name):
    assert differences(RECORDINGS[name], put_to(simulated())) == []


def schema_of(name):
    if not SPECS.is_file():
        pytest.skip("The published document of the department is not beside this checkout.")
    document = json.loads(SPECS.read_text())
    return Draft4Validator({**document, "$ref": f"#/definitions/{name}"})


def kind_of(exchange):
    if exchange.status >= 400:
        return "CommonResponse"
    if exchange.path.endswith("/replacements"):
        return "BadgeNumberResponse"
    if exchange.path.endswith("/cancellations"):
        return "CommonResponse"
    if exchange.method == "POST":
        return "BadgeNumbersResponse"
    return "BadgesResponse" if "?" in exchange.path else "BadgeResponse"


@pytest.mark.parametrize("name", SITUATIONS)
def test_recorded_answers_keep_to_the_published_schemas(name):
    for exchange in RECORDINGS[name].exchanges:
        if exchange.path != TOKEN_PATH:
            schema = schema_of(kind_of(exchange))
            assert list(schema.iter_errors(exchange.answered)) == []


def test_the_published_schemas_find_an_answer_that_is_wrong():
    assert not schema_of("BadgeNumbersResponse").is_valid({"data": "KKKKKK"})


@pytest.mark.parametrize(
    ("delivery", "codes"),
    [
        (Delivery(), ("HOME", "STAND")),
        (Delivery(is_fast=True), ("HOME", "FAST")),
        (Delivery("organisation"), ("COUNCIL", "STAND")),
        (Delivery("organisation", is_fast=True), ("COUNCIL", "STAND")),
    ],
)
def test_what_is_delivered_is_ordered_by_codes_that_the_department_takes(delivery, codes):
    ordered = _order(replace(ADA, delivery=delivery), authority="BORRO")

    assert (ordered["deliverToCode"], ordered["deliveryOptionCode"]) == codes
    assert rules.order_faults(ordered, nation="ENG", on=ON) == []


@pytest.mark.parametrize(
    ("wanted", "kind", "part"),
    [(ADA, "Person", "person"), (CENTRE, "Organisation", "organisation")],
)
def test_what_is_ordered_keeps_to_the_published_schema_of_its_parts(wanted, kind, part):
    party = _order(wanted, authority="BORRO")["party"]
    for name, words in (("Contact", party["contact"]), (kind, party[part]), ("Party", party)):
        assert list(schema_of(name).iter_errors(words)) == []


def test_an_organisation_is_ordered_for_as_an_organisation():
    ordered = _order(replace(CENTRE, photo=b"\xff\xd8\xff photo"), authority="BORRO")

    assert ordered["party"] == {
        "typeCode": "ORG",
        "contact": {
            "fullName": "Farid Aziz",
            "buildingStreet": "1 Market Place",
            "townCity": "Rosegill",
            "postCode": "BO1 1AA",
            "primaryPhoneNumber": "01632 960100",
            "emailAddress": "farid@residents.example",
        },
        "organisation": {"badgeHolderName": "Rosegill Day Centre"},
    }
    assert ordered["numberOfBadges"] == 3
    assert not ordered.keys() & {"eligibilityCode", "imageFile", "notForReassessment"}


def test_numbers_count_down_in_base_20_and_skip_what_should_not_be_read_aloud():
    assert number_at(FIRST_NUMBER) == "KKKKKK"
    dead = sum("0123456789ABCDEFGHJK".index(sign) * 20**at for at, sign in enumerate("DAED"))
    assert number_at(dead) is None
    assert number_at(dead - 1) == "00DEAC"


def test_a_name_and_a_postcode_together_find_nothing():
    send = signed_in()
    both = send("GET", "/badges?name=Ada&postCode=BO1%201AA")
    none = send("GET", "/badges")

    assert (both[0], both[1]["error"]["message"]) == (400, "TooMany.params.badge.find")
    assert (none[0], none[1]["error"]["message"]) == (400, "NotNull.params.badge.find")


def test_a_badge_is_found_by_a_part_of_its_holder_s_name():
    send = signed_in()
    send("POST", "/badges", asked_first())

    assert [one["name"] for one in send("GET", "/badges?name=lythgoe")[1]["data"]] == [ADA.name]
    assert send("GET", "/badges?name=tyson")[1]["data"] == []


def test_a_wrong_secret_is_refused():
    send = put_to(simulated(), secret="another")
    assert send("POST", TOKEN_PATH, {"grant_type": "client_credentials"})[0] == 401
    assert send("GET", f"{BASE_PATH}/badges?name=Ada", None)[0] == 401


def test_who_has_no_code_orders_nothing():
    connector, _ = connector_playing(RECORDINGS["ordered"])
    with pytest.raises(NotAccepted):
        connector.order(replace(ADA, organisation="ellerdale_district"), may_be_out=False)


def test_a_code_is_of_capitals():
    assert read_authorities("a=BORRO, b=NORTH") == {"a": "BORRO", "b": "NORTH"}
    with pytest.raises(Misconfigured):
        read_authorities("a=borro")


def test_three_years_from_a_day_that_not_every_year_has():
    assert rules.last_day(date(2028, 2, 29)) == date(2031, 2, 28)


def test_a_client_that_is_shut_out_is_for_the_operator_to_mend(monkeypatch):
    recording = RECORDINGS["ordered"]
    refused = replace(
        recording, exchanges=(replace(recording.exchanges[0], status=401, answered={}),)
    )
    connector, _ = connector_playing(refused)
    with pytest.raises(Unreached):
        connector.order(ADA, may_be_out=False)
