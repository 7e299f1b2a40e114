"""Every recording both ways: played to the connector, and put to the simulator."""

from __future__ import annotations

import json
import time
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from jsonschema import Draft4Validator

from connectors.govuk_notify.client import Client
from connectors.govuk_notify.connector import GovukNotify
from connectors.govuk_notify.simulator import simulation
from standpipe.gateway.connectors import build_connector
from standpipe.gateway.contracts import NotAccepted, OutgoingMessage, Sent, Unreached
from standpipe.gateway.manifest import read_manifest
from standpipe.gateway.recordings import Player, differences, read_recordings
from standpipe.gateway.simulation.messages import Request
from standpipe.gateway.simulation.store import Store
from standpipe.kernel.errors import Misconfigured

FOLDER = Path(__file__).parent
RECORDINGS = read_recordings(FOLDER / "recordings")
SPECS = FOLDER.parents[2] / "shared" / "specs" / "notify" / "notification_schemas.json"

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"demo-{SERVICE}-{SECRET}"

TEXTS = {"subject": "We have your application", "body": "Reference BB-7Q2M."}
EMAIL = OutgoingMessage("email", "ada@residents.example", "received", TEXTS, "message-1")


def message(channel, to, *, texts=TEXTS):
    return OutgoingMessage(channel, to, "received", texts, "message-1")


HOME = ("Ada Tyson", "1 Acorn Road", "Keswick", "BO1 1AA")

SITUATIONS = {
    "email_sent": (lambda notify: notify.send(EMAIL), Sent),
    "text_sent": (lambda notify: notify.send(message("sms", "07700 900123")), Sent),
    "letter_sent": (lambda notify: notify.send(message("letter", HOME)), Sent),
    "bad_address": (lambda notify: notify.send(message("email", "not an address")), NotAccepted),
    "nothing_to_say": (
        lambda notify: notify.send(message("sms", "07700 900123", texts={"subject": "x"})),
        NotAccepted,
    ),
    "wrong_key": (lambda notify: notify.send(EMAIL), Unreached),
    "found_by_reference": (
        lambda notify: notify.send(EMAIL) == notify.find("message-1"),
        True,
    ),
    "not_found_by_reference": (lambda notify: notify.find("message-2"), None),
    "status_of_new_message": (
        lambda notify: notify.status(notify.send(EMAIL).provider_id),
        "sending",
    ),
    "templates_fit": (lambda notify: notify.operator_faults(), []),
}


def connector_playing(recording) -> tuple[GovukNotify, Player]:
    player = Player(recording)
    manifest = read_manifest(FOLDER / "manifest.yaml")
    given = {"STANDPIPE_NOTIFY_URL": "https://notify.example", "STANDPIPE_NOTIFY_KEY": KEY}
    _, connector = build_connector(manifest, manifest.pick_settings(given), transport=player)
    return connector, player


def token(*, issuer=SERVICE, secret=SECRET, at=None):
    claims = {"iss": issuer, "iat": int(time.time() if at is None else at)}
    return jwt.encode({"typ": "JWT", "alg": "HS256"}, claims, OctKey.import_key(secret))


def put_to(simulated, *, bearer):
    def send(method, path, asked):
        parts = urlsplit(path)
        headers = {"authorization": f"Bearer {bearer}"} if bearer else {}
        body = b"" if asked is None else json.dumps(asked).encode()
        request = Request(method, parts.path, dict(parse_qsl(parts.query)), headers, body)
        reply, _ = simulated.reply(request)
        return reply.status, json.loads(reply.body)

    return send


def test_every_recording_has_its_situation_here():
    assert RECORDINGS.keys() == SITUATIONS.keys()


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_connector_understands_what_was_recorded(name):
    act, expected = SITUATIONS[name]
    connector, player = connector_playing(RECORDINGS[name])

    if isinstance(expected, type) and issubclass(expected, Exception):
        with pytest.raises(expected):
            act(connector)
    elif isinstance(expected, type):
        assert isinstance(act(connector), expected)
    else:
        assert act(connector) == expected

    assert player.is_over()


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_simulator_answers_as_recorded(name):
    secret = SECRET[:-1] + "1" if name == "wrong_key" else SECRET
    send = put_to(simulation(key=KEY, store=Store()), bearer=token(secret=secret))

    assert differences(RECORDINGS[name], send) == []


