"""An organisation asks for several badges: granted all or some, ordered together, told of all."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from standpipe.applications.actions import begin_about_held, decide
from standpipe.applications.actions.concluding import write_letter
from standpipe.applications.actions.granting import NotSoMany
from standpipe.applications.actions.loading import load
from standpipe.applications.actions.making import tell_maker
from standpipe.applications.actions.submitting import finish
from standpipe.applications.queries import own_document
from standpipe.consent.queries import standing_in
from standpipe.entitlements.actions import enter_existing, replace
from standpipe.entitlements.holder import Holder
from standpipe.entitlements.queries import entry_by_id
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from tests import make
from tests.house.leaks.asking import words_of
from tests.integration.applications.test_one_sitting import COUNTY, messages
from tests.integration.applications.test_orders import task
from tests.make import AT

WANTED = 3


@dataclass
class Asked:
    """An organisation's application that was sent, and who speaks for it."""

    name: str
    reference: str
    officer: Actor

    def view(self) -> Any:
        return make.view(self.reference, self.officer)

    def decided(self, **more: Any) -> Asked:
        decide(
            self.reference,
            **{"outcome": "eligible", "ground": "", "reason": "Three vehicles.", **more},
            actor=make.staff(COUNTY),
            at=AT,
        )
        return self

    def ordered(self, *, at: Any = AT) -> list[str]:
        for each in self.view().entitlements:
            tell_maker(each.id, actor=make.worker(COUNTY), at=at)
        return [each.number for each in self.view().entitlements]


@pytest.fixture
def asked(outside):
    farid = make.resident(name="Farid Aziz")
    name = f"Day Centre {secrets.token_hex(3)}"
    reference = make.received(
        farid,
        for_whom="organisation",
        mark="Aziz",
        told={
            "applicant/organisation.name": name,
            "applicant/organisation.badges_wanted": str(WANTED),
            "representative/person.name": {"given": "Farid", "family": "Aziz"},
            "representative/contact.email": "farid@example.org",
        },
    )
    return Asked(name, reference, standing_in(reference, actor=farid))


def at_the_department(outside, name):
    department = outside["dft_blue_badge"]
    token = httpx.post(
        f"{department.url}/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=(
            department.settings["STANDPIPE_DFT_CLIENT_ID"],
            department.settings["STANDPIPE_DFT_CLIENT_SECRET"],
        ),
    ).json()["access_token"]
    base = f"{department.url}/uk-gov-dft/blue-badge/1.0.0/badges"
    headers = {"Authorization": f"Bearer {token}"}
    found = httpx.get(base, params={"name": name}, headers=headers).json()["data"]
    numbers = sorted((one["badgeNumber"] for one in found), reverse=True)
    whole = [httpx.get(f"{base}/{one}", headers=headers).json()["data"] for one in numbers]
    return {one["badgeNumber"]: one for one in whole}


def test_each_badge_that_was_asked_for_is_ordered_of_the_organisation_and_has_its_number(
    asked, outside, owner
):
    numbers = asked.decided().ordered()

    there = at_the_department(outside, asked.name)
    assert list(there) == numbers
    assert len(set(numbers)) == WANTED
    for badge in there.values():
        assert badge["party"]["typeCode"] == "ORG"
        assert badge["party"]["organisation"] == {"badgeHolderName": asked.name}
        assert badge["party"]["contact"]["fullName"] == "Farid Aziz"
        assert badge["party"]["contact"]["postCode"] == "BO1 1AA"
        assert badge["localAuthorityRef"] == asked.reference
        assert "eligibilityCode" not in badge
    assert messages(owner, asked.reference).count("badge_ordered_other") == 1


def test_the_letter_and_the_message_go_to_the_organisation_and_say_how_many(asked, owner):
    numbers = asked.decided(count=2).ordered()

    letter = write_letter(asked.reference, actor=make.worker(COUNTY), at=AT)
    words = words_of(own_document(asked.reference, letter, actor=asked.officer, at=AT).content)
    to, body = owner.execute(
        'SELECT "to", body FROM notifications_message'
        " WHERE what = %s AND name = 'badge_ordered_other'",
        [f"application:{asked.reference}"],
    ).fetchone()

    assert asked.name in words
    assert "Badges granted: 2." in " ".join(words.split())
    assert to == "farid@example.org"
    assert f"Badge number: {', '.join(numbers)}." in body


def test_an_officer_grants_some_of_them_and_no_others_are_ordered(asked, outside):
    numbers = asked.decided(count=1).ordered()

    assert list(at_the_department(outside, asked.name)) == numbers
    assert len(numbers) == 1
    assert {"wanted": WANTED, "granted": 1}.items() <= asked.view().decision.explanation.items()


