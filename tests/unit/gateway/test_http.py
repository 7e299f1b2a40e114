"""The one client, over a transport that answers by script and a clock that is told to move."""

from dataclasses import dataclass, field

import httpx
import pytest
from structlog.testing import capture_logs

from standpipe.gateway.calls import AddressNotAllowed, Call, Malformed
from standpipe.gateway.contracts import NotAccepted, Unreached
from standpipe.gateway.http import Outbound
from standpipe.gateway.manifest import Limits

LIMITS = Limits(
    deadline_seconds=10,
    connect_seconds=1,
    read_seconds=2,
    attempts=3,
    parallel=2,
    response_bytes=1024,
    circuit_failures=3,
    circuit_rest_seconds=30,
)
URL = "https://api.example"


@dataclass
class Script(httpx.BaseTransport):
    """Answers in order: a response, an error to raise, or a status; the last one for ever."""

    answers: list
    now: float = 0.0
    takes_seconds: float = 0.0
    asked: list = field(default_factory=list)
    slept: list = field(default_factory=list)

    def handle_request(self, request):
        self.asked.append(request)
        self.now += self.takes_seconds
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, int):
            return httpx.Response(answer, json={"status": answer})
        return answer

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def outbound(script, **limits):
    changed = {name: getattr(LIMITS, name) for name in LIMITS.__slots__} | limits
    return Outbound(
        "example",
        urls={"STANDPIPE_EXAMPLE_URL": URL},
        limits=Limits(**changed),
        transport=script,
        clock=lambda: script.now,
        sleep=script.sleep,
        chance=lambda: 0.0,
    )


def get(path="/thing", **terms):
    return Call("GET", URL + path, "/thing", "correlation-1", **terms)


def post(**terms):
    return Call("POST", f"{URL}/thing", "/thing", "correlation-1", body={"a": 1}, **terms)


def status_of(answer):
    return answer.status


def test_an_answer_is_read_by_the_caller():
    script = Script([200])

    assert outbound(script).call(get(), read=lambda answer: answer.json()) == {"status": 200}
    assert script.asked[0].headers["x-correlation-id"] == "correlation-1"
    assert script.asked[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/thing",
        "https://api.example:8443/thing",
        "http://localhost/thing",
        "https://api.example@other.example/thing",
        "https://169.254.169.254/latest",
    ],
)
def test_nothing_is_sent_to_an_address_the_settings_do_not_name(url):
    script = Script([200])

    with pytest.raises(AddressNotAllowed):
        outbound(script).call(Call("GET", url, "/thing", "c"), read=status_of)

    assert script.asked == []


def test_a_redirect_is_not_followed():
    script = Script([httpx.Response(302, headers={"location": "https://other.example/"})])

    with pytest.raises(Unreached) as failed:
        outbound(script).call(get(), read=status_of)

    assert failed.value.trouble == "malformed"
    assert len(script.asked) == 1


@pytest.mark.parametrize(
    "failing", [500, 503, 429, httpx.ConnectError("no"), httpx.ReadError("no")]
)
def test_a_reading_call_is_tried_again(failing):
    script = Script([failing, failing, 200])

    assert outbound(script).call(get(), read=status_of) == 200
    assert len(script.asked) == 3
    assert script.slept == [0.1, 0.2]


@pytest.mark.parametrize("failing", [500, httpx.ReadTimeout("no"), httpx.ConnectError("no")])
def test_a_call_that_changes_something_is_never_repeated_without_a_key(failing):
    script = Script([failing, 200])

    with pytest.raises(Unreached):
        outbound(script).call(post(), read=status_of)

    assert len(script.asked) == 1


def test_a_call_with_a_key_is_repeated_with_the_same_key():
    script = Script([500, 201])

    assert outbound(script).call(post(idempotency_key="key-1"), read=status_of) == 201
    assert [one.headers["idempotency-key"] for one in script.asked] == ["key-1", "key-1"]


@pytest.mark.parametrize(
    ("failing", "unknown"),
    [
        (httpx.ConnectError("no"), False),
        (httpx.ConnectTimeout("no"), False),
        (429, False),
        (httpx.ReadTimeout("no"), True),
        (httpx.RemoteProtocolError("no"), True),
        (500, True),
    ],
)
def test_the_outcome_is_unknown_only_if_something_was_sent(failing, unknown):
    with pytest.raises(Unreached) as failed:
        outbound(Script([failing])).call(post(), read=status_of)

    assert failed.value.outcome_unknown is unknown


def test_one_attempt_of_unknown_outcome_leaves_the_whole_unknown():
    script = Script([httpx.ReadTimeout("no"), httpx.ConnectError("no")])

    with pytest.raises(Unreached) as failed:
        outbound(script).call(post(idempotency_key="key-1"), read=status_of)

    assert failed.value.outcome_unknown


