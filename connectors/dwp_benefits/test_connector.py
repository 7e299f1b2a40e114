"""Every recording both ways: played to the connector, and put to the simulator."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from jsonschema import Draft202012Validator

from connectors.dwp_benefits.claimants import Claimants, read_people
from connectors.dwp_benefits.connector import DwpBenefits
from connectors.dwp_benefits.simulator import simulation
from standpipe.gateway.connectors import build_connector
from standpipe.gateway.contracts import AttributeAnswer, RegistryAnswer, RegistryQuestion
from standpipe.gateway.manifest import read_manifest
from standpipe.gateway.recordings import Player, differences, read_recordings
from standpipe.gateway.simulation.messages import Request
from standpipe.kernel.data_files import read_yaml
from standpipe.kernel.errors import Misconfigured

FOLDER = Path(__file__).parent
RECORDINGS = read_recordings(FOLDER / "recordings")
AS_OF = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

MOVING_AROUND = "benefit.pip.moving_around_8_or_more"
PLANNING = "benefit.pip.planning_descriptor_e"
PLANNING_12 = "benefit.pip.planning_12"
HIGHER_RATE = "benefit.dla.higher_rate_mobility"
ALL = (MOVING_AROUND, PLANNING, HIGHER_RATE)

MET, NOT_MET = AttributeAnswer("met"), AttributeAnswer("not_met")
UNKNOWN = AttributeAnswer("unknown")

ADA = ("Ada", "Lythgoe", "1980-03-31", "QQ 90 00 01 A")
UNA = ("Una", "Lythgoe", "1970-06-15", None)


def answered(moving_around, planning, higher_rate):
    answers = dict(zip(ALL, (moving_around, planning, higher_rate), strict=True))
    return RegistryAnswer("matched", answers, AS_OF)


def without_answer(match, trouble=None):
    return RegistryAnswer(match, dict.fromkeys(ALL, UNKNOWN), None, trouble)


SITUATIONS = {
    "moving_around_met": (
        ADA,
        answered(AttributeAnswer("met", date(2029, 5, 9)), NOT_MET, NOT_MET),
    ),
    "higher_rate_mobility_ongoing": (
        ("Desmond", "Lythgoe", "1951-01-23", None),
        answered(NOT_MET, NOT_MET, MET),
    ),
    "planning_12_met": (
        ("Florence", "Lythgoe", "1966-09-03", "QQ 90 00 09 A"),
        RegistryAnswer("matched", {PLANNING_12: MET}, AS_OF),
    ),
    "nothing_met": (
        ("Enid", "Lythgoe", "1960-02-29", None),
        answered(NOT_MET, NOT_MET, NOT_MET),
    ),
    "under_review": (UNA, answered(UNKNOWN, UNKNOWN, UNKNOWN)),
    "not_matched": (("Nobody", *UNA[1:]), without_answer("not_matched")),
    "multiple": (("Sam", "Twin", "1988-08-08", None), without_answer("multiple")),
    "refused": (("Pat", "Refusing", "1980-03-31", None), without_answer("unknown", "refused")),
    "maintenance_page": (
        ("Pat", "Malformed", "1980-03-31", None),
        without_answer("unknown", "malformed"),
    ),
}


def question_about(person, *, attributes=ALL):
    given, family, born, number = person
    subject = {
        "person.name": {"given": given, "family": family},
        "person.birth_date": born,
        "address.postcode": "bo1 1aa",
        "person.national_insurance_number": number,
    }
    return RegistryQuestion(
        subject=subject,
        attributes=attributes,
        purpose="blue_badge.eligibility",
        organisation="Borrowdale County Council",
        receipt="receipt-1",
        correlation_id="correlation-1",
    )


def connector_playing(recording) -> tuple[DwpBenefits, Player]:
    player = Player(recording)
    settings = {
        "STANDPIPE_DWP_URL": "https://dwp.example",
        "STANDPIPE_DWP_CLIENT_ID": "demo",
        "STANDPIPE_DWP_CLIENT_SECRET": "secret",
    }
    manifest = read_manifest(FOLDER / "manifest.yaml")
    _, connector = build_connector(manifest, settings, transport=player)
    return connector, player


def department():
    people = Claimants(read_people(FOLDER / "people.yaml"))
    return simulation(people, client_id="demo", client_secret="secret", clock=lambda: AS_OF)


def put_to(simulated):
    token = ""

    def send(method, path, asked):
        nonlocal token
        headers = {"x-correlation-id": "correlation-1", "authorization": f"Bearer {token}"}
        body = json.dumps(asked).encode()
        if path == "/oauth2/token":
            headers["authorization"] = f"Basic {base64.b64encode(b'demo:secret').decode()}"
            body = urlencode(asked).encode()
        reply, _ = simulated.reply(Request(method, path, {}, headers, body))
        if reply.media_type != "application/json":
            return reply.status, reply.body.decode()
        answer = json.loads(reply.body)
        token = answer.get("access_token", token)
        return reply.status, answer

    return send


def test_every_recording_has_its_situation_here():
    assert RECORDINGS.keys() == SITUATIONS.keys()


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_connector_understands_what_was_recorded(name):
    person, expected = SITUATIONS[name]
    connector, player = connector_playing(RECORDINGS[name])

    asked = question_about(person, attributes=tuple(expected.answers))
    answer = connector.ask(asked, deadline_seconds=5)

    assert answer == expected
    assert player.is_over()


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_simulator_answers_as_recorded(name):
    assert differences(RECORDINGS[name], put_to(department())) == []


@pytest.mark.parametrize("name", SITUATIONS)
def test_requests_and_answers_keep_to_the_assumed_api(name):
    schemas = read_yaml(FOLDER / "api.yaml")["components"]["schemas"]
    for exchange in RECORDINGS[name].exchanges[1:]:
        asked, answered = ("Match", "Matched")
        if exchange.path.endswith("/answers"):
            asked, answered = ("Questions", "Answers")
        if exchange.status >= 400:
            answered = "Problem"
        assert Draft202012Validator(schemas[asked]).is_valid(exchange.asked)
        if isinstance(exchange.answered, dict):
            assert Draft202012Validator(schemas[answered]).is_valid(exchange.answered)


def test_only_what_was_asked_is_asked_and_answered():
    simulated = department()
    send = put_to(simulated)
    match = RECORDINGS["moving_around_met"].exchanges[:2]
    _, token = send(match[0].method, match[0].path, match[0].asked)
    assert token["expires_in"] == 300
    _, matched = send(match[1].method, match[1].path, match[1].asked)
    asked = RECORDINGS["moving_around_met"].exchanges[2].asked
    only_higher_rate = {**asked, "questions": ["dla.mobility==higher"]}

    _, answer = send("POST", f"/v1/citizens/{matched['citizen_guid']}/answers", only_higher_rate)

    assert answer["answers"] == [{"question": "dla.mobility==higher", "decision": "not_met"}]


def test_an_answer_nobody_asked_for_is_dropped():
    recording = RECORDINGS["moving_around_met"]
    last = recording.exchanges[2]
    kept = ["pip.planning.descriptor==E", "award.end_date"]
    narrowed = type(last)(
        last.method, last.path, {**last.asked, "questions": kept}, 200, {}, last.answered
    )
    generous = type(recording)("generous", "", frozenset(), (*recording.exchanges[:2], narrowed))
    connector, _ = connector_playing(generous)

    answer = connector.ask(question_about(ADA, attributes=(PLANNING,)), deadline_seconds=5)

    assert answer.answers == {PLANNING: NOT_MET}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"date_of_birth": "31/03/1980"}, "date_of_birth"),
        ({"postcode": "nowhere"}, "postcode"),
        ({"shoe_size": 42}, None),
    ],
)
def test_a_match_that_breaks_the_api_is_declined_without_repeating_what_was_sent(change, field):
    send = put_to(department())
    token, match = RECORDINGS["moving_around_met"].exchanges[:2]
    send(token.method, token.path, token.asked)

    status, problem = send(match.method, match.path, {**match.asked, **change})

    assert (status, problem["code"], problem.get("field")) == (400, "invalid_request", field)
    assert not any(str(value) in problem["message"] for value in change.values())


def test_a_question_that_lacks_what_a_citizen_is_found_by_names_it():
    connector, _ = connector_playing(RECORDINGS["not_matched"])
    whole = question_about(ADA)
    partial = {name: value for name, value in whole.subject.items() if name != "address.postcode"}

    with pytest.raises(Misconfigured, match=r"address\.postcode"):
        connector.ask(replace(whole, subject=partial), deadline_seconds=5)
