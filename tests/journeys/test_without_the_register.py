"""A register that is silent, slow, refusing or broken refuses nobody; nor does saying no to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.journeys.applicant import DISCRETIONARY, Applicant, resident
from tests.journeys.browsing import Setting
from tests.journeys.conftest import Let

TOLD = {
    "applicant/benefit.received": ["pip"],
    "applicant/benefit.pip.moving_around": "e",
}


@pytest.mark.parametrize("fault", ["silent", "slow", "refusing", "malformed", "dropped"])
def test_a_broken_register_leads_on_to_evidence(
    let_in: Let, dwp_fails: Callable[[str], AbstractContextManager[None]], fault: str
) -> None:
    with let_in() as visitor, dwp_fails(fault):
        ada = Applicant(visitor, resident("ada"), says=TOLD)

        ada.begin()
        ada.answer_all(until="benefit_letter")

        assert "benefits" in ada.asked
        assert "Upload your benefit decision letter" in visitor.heading


def test_after_a_silent_register_a_person_decides(
    let_in: Let, dwp_fails: Callable[[str], AbstractContextManager[None]]
) -> None:
    with let_in() as visitor, dwp_fails("unavailable"):
        ada = Applicant(visitor, resident("ada"), says=TOLD)

        ada.begin()
        ada.answer_all()
        ada.send()
        ada.pay()

        assert visitor.heading == "Application sent"
        assert ada.reference in visitor.text


@pytest.mark.parametrize("setting", [Setting(360, script=False), Setting(language="cy")], ids=str)
def test_whoever_says_no_can_still_apply(let_in: Let, setting: Setting) -> None:
    with let_in(setting) as visitor:
        farid = Applicant(visitor, resident("farid"), says=DISCRETIONARY, agrees=False)

        farid.begin()
        farid.answer_all()
        farid.send()
        farid.pay()

        assert farid.reference in visitor.text
        visitor.open("/agreements")
        assert visitor.page.locator(".app-number").count() == 1


def test_somebody_the_register_does_not_know_goes_on_to_a_person(let_in: Let) -> None:
    with let_in() as visitor:
        carys = Applicant(visitor, resident("carys"), says=DISCRETIONARY)

        carys.begin()
        carys.answer_all()
        carys.send()
        carys.pay()

        assert visitor.heading == "Application sent"


def test_whoever_seems_not_to_qualify_is_told_early_and_may_go_on(let_in: Let) -> None:
    nothing = {
        "applicant/benefit.received": ["none"],
        "applicant/person.is_severely_sight_impaired": False,
        "applicant/mobility.main_reason": "none",
    }
    with let_in() as visitor:
        farid = Applicant(visitor, resident("farid"), says=nothing)
        farid.begin()
        farid.answer_all(until="probably_not")

        assert visitor.heading == "You may not be able to get a Blue Badge"
        assert len(farid.asked) < 12
        farid.answer_all(until="conditions")
        assert visitor.path.endswith("/questions/conditions")