@pytest.mark.parametrize(
    ("failing", "trouble"),
    [
        (httpx.ConnectTimeout("no"), "silent"),
        (httpx.ReadTimeout("no"), "silent"),
        (httpx.ConnectError("no"), "unavailable"),
        (httpx.RemoteProtocolError("no"), "unavailable"),
        (502, "unavailable"),
        (429, "unavailable"),
        (httpx.Response(200, content=b"x" * 1025), "malformed"),
        (
            httpx.Response(
                200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(b"x")
            ),
            "malformed",
        ),
    ],
)
def test_trouble_is_named(failing, trouble):
    with pytest.raises(Unreached) as failed:
        outbound(Script([failing]), attempts=1).call(get(), read=status_of)

    assert failed.value.trouble == trouble


class Broken(httpx.SyncByteStream):
    """A body that begins, and then goes wrong."""

    def __init__(self, error):
        self._error = error

    def __iter__(self):
        yield b'{"be'
        raise self._error


@pytest.mark.parametrize(
    ("error", "trouble"),
    [(httpx.ReadTimeout("no"), "slow"), (httpx.ReadError("no"), "unavailable")],
)
def test_a_body_that_breaks_off_is_trouble_and_tried_again(error, trouble):
    script = Script([httpx.Response(200, stream=Broken(error)) for _ in range(9)])

    with pytest.raises(Unreached) as failed:
        outbound(script).call(get(), read=status_of)

    assert failed.value.trouble == trouble
    assert len(script.asked) == 3


def test_what_the_reader_finds_malformed_is_trouble_and_not_repeated():
    def read(answer):
        raise Malformed("not as agreed")

    script = Script([200])
    with pytest.raises(Unreached) as failed:
        outbound(script).call(get(), read=read)

    assert failed.value.trouble == "malformed"
    assert len(script.asked) == 1


def test_retry_after_is_kept_within_the_deadline():
    script = Script([httpx.Response(429, headers={"retry-after": "4"}), 200])

    assert outbound(script).call(get(), read=status_of) == 200
    assert script.slept == [4.0]


def test_retry_after_beyond_the_deadline_ends_the_call_at_once():
    script = Script([httpx.Response(429, headers={"retry-after": "60"}), 200])

    with pytest.raises(Unreached):
        outbound(script).call(get(), read=status_of)

    assert script.slept == []


def test_the_deadline_holds_for_all_attempts_together():
    script = Script([500], takes_seconds=4)

    with pytest.raises(Unreached):
        outbound(script, attempts=5).call(get(), read=status_of)

    assert len(script.asked) == 3


def test_a_shorter_deadline_may_be_given():
    script = Script([500], takes_seconds=1.5)

    with pytest.raises(Unreached):
        outbound(script).call(get(), read=status_of, deadline_seconds=2)

    assert len(script.asked) == 2


def test_failures_in_a_row_stop_further_calls_until_the_rest_is_over():
    script = Script([500])
    client = outbound(script, attempts=1)
    for _ in range(3):
        with pytest.raises(Unreached):
            client.call(get(), read=status_of)

    with pytest.raises(Unreached) as refused:
        client.call(post(), read=status_of)

    assert client.circuit_state() == "open"
    assert refused.value.outcome_unknown is False
    assert len(script.asked) == 3
    script.now += 30
    script.answers = [200]
    assert client.call(get(), read=status_of) == 200
    assert client.circuit_state() == "closed"


def test_a_no_is_an_answer_and_opens_nothing():
    def read(answer):
        raise NotAccepted("example", "P1", "no", field=None)

    client = outbound(Script([400]), circuit_failures=1)
    for _ in range(3):
        with pytest.raises(NotAccepted):
            client.call(get(), read=read)

    assert client.circuit_state() == "closed"


def test_more_callers_than_turns_are_not_held_for_ever():
    troubles = []

    class Crowded(Script):
        def handle_request(self, request):
            with pytest.raises(Unreached) as crowded:
                client.call(get(), read=status_of, deadline_seconds=0.05)
            troubles.append(crowded.value.trouble)
            return super().handle_request(request)

    script = Crowded([200])
    client = outbound(script, parallel=1, circuit_failures=1)

    assert client.call(get(), read=status_of) == 200
    assert troubles == ["unavailable"]
    assert len(script.asked) == 1
    assert client.circuit_state() == "closed"


def test_the_log_holds_no_address_and_no_body():
    with capture_logs() as lines:
        outbound(Script([200])).call(
            get("/people/ada-tyson", query={"name": "Ada"}), read=status_of
        )

    assert len(lines) == 1
    line = lines[0]
    assert (line["route"], line["status"], line["attempts"]) == ("/thing", 200, 1)
    assert "ada" not in str(line).lower()
