"""One badge through its life in a browser: held, replaced, noted, renewed, and ended by death."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from bench.citizen import confirmed
from launcher.stack import Addresses, Stack
from tests.journeys.browsing import NARROW, Setting, Visitor
from tests.journeys.conftest import Let
from tests.journeys.holding import (
    PATIENCE_SECONDS,
    Holder,
    SignIns,
    about,
    await_message,
    await_status,
    decide,
    granted,
    in_register,
    sign_in,
    status_at_the_department,
    tell,
)


@pytest.fixture(scope="module")
def holder(let_in: Let) -> Iterator[Holder]:
    """Somebody who has just been granted a badge, and as whom nobody else applies."""
    with let_in() as visitor:
        yield granted(visitor, next(confirmed()))


@pytest.fixture(scope="module")
def officer(let_in: Let, sign_ins: SignIns) -> Iterator[Visitor]:
    """A caseworker of the county, signed in."""
    with let_in() as officer:
        sign_in(officer, sign_ins["borrowdale_county", "Caseworker"])
        yield officer


@pytest.fixture(scope="module")
def stolen(holder: Holder) -> str:
    """The number of a badge that was stolen, and that another has taken the place of."""
    says = {
        "reason": {"badgeReplacementReason": "stolen"},
        "crime": {"crimeReference": "CR/2026/1"},
    }
    holder.replace(says)
    assert holder.visitor.heading == "You will get a new badge"
    return holder.await_another()


def ends_in(database: Addresses, days: int, *, where: str, which: str) -> None:
    """Have a badge end so many days from now, as if it had been granted long ago."""
    with psycopg.connect(database.owner, autocommit=True) as owner:
        owner.execute(
            "UPDATE entitlements_entitlement SET expires_on = current_date + %s::integer"
            f" WHERE {where} = %s AND ended_at IS NULL",
            [days, which],
        )


def test_a_stolen_badge_is_replaced_in_one_sitting(holder, stolen, stack):
    holder.visitor.open("/held")

    assert "Replaced" in holder.visitor.text
    assert stolen in holder.visitor.text
    assert holder.number in holder.visitor.text
    await_status(stack, stolen, "REPLACED")
    assert status_at_the_department(stack, holder.number) == "ISSUED"


@pytest.mark.parametrize("what", ["lost", "damaged"])
def test_one_that_is_lost_or_damaged_is_replaced_and_no_crime_is_asked_for(
    holder, officer, stack, what
):
    passed = len(holder.visitor.visited)
    reference = holder.replace({"reason": {"badgeReplacementReason": what}})

    assert holder.visitor.heading == "You will get a new badge"
    asked = holder.visitor.visited[passed:]
    assert f"/applications/{reference}/questions/reason" in asked
    assert f"/applications/{reference}/questions/crime" not in asked
    old = holder.await_another()
    await_status(stack, old, "REPLACED")
    assert in_register(officer, old)
    assert what.capitalize() in officer.text


def test_an_officer_elsewhere_notes_misuse_and_the_issuer_reads_it(
    stolen, let_in, sign_ins, officer
):
    with let_in() as warden:
        sign_in(warden, sign_ins["northmere_district", "Enforcement officer"])
        assert warden.path == "/staff/numbers"
        warden.fill({"number": stolen})
        warden.press("Check")
        assert "is not valid" in warden.text
        warden.page.get_by_text("Note misuse of this number").click()
        warden.fill({"what": "used_by_other", "words": "Parked at the market without the holder"})
        warden.press("Note misuse")
        assert "Your note is kept." in warden.html
        warden.open("/staff/register")
        assert warden.heading == "Page not found"

    assert in_register(officer, stolen)
    assert "Parked at the market without the holder" in officer.text
    assert "Replaced" in officer.text


def test_a_new_photo_that_the_department_does_not_take_at_once_waits_and_is_ordered_again(
    holder, officer, stack, database
):
    reference = holder.tell({"change": {"badgeChange": "photo"}})
    assert holder.visitor.heading == "You have told us"

    officer.open(f"/staff/cases/{reference}")
    assert officer.page.get_by_role("link", name=holder.number, exact=True).count() == 1
    assert officer.page.locator("main img").count() == 1, "the officer sees the photo"
    decide(officer, reference, outcome="photo_changed")

    # It has an order of this day by that name and for that time already.
    ends_at = time.monotonic() + PATIENCE_SECONDS
    again = officer.page.get_by_role("button", name="Try again now")
    officer.open("/staff/register/orders")
    assert officer.heading == "Orders waiting"
    while again.count() == 0:
        assert time.monotonic() < ends_at, officer.text
        time.sleep(0.3)
        officer.open("/staff/register/orders")
    assert holder.person.family in officer.text
    holder.visitor.open("/held")
    assert holder.number in holder.visitor.text

    name = f"{holder.person.given} {holder.person.family}"
    ends_in(database, 400, where="order_trouble <> '' AND holder_name", which=name)
    officer.press("Try again now")
    old = holder.await_another()
    await_status(stack, old, "CANCELLED")
    assert status_at_the_department(stack, holder.number) == "ISSUED"


def test_a_reminder_leads_to_the_renewal_in_welsh(holder, stack: Stack, database: Addresses):
    visitor, applicant = holder.visitor, holder.applicant
    ends_in(database, 50, where="number", which=holder.number)
    with psycopg.connect(database.owner, autocommit=True) as owner:
        # What the clock of the worker does in the morning.
        owner.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('housekeeping', 'applications.remind', '{\"timestamp\": 0}')"
        )
    words = f"Your Blue Badge {holder.number} ends on"
    reminder = await_message(stack, holder.person.email, words)

    (link,) = re.findall(r"Renew it at (\S+/held)\.", reminder)
    visitor.open(f"{link}?lang=cy")
    assert visitor.heading == "Eich bathodynnau, trwyddedau a hawlenni"
    asked = list(applicant.asked)
    applicant.asked.clear()
    visitor.press("Ei adnewyddu")
    applicant.reference = visitor.path.split("/")[2]
    applicant.answer_all()
    assert "birth_date" in asked
    assert "birth_date" not in applicant.asked, "what never changes is not asked again"
    assert len(applicant.asked) < len(asked)
    applicant.send()
    applicant.pay()

    assert visitor.heading == "Mae eich cais wedi'i gymeradwyo"
    new = applicant.await_number()
    assert new != holder.number
    visitor.open("/held?lang=en")
    assert new in visitor.text
    assert holder.number in visitor.text, "the old one is good until it ends"
    assert status_at_the_department(stack, new) == "ISSUED"


def test_a_relative_tells_of_a_death_without_signing_in(holder, officer, stack, let_in):
    says = {"change": {"badgeChange": "died"}, "told_by": {"toldBy": "Sam Roe, her son"}}
    with let_in(Setting(NARROW)) as son:
        wrong = replace(holder.person, birth_date=holder.person.birth_date - timedelta(days=1))
        about(son, "blue_badge_change", holder.number, wrong)
        assert son.errors, "which of three was wrong is not said"
        about(son, "blue_badge_change", holder.number, holder.person)
        reference = tell(son, says, email="")
        assert son.heading == "You have told us"

    decide(officer, reference, outcome="holder_died")

    assert in_register(officer, holder.number)
    assert "Cancelled" in officer.text
    assert "The holder died" in officer.text
    assert "Sam Roe, her son" in officer.text
