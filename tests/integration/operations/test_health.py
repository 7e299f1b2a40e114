"""What balancers, supervisors and Prometheus are told."""

import json
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory

from config.health import live, ready
from config.metrics import metrics

get = RequestFactory().get


@pytest.fixture(autouse=True)
def _alone(own_database, monkeypatch):
    """Here, on a database where no worker is."""
    name = own_database.owner.rpartition("/")[2]
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", name)
    yield
    connection.close()


@pytest.fixture
def owner(own_database):
    """The owner of that database."""
    with psycopg.connect(own_database.owner, autocommit=True) as connected:
        yield connected


def test_a_process_that_runs_is_alive():
    assert json.loads(live(get("/health/live")).content) == {"live": True}


def test_a_place_without_a_worker_is_ready_and_says_so(owner):
    owner.execute("DELETE FROM procrastinate_workers")

    answer = ready(get("/health/ready"))

    assert answer.status_code == 200
    assert json.loads(answer.content) == {
        "ready": True,
        "database": "ok",
        "migrations": "ok",
        "worker": "silent",
    }


def test_a_worker_that_spoke_lately_is_seen(owner):
    owner.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")

    assert json.loads(ready(get("/health/ready")).content)["worker"] == "ok"


def test_a_place_whose_database_is_away_is_not_ready(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "USER", "nobody-known")

    answer = ready(get("/health/ready"))

    assert answer.status_code == 503
    assert json.loads(answer.content)["database"] == "away"


def test_a_role_that_bypasses_row_level_security_is_not_ready(databases, monkeypatch):
    administrator = urlsplit(databases.administrator)
    monkeypatch.setitem(connection.settings_dict, "USER", administrator.username)
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", administrator.password)

    answer = ready(get("/health/ready"))

    assert answer.status_code == 503
    assert json.loads(answer.content)["database"] == "role bypasses row-level security"


def test_metrics_need_the_token():
    with pytest.raises(Http404):
        metrics(get("/metrics"))
    with pytest.raises(Http404):
        metrics(get("/metrics", headers={"Authorization": "Bearer wrong"}))


def test_metrics_tell_requests_jobs_and_workers(owner):
    answer = metrics(get("/metrics", headers={"Authorization": "Bearer a token for tests"}))

    text = answer.content.decode()
    assert "standpipe_request_seconds" in text
    assert "standpipe_workers" in text
