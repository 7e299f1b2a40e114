"""The same request again gets the same answer and does nothing; what is refused leaves nothing."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests import make
from tests.integration.api.conftest import COUNTY, TREE, Api


def lodged(owner) -> int:
    return owner.execute("SELECT count(*) FROM applications_application").fetchone()[0]


def test_a_request_that_comes_again_is_answered_again_and_done_once(api, owner):
    body, before = {**TREE, "channel": "phone"}, lodged(owner)

    first, *others = (api.post("/applications", body, key="again-1") for _ in range(4))

    assert first.status_code == 201
    assert {one.content for one in others} == {first.content}
    assert "Idempotent-Replayed" not in first.headers
    assert {one.headers["Idempotent-Replayed"] for one in others} == {"true"}
    assert lodged(owner) == before + 1


def test_the_same_key_for_another_request_is_refused(api, owner):
    api.post("/applications", TREE, key="other-1")
    before = lodged(owner)

    second = api.post("/applications", {**TREE, "channel": "counter"}, key="other-1")

    assert second.status_code == 409
    assert lodged(owner) == before


def test_keys_of_two_organisations_and_two_routes_have_nothing_to_do_with_each_other(api):
    mine = api.post("/applications", TREE, key="shared-1")
    reference = mine.json()["reference"]
    others = Api(make.client("northmere_district").token)

    noted = api.post(f"/cases/{reference}/notes", {"words": "Rang"}, key="shared-1")
    theirs = others.post(f"/cases/{reference}/notes", {"words": "Rang"}, key="shared-1")

    assert (noted.status_code, theirs.status_code) == (200, 404)
    assert reference not in theirs.content.decode()


def test_two_at_once_do_it_once(owner):
    token = make.client(COUNTY).token
    before = lodged(owner)

    def lodge(_: int) -> tuple[int, str]:
        try:
            answer = Api(token).post("/applications", TREE, key="race-1")
            return answer.status_code, answer.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lodge, range(12)))

    assert len(set(answers)) == 1, answers
    assert answers[0][0] == 201
    assert lodged(owner) == before + 1


@pytest.mark.parametrize(
    "spoil",
    [
        {"service": "no_such_service"},
        {"answers": {"applicant/report.blocks": "everything"}},
        {"answers": {"applicant/person.name": {"given": "A", "family": "B"}}},
        {"answers": {}},
        {"declared": False},
        {"channel": "pigeon"},
        {"unknown": 1},
    ],
    ids=[
        *("no service", "wrong answer", "not asked", "unfinished", "undeclared"),
        *("unknown channel", "unknown field"),
    ],
)
def test_what_is_refused_leaves_nothing_not_even_its_key(api, owner, spoil):
    key = f"spoil-{json.dumps(spoil)}"
    people = owner.execute("SELECT count(*) FROM identity_person").fetchone()
    before = lodged(owner)

    refused = api.post("/applications", {**TREE, **spoil}, key=key)
    left = lodged(owner)
    mended = api.post("/applications", TREE, key=key)

    assert 400 <= refused.status_code < 500, refused.content
    assert left == before
    assert owner.execute("SELECT count(*) FROM identity_person").fetchone() == (people[0] + 1,)
    assert mended.status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 201, "tab\there"])
def test_a_write_without_a_good_key_is_refused(api, key):
    headers = {"Idempotency-Key": key}
    answer = api.client.generic(
        "POST",
        "/api/v1/applications",
        json.dumps(TREE),
        "application/json",
        headers={**api._who(), **headers},
    )

    assert answer.status_code == 400
    assert answer.json()["title"] == "Idempotency-Key is missing"
