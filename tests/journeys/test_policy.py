"""
An officer changes a threshold, is stopped by a gap, mends it and sees who is affected.

A second officer puts it into force; whoever began before keeps the old rule.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from launcher.stack import Stack
from tests.journeys.applicant import Applicant, resident
from tests.journeys.browsing import NARROW, Setting, Visitor, browser, visitor

AUTHOR, SECOND = "policy@borrowdale-county.example", "manager@borrowdale-county.example"
THRESHOLD, LAW = "4.o0", "4.a0"
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
SETTINGS = {
    "with script": Setting(),
    "narrow, without script, in Welsh": Setting(width=NARROW, script=False, language="cy"),
}


@dataclass
class Looking:
    """What is looked at on every page: axe, and the page as a picture."""

    pictures: Path
    setting: Setting
    count: int = 0

    def __call__(self, visitor: Visitor) -> None:
        self.count += 1
        name = f"{self.count:02}-{visitor.path.strip('/').replace('/', '-')[:60]}.png"
        visitor.page.screenshot(path=self.pictures / name, full_page=True)
        if self.setting.script:
            found = Axe().run(visitor.page, options=WCAG).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], visitor.path


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    with browser() as launched:
        yield launched


@pytest.fixture
def sign_ins(stack: Stack, owner: psycopg.Connection) -> Iterator[dict[str, str]]:
    """The secrets of the demo's people, by the name that they sign in with."""
    made = json.loads(stack.standpipe("demo", "sign-ins", "--json", quiet=True))
    yield {one["name"]: one["secret"] for one in made}
    owner.execute("ALTER TABLE packs_publication DISABLE TRIGGER USER")
    owner.execute("DELETE FROM packs_publication")
    owner.execute("ALTER TABLE packs_publication ENABLE TRIGGER USER")


def sign_in(staff: Visitor, email: str, password: str) -> None:
    staff.open("/accounts/login/?next=/policy/")
    staff.fill({"login": email, "password": password})
    staff.submit()
    assert staff.path == "/policy/", staff.text


def press(staff: Visitor, action: str) -> None:
    """Press the button of the form that goes to an address."""
    staff.page.locator(f"main form[action$='{action}'] button[type=submit]").first.click()
    staff.page.wait_for_load_state("load")
    staff._arrived()


def by_letter(applicant: Applicant) -> None:
    """Answer up to where the rules have decided, or ask for more."""
    applicant.begin()
    applicant.answer_all(until="sight")


@pytest.mark.parametrize("how", SETTINGS)
def test_a_threshold_is_changed_by_two(
    how: str, stack: Stack, running: Browser, sign_ins: dict[str, str], tmp_path: Path
) -> None:
    setting = SETTINGS[how]
    look = Looking(tmp_path, setting)
    told = {
        "applicant/benefit.received": ["pip"],
        "applicant/benefit.pip.moving_around": "c",
        "applicant/benefit.pip.planning": "a",
    }

    # Given somebody with 8 points for moving around, who began before anything changed
    with visitor(running, stack.origin) as early:
        before = Applicant(early, resident("farid"), says=told, agrees=False)
        by_letter(before)
        asked_before = early.path

        with (
            visitor(running, stack.origin, setting, seen=look) as author,
            visitor(running, stack.origin, setting, seen=look) as second,
        ):
            # When an officer drafts a rule, and leaves a gap
            sign_in(author, AUTHOR, sign_ins[AUTHOR])
            press(author, "/services/blue_badge/drafts")
            draft = author.path
            author.open(f"{draft}/tables/pip_moving_around")
            author.fill({"4.o1": "eight"})
            author.submit()
            # Then a cell that cannot stand is named, and nothing typed is lost
            assert author.errors
            assert author.page.locator("[name='4.o1']").input_value() == "eight"
            author.fill({"4.o1": "8", "4.i1": '"d"'})
            author.submit()
            assert "Rows 4 and 5 both hold" in author.text
            assert "No row answers" in author.text
            author.open(draft)
            author.fill({"reason": "The threshold is to be 10 points"})
            press(author, "/propose")
            assert author.errors

            # When they mend it, and raise the threshold from 8 points to 10
            author.open(f"{draft}/tables/pip_moving_around")
            author.fill({"4.i1": '"c"', THRESHOLD: "false", LAW: "Council minute 12 of 2026"})
            author.submit()
            assert "Rows 4 and 5" not in author.text

            # Then they see who is affected, and say of each example what they want
            author.open(f"{draft}/effects")
            assert author.page.locator("svg.app-bars").count() > 4
            author.open(draft)
            while author.page.locator(f"form[action='{draft}/examples']").count():
                press(author, "/examples")
            author.fill({"reason": "The threshold is to be 10 points"})
            press(author, "/propose")
            assert not author.errors
            assert author.page.locator(f"form[action='{draft}/approve']").count() == 0

            # When a second officer approves it
            sign_in(second, SECOND, sign_ins[SECOND])
            second.open(draft)
            press(second, "/approve")
            assert "1.1.0" in second.text

        # Then whoever begins now meets the new rule, within seconds, in every process
        early.page.wait_for_timeout(2500)
        with visitor(running, stack.origin) as late:
            after = Applicant(late, resident("farid"), says=told, agrees=False)
            by_letter(after)
            assert late.path.endswith("/questions/sight"), late.path

        # And whoever began before keeps the old one
        early.open(asked_before)
        assert not asked_before.endswith("/questions/sight"), asked_before
        assert "sight" not in before.asked
