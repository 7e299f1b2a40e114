"""Reminded, and renewed with what may have changed alone; the new badge follows the old."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from standpipe.applications.actions import begin, decide
from standpipe.applications.actions.concerning import NoSuchEntry, NotAboutThat
from standpipe.applications.actions.loading import load
from standpipe.applications.actions.one_each import HeldAlready
from standpipe.applications.actions.reminding import remind
from standpipe.applications.actions.submitting import finish
from standpipe.consent.actions import permit_own, permit_task
from standpipe.entitlements.actions import enter_existing, numbered
from standpipe.entitlements.holder import Holder
from standpipe.entitlements.queries import duplicates, entries_of
from standpipe.identity.tenancy import acting
from tests import make
from tests.integration.applications.test_life_of_a_badge import messages_to
from tests.make import AT

COUNTY = "borrowdale_county"
TOLD = {"applicant/mobility.main_reason": "terminal"}


def granted(person, *, at=AT, number, **more):
    """A badge, decided by an officer; return its application and entry."""
    reference = make.received(person, at=at, told=TOLD, **more)
    return reference, decided(reference, person, at=at, number=number)


def decided(reference, person, *, at, number):
    decide(
        reference,
        outcome="eligible",
        ground="",
        reason="Terminal illness.",
        actor=make.staff(COUNTY),
        at=at,
    )
    entry = make.view(reference, person, at=at).entitlement
    worker = make.worker(COUNTY)
    with acting(worker):
        numbered(entry.id, number, actor=worker, at=at)
    return held(person, at=at)[0]


def held(person, *, at):
    with acting(person):
        return entries_of(person.person, permit_own(person, purpose="test", at=at))


@pytest.fixture
def ada():
    return make.resident()


def renewal(person, entry, *, at):
    return begin(
        "blue_badge", actor=person, language="en", channel="web", at=at, renews=entry.id
    ).reference


def near_the_end(entry, days=80):
    return AT + (entry.expires_on - AT.date() - timedelta(days=days))


def test_a_renewal_asks_less_and_begins_the_day_after(ada):
    new_pages = []
    reference = make.begun(ada, "blue_badge")
    new_pages = make.go_on(reference, ada, told=TOLD)
    with acting(ada):
        finish(load(reference, actor=ada, at=AT, lock=True))
    old = decided(reference, ada, at=AT, number="72B9H1")
    at = near_the_end(old)

    again = renewal(ada, old, at=at)
    carried = make.view(again, ada, at=at).facts
    pages = make.go_on(again, ada, told=TOLD, at=at)

    assert carried["applicant/person.birth_date"].kept_from is not None
    assert {"birth_date", "national_insurance_number"} & set(new_pages) - set(pages)
    assert len(pages) < len(new_pages), (pages, new_pages)
    assert "photo" in pages, "a photo is asked anew"
    with acting(ada):
        finish(load(again, actor=ada, at=at, lock=True))
    new = decided(again, ada, at=at, number="72B9H2")
    assert new.renews == old.id
    assert new.starts_on == old.expires_on + timedelta(days=1)
    assert new.expires_on < new.starts_on.replace(year=new.starts_on.year + 3)
    assert [one.what for one in new.history] == ["renewed", "numbered"]


def test_it_is_renewed_near_its_end_and_by_its_holder_alone(ada):
    _, old = granted(ada, number="72B9H3")

    with pytest.raises(NotAboutThat, match="too early"):
        renewal(ada, old, at=near_the_end(old, days=85))
    with pytest.raises(NoSuchEntry):
        renewal(make.resident(name="Bob"), old, at=near_the_end(old))
    assert renewal(ada, old, at=near_the_end(old, days=84))


def test_each_reminder_is_written_once_and_none_of_what_is_renewed(ada, owner):
    _, old = granted(ada, number="72B9H4")
    worker = make.worker(COUNTY)

    def reminders():
        return messages_to(owner, ada.person).count("expiry_reminder")

    counts = []
    for days in (85, 84, 83, 29, 28, 28, 1):
        remind(actor=worker, at=near_the_end(old, days=days), most=10_000)
        counts.append(reminders())

    assert counts == [0, 1, 1, 1, 2, 2, 2]


def test_whoever_stands_behind_many_is_reminded_as_well(ada, owner):
    worker, people = make.worker(COUNTY), [ada, make.resident(name="Bob")]
    ends = [granted(one, number=f"72B9G{number}")[1] for number, one in enumerate(people)]
    at = near_the_end(ends[0])

    # Others of this register may be due on that day as well.
    assert 0 in (remind(actor=worker, at=at, most=1) for _ in range(200)), "one and the same again"

    for one in people:
        assert messages_to(owner, one.person).count("expiry_reminder") == 1


def test_nobody_is_reminded_of_what_was_renewed(ada, owner):
    _, old = granted(ada, number="72B9H5")
    at = near_the_end(old)
    again = renewal(ada, old, at=at)
    make.go_on(again, ada, told=TOLD, at=at)
    with acting(ada):
        finish(load(again, actor=ada, at=at, lock=True))
    decided(again, ada, at=at, number="72B9H6")

    remind(actor=make.worker(COUNTY), at=near_the_end(old, days=20), most=10_000)

    assert "expiry_reminder" not in messages_to(owner, ada.person)


def test_nobody_is_granted_a_second_live_one(ada):
    granted(ada, number="72B9H7")
    second = make.received(ada, told=TOLD)

    with pytest.raises(HeldAlready):
        decided(second, ada, at=AT, number="72B9H8")

    assert len(held(ada, at=AT)) == 1


def test_two_accounts_of_one_person_are_found_for_staff():
    for number in ("72B9H9", "72B9HG"):
        granted(make.resident(), number=number, mark="Twofold")

    officer = make.staff(COUNTY)
    with acting(officer):
        permission = permit_task(
            officer, organisation=officer.organisation, purpose="test", at=AT, subject=None
        )
        found = duplicates("blue_badge", permission)

    together = [sorted(one.number for one in group) for group in found]
    assert ["72B9H9", "72B9HG"] in together


def test_what_came_from_another_register_is_found_by_name_birth_date_and_postcode():
    officer = make.staff(COUNTY)
    numbers = ["72B9J1", "72B9J2"]
    # The other register kept no National Insurance number.
    for number, identifier in zip(numbers, ("QQ123456C", ""), strict=True):
        with acting(officer):
            enter_existing(
                "blue_badge",
                number,
                person=make.person().person,
                organisation=officer.organisation,
                starts_on=AT.date(),
                expires_on=AT.date() + timedelta(days=900),
                status="issued",
                attributes={},
                holder=Holder("Mair Takenin", AT.date().replace(year=1950), "BO1 1AA", identifier),
                actor=officer,
                at=AT,
            )

    with acting(officer):
        permission = permit_task(
            officer, organisation=officer.organisation, purpose="test", at=AT, subject=None
        )
        found = duplicates("blue_badge", permission)

    assert numbers in [[one.number for one in group] for group in found]


def test_staff_are_shown_before_they_decide_what_somebody_seems_to_hold(outside):
    _, badge = granted(make.resident(), number="72B9HB", mark="Onceonly")
    second = make.received(make.resident(), told=TOLD, mark="Onceonly")
    other = make.received(make.resident(), told=TOLD, mark="Another")
    officer = make.staff(COUNTY)

    pages = {reference: page_of(reference, officer) for reference in (second, other)}

    assert f"/staff/register/{badge.id}" in pages[second]
    assert "They seem to hold one already" not in pages[other]


def test_who_holds_one_is_led_to_it_and_may_apply_all_the_same(ada, outside):
    client = signed_in(ada)
    start = "/services/blue_badge/start"
    assert "/questions/" in client.post(start, make.FOR_MYSELF, follow=True).request["PATH_INFO"]
    _, badge = granted(ada, number="72B9HC")

    led = client.post(start, make.FOR_MYSELF, follow=True)
    again = client.post(start, {**make.FOR_MYSELF, "again": "yes"}, follow=True)

    assert led.request["PATH_INFO"] == "/held"
    assert badge.number in led.content.decode()
    assert "Apply all the same" in led.content.decode()
    assert "/questions/" in again.request["PATH_INFO"]


def page_of(reference, officer):
    """The page of a case, as an officer sees it."""
    answer = signed_in(officer).get(f"/staff/cases/{reference}")
    assert answer.status_code == 200
    return answer.content.decode()


def signed_in(who):
    client = Client(HTTP_HOST="localhost")
    client.force_login(
        get_user_model().objects.get(id=who.id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client
