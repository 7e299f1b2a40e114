"""Every answer, errors too, tells the browser to be strict."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from http.cookies import SimpleCookie

import pytest
from django.test import Client

from tests import make
from tests.house.source import ROOT

# One address of each kind: public, personal, for staff, for systems, and what goes wrong.
ADDRESSES = {
    "/": 200,
    "/services/blue_badge": 200,
    "/privacy": 200,
    "/return": 200,
    "/accounts/login/": 200,
    "/applications": 302,
    "/staff/": 302,
    "/api/v1/services": 200,
    "/api/v1/cases": 401,
    "/health/live": 200,
    "/no-such-page": 404,
    "/services/no-such-service": 404,
    "/services/blue_badge/start": 405,
    "/?x=%00": 400,
}


def get(address: str, **headers: str):
    return Client(raise_request_exception=False).get(
        address, headers={"Host": "localhost", **headers}
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_strict(database, address):
    answer = get(address)
    policy = answer.headers["Content-Security-Policy"]

    assert answer.status_code == ADDRESSES[address]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http:" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Server" not in answer.headers


def test_a_host_that_is_not_ours_is_refused(database):
    answer = get("/", Host="evil.example")

    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_form_without_its_token_is_refused(database):
    answer = Client(enforce_csrf_checks=True).post(
        "/services/blue_badge/start", make.FOR_MYSELF, headers={"Host": "localhost"}
    )

    assert answer.status_code == 403
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_fault_of_ours_is_strict_and_says_nothing_of_itself(database, monkeypatch):
    from standpipe.web.citizen import start

    def broken(*_: object) -> None:
        raise RuntimeError("SECRET-OF-THE-HOUSE")

    monkeypatch.setattr(start, "home_organisation", broken)
    monkeypatch.setattr(start, "packs", broken)
    answer = get("/privacy")

    assert answer.status_code == 500
    assert "SECRET" not in answer.content.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_pages_hold_no_script_and_no_style_of_their_own(database):
    for address in ("/", "/services/blue_badge", "/return", "/accounts/login/", "/no-such-page"):
        page = get(address).content.decode()
        assert " style=" not in page, address
        assert " onclick=" not in page, address
        assert "<style" not in page, address
        for part in page.split("<script")[1:]:
            tag = part.split(">", 1)[0]
            assert "src=" in tag or "application/json" in tag, f"a script within {address}"


def test_cookies_are_kept_from_scripts_and_other_sites(database):
    answer = Client().post(
        "/services/blue_badge/start", make.FOR_MYSELF, headers={"Host": "localhost"}
    )

    cookies = SimpleCookie(answer.cookies.output(header=""))
    assert cookies
    for name, cookie in answer.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] in ("Lax", "Strict"), name
        assert not cookie["domain"], name


def test_production_sends_everything_over_https_alone():
    words = """
import json, django
from django.conf import settings
django.setup()
names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
         "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "DEBUG")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""
    variables = {**os.environ, "STANDPIPE_ENVIRONMENT": "production"}
    variables["STANDPIPE_ORIGIN"] = "https://apply.example.gov.uk"
    done = subprocess.run(
        [sys.executable, "-c", words],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])

    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert found["DEBUG"] is False


def test_staff_and_residents_pages_are_kept_by_no_cache(database):
    ada = make.person()
    reference = make.begun(ada, "blue_badge")
    client = Client()
    session = client.session
    session["person"] = str(ada.person)
    session.save()
    for address in ("/applications", f"/applications/{reference}/questions/address", "/data"):
        answer = client.get(address, headers={"Host": "localhost"})
        assert answer.status_code == 200, address
        assert "no-store" in answer.headers["Cache-Control"], address
