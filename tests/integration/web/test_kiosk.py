"""A public computer forgets whoever used it, and offers nobody what was told before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from standpipe.kiosks.actions import give_key
from standpipe.kiosks.kiosk import WIPE_AFTER, is_left
from standpipe.places.actions import organisation_id
from standpipe.web.kiosk.mode import USED
from tests import make

COUNTY = "borrowdale_county"


def opened(name: str = "desk 1") -> Client:
    """A browser that is a public computer."""
    client = Client(HTTP_HOST="localhost")
    assert client.get(address(name)).status_code == 302
    return client


def address(name: str) -> str:
    actor = make.worker(COUNTY)
    key = give_key(name, organisation=organisation_id(COUNTY), actor=actor, at=make.AT)
    return f"/kiosk/open/{key}"


def begin(client: Client) -> str:
    return client.post("/services/report_a_fallen_tree/start")["Location"]


def leave_for(client: Client, **time: float) -> str:
    """Let nobody touch a computer for a while; return the session that it had."""
    key = client.cookies["session"].value
    session = SessionStore(key)
    session[USED] = (datetime.now(UTC) - timedelta(**time)).timestamp()
    session.save()
    return key


def test_an_application_begun_there_says_so(database):
    client = opened()
    reference = begin(client).rpartition("/")[2]

    owner = make.worker(COUNTY)
    assert make.view(reference, owner).channel == "kiosk"


def test_after_three_minutes_it_forgets_also_without_a_script(database):
    client = opened()
    application = begin(client)
    key = leave_for(client, minutes=3, seconds=1)

    answer = client.get(application)

    assert answer.status_code == 302
    assert answer["Location"] == "/kiosk/cleared?in=en"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not SessionStore().exists(key), "the session is still on the server"
    assert b"forgotten you" in client.get("/kiosk/cleared").content
    assert client.get(application)["Location"] == "/return"


def test_before_three_minutes_it_does_not(database):
    client = opened()
    application = begin(client)
    leave_for(client, minutes=2)

    assert "/questions/" in client.get(application)["Location"]


def test_looking_at_the_warning_is_no_sign_of_life_and_asking_for_time_is(database):
    client = opened()
    application = begin(client)
    leave_for(client, minutes=2, seconds=30)
    client.get("/kiosk/still-there", {"next": application})
    used = SessionStore(client.cookies["session"].value)[USED]

    answer = client.post("/kiosk/more-time", {"next": application})

    assert answer["Location"] == application
    assert SessionStore(client.cookies["session"].value)[USED] > used + 100


def test_finish_and_clear_ends_the_session_on_the_server(database):
    client = opened()
    application = begin(client)
    key = client.cookies["session"].value

    answer = client.post("/kiosk/finish")

    assert answer["Location"] == "/kiosk/cleared?in=en"
    assert {"session", "csrf", "language"} <= answer.cookies.keys()
    assert not SessionStore().exists(key)
    assert client.get(application)["Location"] == "/return"
    assert client.get("/kiosk").status_code == 200, "it is a public computer still"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:1"])
def test_more_time_leads_nowhere_else(database, wanted):
    assert opened().post("/kiosk/more-time", {"next": wanted})["Location"] == "/kiosk"


def test_browsers_are_asked_to_remember_nothing(database):
    client = opened()
    page = client.get(client.get(begin_badge(client))["Location"] + "?manual=yes").content.decode()

    assert page.count('autocomplete="off"') >= 5
    assert 'autocomplete="address-line1"' not in page


def begin_badge(client: Client) -> str:
    return client.post("/services/blue_badge/start", make.FOR_MYSELF)["Location"]


def test_at_ones_own_computer_browsers_may_fill_in(database):
    client = Client(HTTP_HOST="localhost")
    page = client.get(client.get(begin_badge(client))["Location"] + "?manual=yes").content.decode()

    assert 'autocomplete="address-line1"' in page


def test_what_was_told_before_is_offered_at_ones_own_computer_alone(database):
    ada = make.person()
    make.application(ada, until="birth_date")
    again = make.begun(ada, "blue_badge")
    there = make.another(ada, at_shared_device=True)

    assert make.view(again, ada).offered
    assert not make.view(again, there).offered


@pytest.mark.parametrize("page", ["/accounts/login/", "/staff/", "/policy/", "/account"])
def test_nobody_signs_in_there(database, page):
    assert opened().get(page)["Location"] == "/kiosk"


def test_a_new_address_ends_the_old_one_and_what_it_opened(database):
    before = address("desk 7")
    client = Client(HTTP_HOST="localhost")
    client.get(before)
    now = address("desk 7")

    assert client.get("/kiosk").status_code == 404
    assert client.get(before).status_code == 404
    assert client.get(now).status_code == 302


def test_a_made_up_cookie_makes_no_public_computer(database):
    client = Client(HTTP_HOST="localhost")
    client.cookies["kiosk"] = "WyJ4IiwieSJd:1abc:xyz"

    assert client.get("/kiosk").status_code == 404


def test_the_printed_address_works(database, capsys):
    from config.kiosk import main

    main(["--organisation", COUNTY, "--name", "desk 9"])
    printed = urlsplit(capsys.readouterr().out.strip())

    assert Client(HTTP_HOST="localhost").get(printed.path)["Location"] == "/kiosk"


def test_it_is_left_after_the_whole_time_and_not_before():
    at = make.AT

    assert not is_left(at - WIPE_AFTER + timedelta(seconds=1), at=at)
    assert is_left(at - WIPE_AFTER, at=at)
