"""Recordings: made without secrets, played in order, and compared with what a system says."""

import json

import httpx
import pytest

from standpipe.gateway.recordings import (
    Player,
    Recorder,
    Unrecorded,
    differences,
    read_recordings,
)


def answer(request):
    body = {"id": "abc", "access_token": "secret", "items": [{"n": 1}]}
    return httpx.Response(201, json=body, headers={"retry-after": "1", "set-cookie": "s=1"})


@pytest.fixture
def recording(tmp_path):
    recorder = Recorder(httpx.MockTransport(answer), secrets=frozenset({"access_token"}))
    with httpx.Client(transport=recorder, headers={"Authorization": "Bearer secret"}) as client:
        client.post("https://api.example/things?x=1", json={"name": "Ada"})
        client.get("https://api.example/things/abc")
    recorder.write(tmp_path / "two.json", situation="A thing is made.", varies=["id"])
    return read_recordings(tmp_path)["two"]


def test_a_recording_holds_no_secret(recording, tmp_path):
    text = (tmp_path / "two.json").read_text()

    assert "secret" not in text
    assert "set-cookie" not in text
    assert json.loads(text)["exchanges"][0]["response"]["headers"] == {"retry-after": "1"}


def test_it_is_played_in_order(recording):
    player = Player(recording)
    with httpx.Client(transport=player) as client:
        first = client.post("https://other.example/things?x=1", json={"name": "Ada"})
        assert not player.is_over()
        client.get("https://other.example/things/abc")

    assert (first.status_code, first.json()["id"], first.headers["retry-after"]) == (
        201,
        "abc",
        "1",
    )
    assert player.is_over()


def test_what_was_not_recorded_is_not_answered(recording):
    with httpx.Client(transport=Player(recording)) as client, pytest.raises(Unrecorded):
        client.post("https://api.example/things?x=1", json={"name": "Bryn"})


def test_nothing_is_answered_after_its_end(recording):
    with httpx.Client(transport=Player(recording)) as client:
        client.post("https://api.example/things?x=1", json={"name": "Ada"})
        client.get("https://api.example/things/abc")
        with pytest.raises(Unrecorded):
            client.get("https://api.example/things/abc")


def system(*, identity="xyz", **change):
    def send(method, path, asked):
        assert path in ("/things?x=1", f"/things/{identity}")
        kept = {"id": identity, "access_token": "scrubbed", "items": [{"n": 1}]}
        return 201, {**kept, **change}

    return send


def test_what_varies_may_differ_and_is_taken_up_by_later_requests(recording):
    assert differences(recording, system()) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"items": [{"n": 2}]}, "/items/0/n is 2, not 1"),
        ({"items": []}, "/items is [], not"),
        ({"more": 1}, "/more is new"),
        ({"access_token": None}, "/access_token is None"),
    ],
)
def test_every_other_difference_is_found(recording, change, words):
    assert words in differences(recording, system(**change))[0]


def test_another_type_status_or_a_missing_name_is_found(recording):
    def send(method, path, asked):
        return (201, {"id": 1, "items": [{"n": 1}]}) if method == "POST" else (404, {})

    found = differences(recording, send)

    assert [one.partition(": ")[2].partition(": ")[2] for one in found] == [
        "/access_token is missing",
        "/id is of another type",
        "404 instead of 201",
    ]


def test_forms_and_pages_are_recorded_and_played_as_they_are(tmp_path):
    def page(request):
        return httpx.Response(503, html="<p>Down</p>")

    recorder = Recorder(httpx.MockTransport(page), secrets=frozenset())
    with httpx.Client(transport=recorder) as client:
        client.post("https://api.example/token", data={"grant_type": "client_credentials"})
    recorder.write(tmp_path / "down.json", situation="It is down.", varies=[])
    recording = read_recordings(tmp_path)["down"]

    assert recording.exchanges[0].asked == {"grant_type": "client_credentials"}
    with httpx.Client(transport=Player(recording)) as client:
        answer = client.post("https://x.example/token", data=recording.exchanges[0].asked)
    assert (answer.status_code, answer.text) == (503, "<p>Down</p>")


def test_an_answer_without_body_is_played_without_one(tmp_path):
    recorder = Recorder(
        httpx.MockTransport(lambda request: httpx.Response(204)), secrets=frozenset()
    )
    with httpx.Client(transport=recorder) as client:
        client.delete("https://api.example/things/1")
    recorder.write(tmp_path / "gone.json", situation="A thing is deleted.", varies=[])

    with httpx.Client(transport=Player(read_recordings(tmp_path)["gone"])) as client:
        assert client.delete("https://api.example/things/1").content == b""
