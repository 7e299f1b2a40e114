"""What every answer of the web server keeps to."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import path

from standpipe.web.access import Undeclared, open_to, routes
from standpipe.web.guard import GuardMiddleware
from tests import make


@pytest.fixture
def client() -> Client:
    return Client(HTTP_HOST="localhost")


@pytest.fixture
def begun(client: Client) -> str:
    """The reference of an application that this client has begun."""
    answer = client.post("/services/blue_badge/start", make.FOR_MYSELF)
    return str(answer["Location"].rpartition("/")[2])


def test_every_route_says_who_may_use_it() -> None:
    assert len(routes()) > 50


def test_a_route_that_does_not_say_stops_the_start(settings_urls: Any) -> None:
    settings_urls([path("odd", lambda request: None)])

    with pytest.raises(Undeclared, match="odd"):
        GuardMiddleware(lambda request: None)  # type: ignore[arg-type,return-value]


def test_a_wrapped_view_stays_declared() -> None:
    @open_to("caseworker", methods=("GET", "POST"))
    def view(request: object) -> None: ...

    assert view.open_to == {"caseworker"}  # type: ignore[attr-defined]
    assert view.methods == ("GET", "POST", "HEAD")  # type: ignore[attr-defined]


def test_nothing_personal_is_kept_by_a_browser(client: Client, begun: str) -> None:
    answer = client.get(f"/applications/{begun}", follow=True)

    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_a_form_page_is_small(client: Client, begun: str) -> None:
    answer = client.get(f"/applications/{begun}/questions/address")

    assert answer.status_code == 200
    assert len(answer.content) <= 15 * 1024


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_method_that_a_page_does_not_know_is_refused(client: Client, method: str) -> None:
    assert getattr(client, method)("/privacy").status_code == 405


def test_the_other_language_leads_nowhere_else(client: Client) -> None:
    answer = client.get("/", {"lang": "cy"}, PATH_INFO="//evil.example/")

    assert answer.status_code == 302
    assert answer["Location"] == "/evil.example/"


def test_an_unknown_reference_and_somebody_elses_look_alike(client: Client, begun: str) -> None:
    other = Client(HTTP_HOST="localhost")
    other.post("/services/blue_badge/start", make.FOR_MYSELF)

    theirs = other.get(f"/applications/{begun}")
    nobodys = other.get("/applications/SP-0000-0000")

    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content


def test_a_key_of_the_session_from_before_opens_nothing(client: Client) -> None:
    client.get("/return")
    client.post("/return", {"reference": "SP-0000-0000", "email": "a@example.com"})
    before = client.cookies["session"].value

    client.post("/services/blue_badge/start", make.FOR_MYSELF)

    assert client.cookies["session"].value != before


def test_a_page_that_is_not_asked_now_is_not_shown(client: Client, begun: str) -> None:
    assert client.get(f"/applications/{begun}/questions/nonsense").status_code == 404
    assert client.get(f"/applications/{begun}/questions/vehicle").status_code == 302


def test_a_form_without_its_token_changes_nothing(begun: str) -> None:
    strict = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)

    answer = strict.post("/services/blue_badge/start", make.FOR_MYSELF)

    assert answer.status_code == 403
    assert b"open for too long" in answer.content


def test_a_code_cannot_be_asked_for_without_end(client: Client) -> None:
    sent = {"reference": "SP-0000-0000", "email": "a@example.com"}

    answers = [client.post("/return", sent, REMOTE_ADDR="10.1.1.1") for _ in range(12)]

    assert answers[0].status_code == 302
    assert answers[-1].status_code == 429


@pytest.fixture
def settings_urls(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have other routes for one test."""

    def use(patterns: list[Any]) -> None:
        class Resolver:
            url_patterns = patterns

        monkeypatch.setattr("standpipe.web.access.get_resolver", Resolver)

    return use
