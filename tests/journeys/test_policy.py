"""
An officer changes a threshold, is stopped by a gap, mends it and sees who is affected.

A second officer puts it into force; whoever began before keeps the old rule.
"""

from __future__ import annotations

import time

import pytest

from tests.journeys.applicant import Applicant, resident
from tests.journeys.browsing import NARROW, Setting, Visitor
from tests.journeys.conftest import Let
from tests.journeys.publishing import KNOWN_WITHIN_SECONDS, taken_back
from tests.journeys.test_decided_by_staff import Staff

__all__ = ["taken_back"]

SETTINGS = {
    "with script": Setting(),
    "narrow, without script, in Welsh": Setting(width=NARROW, script=False, language="cy"),
}
# Eight points for moving around, and nothing else.
TOLD = {
    "applicant/benefit.received": ["pip"],
    "applicant/benefit.pip.moving_around": "c",
    "applicant/benefit.pip.planning": "a",
}


def sign_in(visitor: Visitor, who: dict[str, str]) -> None:
    visitor.open("/accounts/login/?next=/policy/")
    visitor.fill({"login": who["name"], "password": who["secret"]})
    visitor.submit()
    assert visitor.path == "/policy/", visitor.text


def press(staff: Visitor, action: str) -> None:
    """Press the button of the form that goes to an address."""
    staff.page.locator(f"main form[action$='{action}'] button[type=submit]").first.click()
    staff.page.wait_for_load_state("load")
    staff._arrived()


# What is said of a table with an overlap and a gap, in the language of each setting.
OVERLAP = {"en": "Rows 4 and 5 both hold", "cy": "Mae rhesi 4 a 5 ill dwy yn dal"}
GAP = {"en": "No row answers", "cy": "Nid oes rhes yn ateb"}


def is_asked_about_sight(applicant: Applicant) -> bool:
    """Answer from the start; tell whether PIP was not enough, so that more is asked."""
    applicant.begin()
    applicant.answer_all(until="photo")
    return "sight" in applicant.asked


@pytest.mark.parametrize("how", SETTINGS)
def test_a_threshold_is_changed_by_two(how: str, let_in: Let, staff: Staff) -> None:
    with let_in() as early, let_in(SETTINGS[how]) as author, let_in(SETTINGS[how]) as second:
        # Given somebody with 8 points for moving around, who began before anything changed
        before = Applicant(early, resident("farid"), says=TOLD, agrees=False)
        before.begin()
        before.answer_all(until="benefits")

        # When an officer drafts a rule, and writes what cannot stand in its cell
        sign_in(author, staff["Policy manager"])
        press(author, "/services/blue_badge/drafts")
        draft = author.path
        author.open(f"{draft}/tables/pip_moving_around")
        author.fill({"4.o1": "eight"})
        author.submit()
        # Then the cell is named, and nothing typed is lost
        assert author.errors
        assert author.page.locator("[name='4.o1']").input_value() == "eight"

        # When they leave a gap
        author.fill({"4.o1": "8", "4.i1": '"d"'})
        author.submit()
        language = SETTINGS[how].language
        assert OVERLAP[language] in author.text
        assert GAP[language] in author.text
        # Then they are stopped
        author.open(draft)
        author.fill({"reason": "The threshold is to be 10 points"})
        press(author, "/propose")
        assert author.errors

        # When they mend it, and raise the threshold from 8 points to 10
        author.open(f"{draft}/tables/pip_moving_around")
        author.fill({"4.i1": '"c"', "4.o0": "false", "4.a0": "Council minute 12 of 2026"})
        author.submit()
        assert OVERLAP[language] not in author.text
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
        sign_in(second, staff["Service manager"])
        second.open(draft)
        press(second, "/approve")
        assert "1.1.0" in second.text

        # Then whoever begins now meets the new rule, within seconds and in every process
        time.sleep(KNOWN_WITHIN_SECONDS)
        with let_in() as late:
            assert is_asked_about_sight(Applicant(late, resident("farid"), says=TOLD, agrees=False))

        # And whoever began before keeps the old one
        before.answer_all(until="photo")
        assert "benefits" in before.asked
        assert "sight" not in before.asked
