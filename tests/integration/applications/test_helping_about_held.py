"""Staff start a replacement or a change for a caller who tells what stands on the badge."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from standpipe.applications import actions
from standpipe.applications.actions.granting import decide_by_rules
from standpipe.applications.actions.loading import load
from standpipe.applications.actions.submitting import finish
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from tests import make
from tests.integration.applications.test_life_of_a_badge import (
    CHANGE,
    COUNTY,
    REPLACEMENT,
    ada,
    badge,
    entered,
)
from tests.make import AT

__all__ = ["ada", "badge"]

SAID = {
    "forWhom": "self",
    "channel": "phone",
    "agreed": "yes",
    "follow": "yes",
    "basis": "agreed_verbally",
    "undertaking": "yes",
    "dob-day": "31",
    "dob-month": "3",
    "dob-year": "1980",
    "postcode": "bo11aa",
}
OFFICERS = {COUNTY: "caseworker", "helping_hands": "adviser"}


def desk(officer: Actor) -> Client:
    client = Client()
    client.force_login(
        get_user_model().objects.get(id=officer.id),
        "allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def names(page: str) -> set[str]:
    return {part.split('"')[0] for part in page.split(' name="')[1:]}


@pytest.mark.parametrize("organisation", OFFICERS)
def test_a_lost_badge_is_replaced_for_a_caller(badge, organisation):
    officer = make.staff(organisation, OFFICERS[organisation], name="Jo Helper")
    client = desk(officer)
    address = f"/assist/services/{REPLACEMENT}"
    assert {"number", "postcode"} <= names(client.get(address).content.decode())

    answer = client.post(address, {**SAID, "number": badge.number})

    assert answer.status_code == 302, answer.content.decode()[-4000:]
    reference = answer.headers["Location"].rpartition("/")[2]
    helper = actions.in_their_name(reference, actor=officer)
    seen = make.view(reference, helper)
    assert (seen.channel, seen.service) == ("phone", REPLACEMENT)
    assert "Ada" not in str(seen.answers), "nothing of the register is shown to who helps"
    make.go_on(reference, helper, told={"applicant/badge.replacement_reason": "lost"})
    with acting(helper):
        finish(load(reference, actor=helper, at=AT, lock=True))
    for _ in range(2):
        decide_by_rules(reference, actor=make.worker(COUNTY), at=AT)

    assert entered(badge).status == "replaced"
    assert entered(badge).history[-1].reason == "LOST"


def test_a_change_is_begun_for_a_caller(badge):
    officer = make.staff(COUNTY)

    answer = desk(officer).post(f"/assist/services/{CHANGE}", {**SAID, "number": badge.number})

    reference = answer.headers["Location"].rpartition("/")[2]
    assert make.view(reference, actions.in_their_name(reference, actor=officer)).service == CHANGE


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"number": ""}, "number"),
    ({"number": "9KKKKK9"}, "number"),
    ({"postcode": "BO1 1AB"}, "number"),
    ({"dob-day": "30"}, "number"),
    ({"postcode": ""}, "postcode"),
    ({"agreed": "no"}, "agreed"),
]


@pytest.mark.parametrize(("changes", "field"), WRONG)
def test_what_does_not_fit_begins_nothing_and_is_said_where_it_stands(badge, changes, field, owner):
    before = owner.execute("SELECT count(*) FROM applications_application").fetchone()

    answer = desk(make.staff(COUNTY)).post(
        f"/assist/services/{REPLACEMENT}", {**SAID, "number": badge.number, **changes}
    )

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.content.decode()
    assert owner.execute("SELECT count(*) FROM applications_application").fetchone() == before
