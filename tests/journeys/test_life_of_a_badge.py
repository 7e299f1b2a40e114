"""One badge through its life in a browser: held, replaced, noted, renewed, and ended by death."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator

import psycopg
import pytest

from bench.year.applicants import qualifies
from launcher.stack import Addresses, Stack
from standpipe.places.residents import Resident, generate
from tests.journeys.applicant import Applicant, place
from tests.journeys.browsing import Setting, Visitor, messages
from tests.journeys.conftest import Let


def someone_with_an_award() -> Resident:
    """Return a resident with an ongoing award that counts, and no name in the tutorials."""
    return next(
        one
        for one in generate(place(), seed=1, count=2000)
        if one.key.startswith("resident")
        and one.nino
        and qualifies(one)
        and all(award.end is None for award in one.awards)
    )


@pytest.fixture(scope="module")
def holder(let_in: Let) -> Iterator[tuple[Visitor, Applicant, list[str]]]:
    """Somebody who has just been granted a badge; the list holds its numbers as they come."""
    with let_in() as visitor:
        # Nobody else applies as them: the department takes no second order of the same badge.
        ada = Applicant(visitor, someone_with_an_award())
        ada.begin()
        ada.answer_all()
        ada.send()
        ada.pay()
        yield visitor, ada, [ada.await_number()]


@pytest.fixture(scope="module")
def sign_ins(stack: Stack) -> dict[tuple[str, str], dict[str, str]]:
    made = stack.standpipe("demo", "sign-ins", "--json", as_owner=True, quiet=True)
    return {(one["organisation"], one["role"]): one for one in json.loads(made)}


def sign_in(visitor: Visitor, who: dict[str, str]) -> None:
    visitor.open("/accounts/login/")
    visitor.fill({"login": who["name"], "password": who["secret"]})
    visitor.press("Sign in")


def wait_for(visitor: Visitor, words: str, *, seconds: float = 20) -> None:
    ends_at = time.monotonic() + seconds
    while words not in visitor.text:
        assert time.monotonic() < ends_at, f"{words!r} does not come: {visitor.text[:1000]}"
        time.sleep(0.3)
        visitor.open(visitor.path)


def await_message(stack: Stack, to: str, words: str, *, seconds: float = 30) -> str:
    """Wait until somebody was written to in such words; return the message."""
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        for one in messages(stack.simulators["govuk_notify"], to):
            if words in one["body"]:
                return str(one["body"])
        time.sleep(0.3)
    raise AssertionError(f"nobody wrote “{words}” to {to}")


@pytest.fixture(scope="module")
def stolen(holder: tuple[Visitor, Applicant, list[str]]) -> str:
    """The number of a badge that was stolen, and that another has taken the place of."""
    visitor, ada, numbers = holder
    old = numbers[0]
    visitor.open("/held")
    visitor.press(f"Replace a Blue Badge {old}")
    visitor.submit()
    visitor.fill({"badgeReplacementReason": "stolen"})
    visitor.submit()
    visitor.fill({"crimeReference": "CR/2026/1"})
    visitor.submit()
    if "email" in visitor.page.content() and visitor.page.locator("main [name=email]").count():
        visitor.fill({"email": ada.person.email})
    visitor.submit()
    assert visitor.path.endswith("/answers"), visitor.path
    visitor.page.locator("main input[type=checkbox]").check()
    visitor.submit()
    ada.pay()

    assert visitor.heading == "You will get a new badge"
    visitor.open("/held")
    wait_for(visitor, "Replaced")
    ends_at = time.monotonic() + 20
    while visitor.page.locator(".govuk-tag--green").count() == 0:
        assert time.monotonic() < ends_at, visitor.text
        time.sleep(0.3)
        visitor.open("/held")
    numbers.insert(0, visitor.page.locator(".app-number").first.inner_text())
    return old


def test_a_stolen_badge_is_replaced_in_one_sitting(holder, stolen):
    visitor, _, numbers = holder
    visitor.open("/held")
    assert stolen in visitor.text
    assert numbers[0] in visitor.text
    assert numbers[0] != stolen


def test_an_officer_elsewhere_notes_misuse_and_the_issuer_reads_it(stolen, let_in, sign_ins):
    number = stolen
    with let_in() as warden, let_in() as officer:
        sign_in(warden, sign_ins["northmere_district", "Enforcement officer"])
        assert warden.path == "/staff/numbers"
        warden.fill({"number": number})
        warden.press("Check")
        assert "is not valid" in warden.text
        warden.page.get_by_text("Note misuse of this number").click()
        warden.fill({"what": "used_by_other", "words": "Parked at the market without the holder"})
        warden.press("Note misuse")
        assert "Your note is kept." in warden.page.content()
        warden.open("/staff/register")
        assert warden.heading == "Page not found"

        sign_in(officer, sign_ins["borrowdale_county", "Caseworker"])
        officer.open(f"/staff/register?kind=blue_badge&number={number}")
        officer.press(number)
        assert "Parked at the market without the holder" in officer.text
        assert "Replaced" in officer.text


def test_a_reminder_leads_to_the_renewal_in_welsh(holder, stack: Stack, database: Addresses):
    visitor, ada, numbers = holder
    with psycopg.connect(database.owner, autocommit=True) as owner:
        owner.execute(
            "UPDATE entitlements_entitlement SET expires_on = current_date + 50 WHERE number = %s",
            [numbers[0]],
        )
        # What the clock of the worker does in the morning.
        owner.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('housekeeping', 'applications.remind', '{\"timestamp\": 0}')"
        )
    words = f"Your Blue Badge {numbers[0]} ends on"
    reminder = await_message(stack, ada.person.email, words)

    (link,) = re.findall(r"Renew it at (\S+/held)\.", reminder)
    visitor.open(f"{link}?lang=cy")
    assert visitor.heading == "Eich bathodynnau, trwyddedau a hawlenni"
    visitor.press("Ei adnewyddu")

    assert "/questions/" in visitor.path
    assert "birth_date" not in visitor.path, "what never changes is not asked again"
    visitor.open("/held?lang=en")


def test_a_relative_tells_of_a_death_without_signing_in(holder, let_in, sign_ins):
    _, ada, numbers = holder
    born = ada.person.birth_date
    with let_in(Setting(width=360)) as son, let_in() as officer:
        son.open("/services/blue_badge_change")
        son.page.locator(".govuk-button--start").click()
        son.page.wait_for_load_state("load")
        son._arrived()
        names = son.page.locator("main input[inputmode=numeric]")
        for at, part in enumerate((born.day, born.month, born.year)):
            names.nth(at).fill(str(part))
        son.fill({"number": numbers[0], "postcode": "BO9 9ZZ"})
        son.submit()
        assert son.errors, "which of three was wrong is not said"
        son.fill({"postcode": ada.person.postcode})
        son.submit()
        son.page.locator("main input[value=died]").check()
        son.submit()
        son.page.locator("main input[type=text]").first.fill("Sam Roe, her son")
        son.submit()
        son.submit()
        # He leaves neither an e-mail address nor another way to be told.
        son.submit()
        son.submit()
        son.page.locator("main input[type=checkbox]").check()
        son.submit()
        assert son.heading == "You have told us"
        reference = son.path.split("/")[2]

        sign_in(officer, sign_ins["borrowdale_county", "Caseworker"])
        officer.open(f"/staff/cases/{reference}")
        officer.fill({"outcome": "holder_died", "reason": "Her son told us."})
        officer.press("Decide and tell the person")
        officer.open(f"/staff/register?kind=blue_badge&name={ada.person.family}")
        officer.press(numbers[0])
        assert "Cancelled" in officer.text
        assert "The holder died" in officer.text
        assert "Sam Roe, her son" in officer.text


def test_an_order_that_waits_is_shown_to_staff(let_in, sign_ins):
    with let_in() as officer:
        sign_in(officer, sign_ins["borrowdale_county", "Caseworker"])
        officer.open("/staff/register/orders")
        assert officer.heading == "Orders waiting"
