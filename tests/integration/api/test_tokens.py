"""Tokens: who gets one, for what, and how long it works."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests import make
from tests.integration.api.conftest import COUNTY, TREE, Api

HOST = {"Host": "localhost:8000"}


def ask(client_id: str, secret: str, *, scope: str = "", basic: bool = False):
    form = {"grant_type": "client_credentials", **({"scope": scope} if scope else {})}
    headers = dict(HOST)
    if basic:
        pair = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    else:
        form |= {"client_id": client_id, "client_secret": secret}
    return Client(raise_request_exception=False).post("/oauth/token", form, headers=headers)


@pytest.mark.parametrize("basic", [True, False])
def test_a_system_gets_a_token_and_uses_it(basic):
    system = make.client(COUNTY)

    given = ask(system.client_id, system.secret, basic=basic)

    assert given.status_code == 200
    assert given.json()["token_type"] == "Bearer"
    assert given.headers["Cache-Control"] == "no-store"
    assert Api(given.json()["access_token"]).get("/cases").status_code == 200


def test_a_token_is_for_no_more_than_was_asked_and_allowed():
    system = make.client(COUNTY, "cases:read", "applications:write")

    narrow = ask(system.client_id, system.secret, scope="cases:read cases:write").json()

    api = Api(narrow["access_token"])
    assert narrow["scope"] == "cases:read"
    assert api.get("/cases").status_code == 200
    refused = api.post("/applications", TREE)
    assert refused.status_code == 403
    assert "applications:write" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("client_id", "secret"), [("", ""), ("nobody", "x"), ("{known}", "wrong"), ("{known}\0", "x")]
)
def test_who_is_not_known_gets_none(client_id, secret):
    known = make.client(COUNTY).client_id

    refused = ask(client_id.format(known=known), secret)

    assert refused.status_code in (400, 401)
    assert b"access_token" not in refused.content


def test_plain_http_gets_an_error_that_rfc_6749_could_name():
    refused = Client(raise_request_exception=False).post(
        "/oauth/token", {"grant_type": "client_credentials"}
    )

    assert refused.status_code == 400
    assert refused.json()["error"] == "insecure_transport"


def test_a_token_ends(owner):
    fresh = make.client(COUNTY, at=datetime.now(UTC) - timedelta(minutes=29))
    old = make.client(COUNTY, at=datetime.now(UTC) - timedelta(minutes=31))

    assert Api(fresh.token).get("/cases").status_code == 200
    assert Api(old.token).get("/cases").status_code == 401


def test_a_revoked_system_is_out_at_once(owner):
    system = make.client(COUNTY)
    owner.execute(
        "UPDATE identity_client SET revoked_at = now() WHERE client_id = %s", [system.client_id]
    )

    assert Api(system.token).get("/cases").status_code == 401
    assert ask(system.client_id, system.secret).json()["error"] == "invalid_client"


@pytest.mark.parametrize("token", [None, "", "nonsense", "x" * 5000, "a b"])
def test_without_a_good_token_there_is_a_problem_that_says_where_to_get_one(token):
    refused = Api(token).get("/cases")

    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert "/oauth/token" in refused.json()["detail"]


def test_a_secret_is_kept_nowhere(owner):
    system = make.client(COUNTY)

    kept = owner.execute("SELECT t::text FROM identity_client t").fetchall()
    tokens = owner.execute("SELECT t::text FROM identity_accesstoken t").fetchall()

    assert system.secret not in str(kept)
    assert system.token not in str(tokens)
