"""A badge through its life in the register: who may do what to it, and who sees it afterwards."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from standpipe.audit.queries import about
from standpipe.consent.actions import permit_own, permit_task
from standpipe.entitlements.actions import (
    NoSuchReason,
    NotForThem,
    NotLive,
    NumberTaken,
    cancel,
    check,
    enter_existing,
    note,
    replace,
    transfer,
)
from standpipe.entitlements.holder import Holder
from standpipe.entitlements.queries import entries_of, entry, find
from standpipe.entitlements.receiving import CannotReceive
from standpipe.identity.queries import has_died
from standpipe.identity.tenancy import acting
from standpipe.places.actions import organisation_id
from tests import make
from tests.make import AT

COUNTY, DISTRICT = "borrowdale_county", "northmere_district"
BADGE = "blue_badge"
ADA = Holder("Ada Lythgoe", date(1980, 3, 31), "BO1 1AA", "QQ900001A")


def badge(officer, person, *, number="", status="issued", holder=ADA, expires=date(2029, 11, 21)):
    with acting(officer):
        return enter_existing(
            BADGE,
            number,
            person=person,
            organisation=officer.organisation,
            starts_on=date(2026, 1, 1),
            expires_on=expires,
            status=status,
            attributes={"ref": "A-1"},
            holder=holder,
            actor=officer,
            at=AT,
        )


def seen_by(actor, number):
    with acting(actor):
        if actor.person is not None:
            return entry(BADGE, number, permit_own(actor, purpose="test", at=AT))
        permission = permit_task(
            actor, organisation=actor.organisation, purpose="test", at=AT, subject=None
        )
        return entry(BADGE, number, permission)


def act(verb, actor, number, **more):
    with acting(actor):
        return verb(BADGE, number, actor=actor, at=AT, **more)


@pytest.fixture
def officer():
    return make.staff(COUNTY, "caseworker")


@pytest.fixture
def ada():
    return make.resident()


def test_a_lost_badge_is_replaced_for_the_rest_of_its_time(officer, ada):
    old = badge(officer, ada.person)

    new = act(replace, officer, old.number, reason="LOST", why="On the bus")

    before, after = seen_by(officer, old.number), seen_by(officer, new.number)
    assert (before.status, after.status) == ("replaced", "issued")
    assert after.expires_on == before.expires_on
    assert after.starts_on == AT.date()
    assert after.replaces == old.id
    assert after.holder_name == "Ada Lythgoe"
    assert [one.what for one in before.history] == ["entered", "replaced"]
    assert (before.history[-1].reason, before.history[-1].words) == ("LOST", "On the bus")
    assert act(check, officer, old.number) == "not_valid"
    assert act(check, officer, new.number) == "valid"


def test_its_holder_may_replace_it_and_nobody_else_s(officer, ada):
    old = badge(officer, ada.person)

    with pytest.raises(NotLive):
        act(replace, make.resident(name="Bob"), old.number, reason="LOST")
    new = act(replace, ada, old.number, reason="STOLE")

    assert [one.number for one in own(ada)] == [new.number, old.number]
    assert own(ada)[1].history[-1].organisation is None


def own(person):
    with acting(person):
        return entries_of(person.person, permit_own(person, purpose="test", at=AT))


@pytest.mark.parametrize("status", ["replaced", "cancelled", "ordered"])
def test_what_is_not_issued_is_not_replaced(officer, ada, status):
    old = badge(officer, ada.person, status=status)
    with pytest.raises(NotLive):
        act(replace, officer, old.number, reason="LOST")


def test_what_has_expired_is_neither_replaced_nor_cancelled(officer, ada):
    old = badge(officer, ada.person, expires=date(2026, 11, 21))

    assert seen_by(officer, old.number).status == "expired"
    for what in (replace, cancel):
        with pytest.raises(NotLive):
            act(what, officer, old.number, reason="LOST")


def test_a_reason_is_one_of_the_pack_s_and_leaves_everything_as_it_was(officer, ada):
    old = badge(officer, ada.person)
    with pytest.raises(NoSuchReason):
        act(replace, officer, old.number, reason="DECEASE")
    assert seen_by(officer, old.number).status == "issued"


def test_a_governance_officer_may_look_after_privacy_and_not_cancel(officer, ada):
    old = badge(officer, ada.person)
    with pytest.raises(NotForThem):
        act(cancel, make.staff(COUNTY, "information_governance"), old.number, reason="REVOKE")


def test_when_the_holder_died_all_they_hold_there_ends_and_that_is_known(officer, ada):
    number = badge(officer, ada.person).number
    renewed = badge(officer, ada.person, expires=date(2031, 11, 21)).number
    assert not has_died(ada.person)

    act(cancel, officer, number, reason="DECEASE", why="Told by her son")

    assert seen_by(officer, number).status == "cancelled"
    assert seen_by(officer, renewed).status == "cancelled"
    assert has_died(ada.person)
    assert {"entitlement.cancelled", "person.died"} <= verbs(ada)


def verbs(person):
    with acting(person):
        return {one.verb for one in about(person.person)}


def test_a_badge_that_is_handed_over_is_seen_by_the_new_organisation_alone(officer, ada):
    number = badge(officer, ada.person).number
    other = make.staff(DISTRICT, "caseworker")
    assert seen_by(other, number) is None

    act(transfer, officer, number, to=organisation_id(DISTRICT), why="Moved house")

    assert seen_by(officer, number) is None
    theirs = seen_by(other, number)
    assert [one.what for one in theirs.history] == ["entered", "transferred"]
    assert theirs.status == "issued"
    assert [one.number for one in own(ada)] == [number]
    with pytest.raises(NotLive):
        act(cancel, officer, number, reason="NOLONG")
    act(cancel, other, number, reason="NOLONG")


@pytest.mark.parametrize("to", ["ellerdale_district", COUNTY, "borrowdale_nhs"])
def test_nothing_is_handed_to_who_issues_none_nor_to_who_has_it(officer, ada, to):
    number = badge(officer, ada.person).number

    with pytest.raises(CannotReceive):
        act(transfer, officer, number, to=organisation_id(to), why="Moved house")

    assert seen_by(officer, number).status == "issued"
    assert [one.what for one in seen_by(officer, number).history] == ["entered"]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"to": "ellerdale_district"}, "Ellerdale District Council does not issue this"),
        ({"to": "nowhere"}, "Select or enter the authority"),
        ({"words": "Sandholm"}, "Sandholm District Council does not issue this"),
        ({"words": "Borrowdale County Council"}, "looks after this already"),
    ],
)
def test_at_the_desk_only_issuers_are_listed_and_anything_else_is_refused(officer, ada, sent, says):
    entered = badge(officer, ada.person)
    desk = desk_of(officer)
    page = desk.get(f"/staff/register/{entered.id}").content.decode()
    listed = page.partition('id="transfer-reason"')[2].partition("</select>")[0]
    assert re.findall(r'<option value="(\w+)"', listed) == [DISTRICT]

    answer = desk.post(f"/staff/register/{entered.id}/transfer", sent)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert seen_by(officer, entered.number) is not None


def test_a_typed_issuer_of_the_place_is_handed_it_as_if_chosen(officer, ada):
    entered = badge(officer, ada.person)

    answer = desk_of(officer).post(
        f"/staff/register/{entered.id}/transfer", {"to": "", "words": "northmere"}
    )

    assert answer.status_code == 302
    assert seen_by(officer, entered.number) is None
    assert seen_by(make.staff(DISTRICT, "caseworker"), entered.number).left_to == ""


def desk_of(officer):
    client = Client()
    client.force_login(
        get_user_model().objects.get(id=officer.id),
        "allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def test_a_badge_that_leaves_the_place_keeps_its_record_and_is_left_alone(officer, ada):
    number = badge(officer, ada.person).number

    act(transfer, officer, number, to=None, why="Cumberland")

    left = seen_by(officer, number)
    assert (left.left_to, left.status) == ("Cumberland", "issued")
    with pytest.raises(NotLive):
        act(replace, officer, number, reason="LOST")
    assert act(check, officer, number) == "valid"


def test_an_officer_elsewhere_notes_misuse_and_sees_nothing_of_the_badge(officer, ada):
    number = badge(officer, ada.person).number
    warden = make.staff(DISTRICT, "enforcement", name="Wil Warden")

    act(note, warden, number, what="used_by_other", words="Parked at the market")

    assert seen_by(warden, number) is None
    noted = seen_by(officer, number).history[-1]
    assert (noted.what, noted.reason, noted.by) == ("noted", "used_by_other", "Wil Warden")
    assert noted.organisation == organisation_id(DISTRICT)


def test_what_nobody_granted_cannot_be_noted(officer):
    with pytest.raises(NotLive):
        act(note, officer, "ZZZZZZ", what="copied", words="A bad copy")


def test_a_resident_notes_nothing(officer, ada):
    number = badge(officer, ada.person).number
    with pytest.raises(NotForThem):
        act(note, ada, number, what="copied", words="My neighbour")


def test_a_number_is_entered_once(officer, ada):
    badge(officer, ada.person, number="72B9HA")
    with pytest.raises(NumberTaken):
        badge(officer, ada.person, number="72b9ha")
    with pytest.raises(NumberTaken):
        badge(make.staff(DISTRICT), ada.person, number="72B9HA")


def test_a_register_is_searched_by_name_postcode_and_number(officer, ada):
    name = Holder("Zebedee Quark-Jones", date(1950, 1, 2), "bo9 9zz")
    number = badge(officer, ada.person, holder=name).number

    for asked in (
        {"name": "quark"},
        {"name": "jones zebedee"},
        {"postcode": "BO99"},
        {"postcode": "BO9 9ZZ", "name": "Quark"},
        {"number": f" {number.lower()} "},
    ):
        assert number in [one.number for one in looked_for(officer, **asked)], asked
    assert looked_for(officer) == looked_for(officer, name="Quark", postcode="XX") == []
    assert looked_for(make.staff(DISTRICT), name="Quark") == []


def looked_for(officer, **asked):
    with acting(officer):
        permission = permit_task(
            officer, organisation=officer.organisation, purpose="test", at=AT, subject=None
        )
        return find(BADGE, permission=permission, **asked)