@pytest.mark.parametrize("count", [0, -1, WANTED + 1])
def test_nobody_is_granted_none_or_more_than_they_asked_for(asked, count):
    with pytest.raises(NotSoMany):
        asked.decided(count=count)
    assert asked.view().status == "submitted"


def test_a_person_is_granted_one(outside):
    ada = make.resident()
    reference = make.received(ada, told={"applicant/mobility.main_reason": "terminal"})
    with pytest.raises(NotSoMany):
        Asked("", reference, ada).decided(count=2)


def test_an_order_whose_answer_was_lost_is_found_whole_and_not_made_twice(asked, outside):
    asked.decided()
    outside["dft_blue_badge"].fail_by("dropped")
    try:
        asked.ordered()
    finally:
        outside["dft_blue_badge"].fail_by(None)
    assert [one.number for one in asked.view().entitlements] == [""] * WANTED

    numbers = asked.ordered(at=AT + timedelta(minutes=3))

    assert list(at_the_department(outside, asked.name)) == numbers
    assert len(set(numbers)) == WANTED


def test_one_that_is_lost_is_replaced_and_the_others_stay(asked, outside):
    first, second, third = asked.decided().ordered()
    officer = make.staff(COUNTY)
    with acting(officer):
        new = replace("blue_badge", second, reason="LOST", actor=officer, at=AT)
    tell_maker(new.id, actor=make.worker(COUNTY), at=AT)

    with acting(make.worker(COUNTY)):
        number = entry_by_id(new.id, task()).number
    statuses = {
        one: badge["statusCode"] for one, badge in at_the_department(outside, asked.name).items()
    }
    assert statuses == {
        first: "ISSUED",
        second: "REPLACED",
        third: "ISSUED",
        number: "ISSUED",
    }


def test_one_that_is_cancelled_before_it_has_a_number_is_not_ordered(asked, outside, owner):
    asked.decided()
    one = asked.view().entitlements[1].id
    owner.execute(
        "UPDATE entitlements_entitlement SET status = 'cancelled', ended_at = %s WHERE id = %s",
        [AT, one],
    )

    numbers = asked.ordered()

    assert numbers[1] == ""
    assert list(at_the_department(outside, asked.name)) == [numbers[0], numbers[2]]


def entered(numbers: tuple[str, ...], person: Any, *, days: int) -> list[Any]:
    """Badges of an organisation in the register, which end after so many days."""
    officer = make.staff(COUNTY)
    with acting(officer):
        return [
            enter_existing(
                "blue_badge",
                number,
                person=person,
                organisation=officer.organisation,
                starts_on=AT.date() - timedelta(days=900),
                expires_on=AT.date() + timedelta(days=days),
                status="issued",
                attributes={},
                holder=Holder(name="Rosegill Day Centre", postcode="BO1 1AA"),
                actor=officer,
                at=AT,
            ).id
            for number in numbers
        ]


@pytest.mark.parametrize("wanted", [1, 2, 4])
def test_those_that_end_on_one_day_are_renewed_in_one_application(outside, wanted):
    farid = make.resident(name="Farid Aziz")
    first = make.application(
        farid,
        for_whom="organisation",
        told={"applicant/organisation.name": "Rosegill Day Centre"},
        until="contact",
    )
    centre = standing_in(first, actor=farid).person
    mark = secrets.token_hex(2).upper()
    ending = entered((f"A{mark}1", f"A{mark}2", f"A{mark}3"), centre, days=40)
    entered((f"A{mark}4",), centre, days=50)
    desk = desk_of(farid)
    assert desk.get("/held").content.decode().count("One application can renew all 3") == 3

    asked = begin_about_held(
        "blue_badge",
        entry=ending[1],
        renew=True,
        actor=farid,
        language="en",
        channel="web",
        at=AT,
    ).reference
    here = standing_in(asked, actor=farid)
    make.go_on(asked, here, told={"applicant/organisation.badges_wanted": str(wanted)})
    with acting(here):
        finish(load(asked, actor=here, at=AT, lock=True))
    Asked("", asked, here).decided()

    new = make.view(asked, here).entitlements
    places = [ending[1], ending[0], ending[2], None]
    assert [one.renews for one in new] == places[:wanted]
    assert {one.starts_on for one in new} == {AT.date() + timedelta(days=41)}
    # What is not renewed yet can be, by itself or with the others that are left.
    left = 3 - min(wanted, 3)
    shown = desk.get("/held").content.decode()
    assert shown.count("One application can renew") == (left if left > 1 else 0)


def desk_of(actor: Actor) -> Client:
    browser = Client()
    browser.force_login(
        get_user_model().objects.get(id=actor.id),
        "allauth.account.auth_backends.AuthenticationBackend",
    )
    return browser
