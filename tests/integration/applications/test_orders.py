"""A badge is ordered from the department after the decision, once, whatever fails meanwhile."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest

from standpipe.applications.actions import decide
from standpipe.applications.actions.making import delivery_of, tell_maker
from standpipe.applications.actions.reminding import remind
from standpipe.consent.actions import permit_task
from standpipe.entitlements.actions import cancel, replace
from standpipe.entitlements.actions.orders import claim, order_overdue, try_again
from standpipe.entitlements.queries import entry, entry_by_id, waiting
from standpipe.identity.tenancy import acting
from standpipe.jobs.clock import now
from tests import make
from tests.integration.applications.test_life_of_a_badge import messages_to, told
from tests.integration.applications.test_one_sitting import COUNTY, messages
from tests.make import AT

BADGE = "blue_badge"
LATER = AT + timedelta(minutes=3)


@pytest.fixture
def granted(outside):
    """A badge as it is just after the decision, its holder and the application."""
    ada = make.resident()
    # The department declines a second badge of one name and the same days.
    reference = make.received(
        ada,
        mark=f"Roe{secrets.token_hex(4)}",
        told={"applicant/mobility.main_reason": "terminal"},
    )
    decide(
        reference,
        outcome="eligible",
        ground="",
        reason="Terminal illness.",
        actor=make.staff(COUNTY),
        at=AT,
    )
    return ada, reference, make.view(reference, ada).entitlement


def worker():
    return make.worker(COUNTY)


def task(*, at=AT, purpose="test"):
    actor = worker()
    return permit_task(actor, organisation=actor.organisation, purpose=purpose, at=at)


def look(entitlement, *, at=AT):
    with acting(worker()):
        return entry_by_id(entitlement, task(at=at))


def is_waiting(entitlement):
    with acting(worker()):
        return {one.entry.id: one for one in waiting(BADGE, task())}.get(entitlement)


def test_the_number_follows_the_decision_and_is_told(granted, owner):
    ada, reference, badge = granted
    assert (badge.status, badge.number) == ("ordered", "")
    assert "badge_ordered" not in messages(owner, reference)

    for _ in range(2):
        tell_maker(badge.id, actor=worker(), at=AT)

    made = make.view(reference, ada).entitlement
    assert (made.status, len(made.number)) == ("issued", 6)
    assert messages(owner, reference).count("badge_ordered") == 1
    assert [one.what for one in look(badge.id).history] == ["granted", "numbered"]


def test_while_the_department_is_silent_the_order_waits_and_is_tried_again(granted, outside):
    ada, reference, badge = granted
    outside["dft_blue_badge"].fail_by("unavailable")
    try:
        tell_maker(badge.id, actor=worker(), at=AT)
    finally:
        outside["dft_blue_badge"].fail_by(None)

    assert "unavailable" in is_waiting(badge.id).trouble
    tell_maker(badge.id, actor=worker(), at=AT)
    assert make.view(reference, ada).entitlement.number == "", "it is not due yet"
    tell_maker(badge.id, actor=worker(), at=AT + timedelta(seconds=10))
    assert make.view(reference, ada).entitlement.number
    assert is_waiting(badge.id) is None


def test_an_order_whose_answer_was_lost_is_found_and_not_made_twice(granted, outside):
    """The worker died after the department took the order, before the number was kept."""
    _, _, badge = granted
    made = []

    def and_die(*_, **__):
        made.append(True)
        raise ConnectionError("the machine is gone")

    with pytest.MonkeyPatch.context() as dying:
        dying.setattr("standpipe.applications.actions.making._keep", and_die)
        with pytest.raises(ConnectionError):
            tell_maker(badge.id, actor=worker(), at=AT)
    before = at_the_department(outside)

    tell_maker(badge.id, actor=worker(), at=LATER)

    assert made and at_the_department(outside) == before
    assert look(badge.id).number in before


def at_the_department(outside):
    maker = outside["dft_blue_badge"].connectors().maker("dft_blue_badge")
    found = maker._client.badges_at("BO1 1AA", correlation_id="test")
    return {one.number: one.status for one in found}


def test_while_one_worker_is_at_it_another_leaves_it_alone(granted):
    _, _, badge = granted
    with acting(worker()):
        claim(badge.id, at=AT)

    tell_maker(badge.id, actor=worker(), at=AT)

    assert look(badge.id).number == ""


def test_the_department_is_told_of_replacement_and_cancellation(granted, outside):
    ada, _, badge = granted
    tell_maker(badge.id, actor=worker(), at=AT)
    first = look(badge.id).number

    with acting(ada):
        second = replace(BADGE, first, reason="LOST", actor=ada, at=AT)
    assert second.number == ""
    tell_maker(second.id, actor=worker(), at=AT)
    number = look(second.id).number
    assert at_the_department(outside)[first] == "REPLACED"
    assert at_the_department(outside)[number] == "ISSUED"

    officer = make.staff(COUNTY)
    with acting(officer):
        cancel(BADGE, number, reason="NOLONG", actor=officer, at=AT)
    for _ in range(2):
        tell_maker(second.id, actor=worker(), at=AT)
    assert at_the_department(outside)[number] == "CANCELLED"
    assert is_waiting(second.id) is None


def test_what_the_department_declines_is_for_staff_to_mend(granted, outside):
    _, _, badge = granted
    with acting(worker()):
        ended = look(badge.id).expires_on
    late = AT.replace(year=ended.year + 1)

    tell_maker(badge.id, actor=worker(), at=late)

    assert "DateRange" in is_waiting(badge.id).trouble
    officer = make.staff(COUNTY)
    with acting(officer):
        try_again(badge.id, actor=officer, at=LATER)
    tell_maker(badge.id, actor=worker(), at=LATER)
    assert look(badge.id).number


def test_a_lost_job_is_ordered_anew(granted, owner):
    _, _, badge = granted
    owner.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'applications.tell_maker'")

    with acting(worker()):
        order_overdue(
            organisation=worker().organisation, before=now() + timedelta(days=1), most=500
        )

    found = owner.execute(
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'applications.tell_maker'"
        " AND args->>'entitlement' = %s",
        [str(badge.id)],
    ).fetchone()
    assert found == (1,)


def test_it_can_be_looked_up_by_its_number(granted):
    _, _, badge = granted
    tell_maker(badge.id, actor=worker(), at=AT)
    with acting(worker()):
        assert entry(BADGE, look(badge.id).number, task()).id == badge.id


@pytest.mark.parametrize("changed", ["name", "photo"])
def test_what_is_printed_on_it_takes_a_new_order_and_ends_the_old_badge(granted, outside, changed):
    ada, _, badge = granted
    tell_maker(badge.id, actor=worker(), at=AT)
    old = look(badge.id)
    name = f"Ada Moss{secrets.token_hex(4)}" if changed == "name" else old.holder_name
    given, _, family = name.partition(" ")
    change, _ = told(
        "blue_badge_change",
        ada,
        told={
            "applicant/badge.change": changed,
            "applicant/person.name": {"given": given, "family": family},
        },
        about=badge.id,
    )

    decide(
        change,
        outcome=f"{changed}_changed",
        ground="",
        reason="The marriage certificate.",
        actor=make.staff(COUNTY),
        at=AT,
    )
    new = make.view(change, ada).entitlement
    # The department declines a second badge of one name and the same days.
    for each in (new.id, badge.id):
        tell_maker(each, actor=worker(), at=AT + timedelta(days=1))

    made = look(new.id)
    assert (made.holder_name, made.expires_on) == (name, old.expires_on)
    statuses = at_the_department(outside)
    assert (statuses[old.number], statuses[made.number]) == ("CANCELLED", "ISSUED")


def test_an_urgent_badge_is_ordered_by_the_fast_track(granted):
    _, _, badge = granted

    with acting(worker()):
        assert delivery_of(claim(badge.id, at=AT), actor=worker(), at=AT).is_fast


def test_who_had_theirs_replaced_is_reminded_all_the_same(granted, owner):
    ada, _, badge = granted
    tell_maker(badge.id, actor=worker(), at=AT)
    lost, _ = told("blue_badge_replacement", ada, about=badge.id)
    new = make.view(lost, ada).entitlement
    tell_maker(new.id, actor=worker(), at=AT)

    at = AT + (look(new.id).expires_on - AT.date() - timedelta(days=80))
    remind(actor=worker(), at=at, most=10_000)

    assert "expiry_reminder" in messages_to(owner, ada.person)