@pytest.mark.parametrize("name", SITUATIONS)
def test_recorded_answers_keep_to_the_published_schemas(name):
    if not SPECS.is_file():
        pytest.skip("The published schemas of Notify are not beside this checkout.")
    schemas = json.loads(SPECS.read_text())
    for exchange in RECORDINGS[name].exchanges:
        if exchange.status < 400 and "/notifications" in exchange.path:
            kind = exchange.path.partition("?")[0].removeprefix("/v2/notifications")
            schema = {"/email": "post_email", "/sms": "post_sms", "/letter": "post_letter"}.get(
                kind, "get_notification" if kind else "get_notifications"
            )
            checker = Draft4Validator(schemas[f"{schema}_response"])
            assert list(checker.iter_errors(exchange.answered)) == []
            # The same check finds an answer that is not as published.
            assert not checker.is_valid({**exchange.answered, "id": 1, "notifications": None})


@pytest.mark.parametrize(
    ("bearer", "status", "words"),
    [
        ("", 401, "authentication token must be provided"),
        ("nonsense", 403, "Invalid token"),
        (token(issuer="00000000-0000-4000-8000-000000000000"), 403, "service not found"),
        (token(at=0), 403, "system clock must be accurate to within 30 seconds"),
        (token(at=2**40), 403, "system clock must be accurate to within 30 seconds"),
    ],
)
def test_a_token_that_is_wrong_or_old_is_refused_in_the_words_of_notify(bearer, status, words):
    send = put_to(simulation(key=KEY, store=Store()), bearer=bearer)

    given, answer = send("GET", "/v2/notifications", None)

    assert (given, answer["status_code"]) == (status, status)
    assert answer["errors"][0]["error"] == "AuthError"
    assert words in answer["errors"][0]["message"]


@pytest.mark.parametrize(
    ("channel", "change", "error", "words"),
    [
        ("email", {"template_id": "1"}, "ValidationError", "template_id is not a valid UUID"),
        ("email", {"colour": "red"}, "ValidationError", "colour was unexpected"),
        (
            "email",
            {"template_id": "00000000-0000-4000-8000-000000000000"},
            "BadRequestError",
            "Template not found",
        ),
        ("sms", {"phone_number": "0770"}, "ValidationError", "phone_number Not enough digits"),
        ("sms", {"phone_number": "my phone"}, "ValidationError", "Must not contain letters"),
        (
            "sms",
            {"personalisation": {"body": "x" * 919}},
            "BadRequestError",
            "cannot be longer than 918 characters",
        ),
    ],
)
def test_the_simulator_declines_what_notify_declines(channel, change, error, words):
    send = put_to(simulation(key=KEY, store=Store()), bearer=token())
    sent = RECORDINGS["email_sent" if channel == "email" else "text_sent"].exchanges[0]

    status, answer = send(sent.method, sent.path, {**sent.asked, **change})

    assert (status, answer["errors"][0]["error"]) == (400, error)
    assert words in answer["errors"][0]["message"]


@pytest.mark.parametrize(
    ("terms", "error"),
    [({"a_minute": 1}, "RateLimitError"), ({"a_day": 1}, "TooManyRequestsError")],
)
def test_limits_of_a_minute_and_of_a_day_are_kept(terms, error):
    send = put_to(simulation(key=KEY, store=Store(), **terms), bearer=token())
    sent = RECORDINGS["email_sent"].exchanges[0]

    first, _ = send(sent.method, sent.path, sent.asked)
    second, answer = send(sent.method, sent.path, sent.asked)

    assert (first, second, answer["errors"][0]["error"]) == (201, 429, error)


def test_a_key_that_was_not_copied_whole_stops_start_up():
    with pytest.raises(Misconfigured, match="STANDPIPE_NOTIFY_KEY"):
        Client(None, url="https://notify.example", key=KEY[:-4])
