"""What is asked for by machines alone knows neither sessions nor roles of people."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from standpipe.web.access import routes
from standpipe.web.actors import PERSON
from tests import make

HOST = {"Host": "localhost"}


def test_their_routes_are_open_to_machines_alone():
    found = [one for one in routes() if f"/{one.path}".startswith(settings.MACHINE_PATHS)]

    assert found
    assert {one.path for one in found if not one.open_to <= {"anyone", "client"}} == set()


@pytest.mark.parametrize("address", ["/api/v1/services", "/api/v1/cases", "/health/live"])
def test_a_cookie_means_nothing_there(database, address):
    client = Client()
    session = client.session
    session[PERSON] = str(make.person().person)
    session.save()

    answer, without = client.get(address, headers=HOST), Client().get(address, headers=HOST)

    assert answer.wsgi_request.actor.kind == "anonymous"
    assert (answer.status_code, answer.content) == (without.status_code, without.content)
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_on_a_page_it_does(database):
    ada = make.person()
    client = Client()
    session = client.session
    session[PERSON] = str(ada.person)
    session.save()

    answer = client.get("/applications", headers=HOST)

    assert answer.wsgi_request.actor.person == ada.person
    assert "Cookie" in answer.headers["Vary"]
