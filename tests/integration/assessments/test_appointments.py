"""A time is offered, chosen, changed, cancelled and missed; and no time is given twice."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from icalendar import Calendar

from standpipe.applications import actions
from standpipe.applications.actions.appointing import offered
from standpipe.applications.actions.referring import follow_referral
from standpipe.assessments.actions import miss, publish_slots, remove_slot
from standpipe.assessments.appointment import NoAppointment, NoSuchSlot, SlotTaken, TooEarly
from standpipe.web.actors import PERSON
from tests import make
from tests.house.leaks.actors import _session
from tests.integration.assessments.conftest import COUNTY, assessor, referred, seen, take

ROOM = "Room 4, Fellside Hospital"


def offer(actor, *, days=(1, 2, 3), kind="in_person"):
    return publish_slots(
        "blue_badge",
        starts=[make.later(days=day) for day in days],
        minutes=30,
        kind=kind,
        place=ROOM,
        actor=actor,
        at=make.AT,
    )


def times(one):
    return offered(one.case, actor=one.applicant, at=make.AT)[1]


def messages_of(owner, case):
    """The messages about an application, oldest first, as (name, body)."""
    return owner.execute(
        "SELECT name, body FROM notifications_message WHERE what LIKE %s ORDER BY written_at, id",
        [f"application:{case}%"],
    ).fetchall()


def test_a_chosen_time_is_told_with_when_and_where(database, owner):
    one, expert = referred(), assessor()
    offer(expert)
    slot = times(one)[0]
    actions.book(one.case, slot=slot.id, actor=one.applicant, at=make.AT)

    name, body = messages_of(owner, one.case)[-1]
    assert name == "appointment_booked"
    assert ROOM in body
    assert "23 November 2026, 9:30am" in body
    assert seen(one.referral, expert).appointment.starts_at == slot.starts_at


def test_changing_gives_the_first_time_back(database):
    one, other, expert = referred(), referred(), assessor()
    offer(expert)
    first, second = times(one)[:2]
    actions.book(one.case, slot=first.id, actor=one.applicant, at=make.AT)
    assert first.id not in [each.id for each in times(other)]

    actions.book(one.case, slot=second.id, actor=one.applicant, at=make.later(hours=1))

    free = [each.id for each in times(other)]
    assert first.id in free
    assert second.id not in free
    actions.book(other.case, slot=first.id, actor=other.applicant, at=make.AT)


def test_a_refused_change_keeps_the_time_one_had(database):
    one, other, expert = referred(), referred(), assessor()
    offer(expert)
    first, second = times(one)[:2]
    actions.book(one.case, slot=first.id, actor=one.applicant, at=make.AT)
    actions.book(other.case, slot=second.id, actor=other.applicant, at=make.AT)

    with pytest.raises(SlotTaken):
        actions.book(one.case, slot=second.id, actor=one.applicant, at=make.AT)

    assert seen(one.referral, expert).appointment.starts_at == first.starts_at


def test_a_cancelled_time_is_free_again_and_cannot_be_cancelled_twice(database):
    one, expert = referred(), assessor()
    offer(expert)
    slot = times(one)[0]
    actions.book(one.case, slot=slot.id, actor=one.applicant, at=make.AT)
    actions.cancel_appointment(one.case, actor=one.applicant, at=make.AT)

    assert slot.id in [each.id for each in times(one)]
    with pytest.raises(NoAppointment):
        actions.cancel_appointment(one.case, actor=one.applicant, at=make.AT)


def test_a_time_goes_back_when_the_case_leaves_the_assessor(database):
    one, other, expert = referred(), referred(), assessor()
    offer(expert)
    slot = times(one)[0]
    actions.book(one.case, slot=slot.id, actor=one.applicant, at=make.AT)
    actions.take_back(one.case, why="Not needed.", actor=one.officer, at=make.AT)

    assert slot.id in [each.id for each in times(other)]


def test_who_did_not_come_is_told_and_can_choose_again(database, owner):
    one, expert = referred(), assessor()
    offer(expert)
    slot = times(one)[0]
    actions.book(one.case, slot=slot.id, actor=one.applicant, at=make.AT)
    take(one.referral, expert)
    with pytest.raises(TooEarly):
        miss(one.referral, actor=expert, at=make.AT)

    late = slot.starts_at + timedelta(hours=1)
    miss(one.referral, actor=expert, at=late)
    for _ in range(2):
        follow_referral(one.referral, actor=make.worker(COUNTY), at=late)

    told = [name for name, _ in messages_of(owner, one.case)]
    assert told.count("appointment_missed") == 1
    actions.book(one.case, slot=times(one)[-1].id, actor=one.applicant, at=late)


def test_a_past_a_removed_and_a_strange_time_are_not_given(database):
    one, expert = referred(), assessor()
    offer(expert)
    first, second = times(one)[:2]
    remove_slot(second.id, actor=expert, at=make.AT)

    with pytest.raises(NoSuchSlot):
        actions.book(
            one.case, slot=first.id, actor=one.applicant, at=first.starts_at + timedelta(minutes=1)
        )
    with pytest.raises(NoSuchSlot):
        actions.book(one.case, slot=second.id, actor=one.applicant, at=make.AT)
    stranger = make.staff("northmere_district", "manager")
    with pytest.raises(NoSuchSlot):
        remove_slot(first.id, actor=stranger, at=make.AT)


def test_a_chosen_time_is_not_taken_back(database):
    one, expert = referred(), assessor()
    offer(expert)
    slot = times(one)[0]
    actions.book(one.case, slot=slot.id, actor=one.applicant, at=make.AT)

    with pytest.raises(SlotTaken):
        remove_slot(slot.id, actor=expert, at=make.AT)


def browser_of(actor):
    browser = Client(raise_request_exception=False)
    for name, value in _session({PERSON: str(actor.person)}).items():
        browser.cookies[name] = value
    return browser


def test_of_many_who_send_for_one_time_at_once_one_has_it(database, owner):
    """Eight people, eight connections, one time: the pages answer one of them with a redirect."""
    everybody, expert = [referred() for _ in range(8)], assessor()
    soon = datetime.now(UTC) + timedelta(days=2)
    publish_slots(
        "blue_badge",
        starts=[soon],
        minutes=30,
        kind="in_person",
        place="Only one",
        actor=expert,
        at=make.AT,
    )
    [slot] = [each for each in times(everybody[0]) if each.place == "Only one"]
    together = threading.Barrier(len(everybody))

    def send(one):
        try:
            browser = browser_of(one.applicant)
            together.wait(timeout=60)
            return browser.post(
                f"/applications/{one.case}/appointment",
                {"slot": str(slot.id)},
                headers={"Host": "localhost:8000"},
            ).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(everybody)) as pool:
        answers = sorted(pool.map(send, everybody))
    given = owner.execute(
        "SELECT count(*) FROM assessments_appointment WHERE slot_id = %s AND state = 'booked'",
        [slot.id],
    ).fetchone()

    assert answers == [302] + [422] * 7
    assert given == (1,)


def test_the_database_gives_no_time_twice_whatever_the_code_believes(database, owner):
    one, other, expert = referred(), referred(), assessor()
    offer(expert)
    slot = times(one)[0]
    actions.book(one.case, slot=slot.id, actor=one.applicant, at=make.AT)
    owner.execute("UPDATE assessments_slot SET is_taken = false WHERE id = %s", [slot.id])

    with pytest.raises(SlotTaken):
        actions.book(other.case, slot=slot.id, actor=other.applicant, at=make.AT)


def test_the_calendar_file_is_one_that_calendars_read(database):
    one, expert = referred(), assessor()
    offer(expert)
    slot = times(one)[-1]
    actions.book(one.case, slot=slot.id, actor=one.applicant, at=make.AT)
    browser = browser_of(one.applicant)
    browser.cookies["language"] = "cy"
    answer = browser.get(
        f"/applications/{one.case}/appointment.ics", headers={"Host": "localhost:8000"}
    )
    calendar = Calendar.from_ical(answer.content)
    [event] = calendar.walk("VEVENT")

    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert calendar["version"] == "2.0"
    assert event.decoded("dtstart") == slot.starts_at
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=30)
    assert str(event["location"]) == ROOM
    assert str(event["summary"]).startswith("Apwyntiad")
    assert event["uid"].startswith(one.case)
