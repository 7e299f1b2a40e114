"""Many cases given at once, decisions looked at again, and a letter written by two."""

from __future__ import annotations

import re
from datetime import date

import pytest

from launcher.stack import Stack
from tests.journeys.applicant import DISCRETIONARY, Applicant, nobody_else
from tests.journeys.browsing import NARROW, Setting
from tests.journeys.conftest import Let
from tests.journeys.publishing import taken_back
from tests.journeys.test_assessment import sign_in

__all__ = ["taken_back"]

Staff = dict[str, dict[str, str]]
WANDA = nobody_else("Wanda", "Marsh", born=date(1958, 3, 4))
MET = dict.fromkeys(("right_outcome", "evidence", "reason", "in_time"), "met")


@pytest.fixture(scope="module")
def undecided(let_in: Let, stack: Stack) -> str:
    """The reference of a case that waits to be decided, and is not the only one in the queue."""
    stack.standpipe("demo", "cases", "--count", "2", as_owner=True, quiet=True)
    with let_in() as visitor:
        wanda = Applicant(visitor, WANDA, says=DISCRETIONARY, agrees=False)
        wanda.begin()
        wanda.answer_all()
        wanda.send()
        wanda.pay()
        return wanda.reference


def test_many_cases_are_given_at_once_and_a_decision_is_looked_at_again(
    let_in: Let, staff: Staff, undecided: str
) -> None:
    with let_in(Setting(script=False)) as manager, let_in(Setting(width=NARROW)) as officer:
        sign_in(manager, staff["Service manager"])
        manager.press("Give")
        assert manager.heading == "No case was given"
        manager.open(f"/staff/?text={WANDA.family}")
        manager.press("Choose all on this page")
        to = manager.page.locator("main select[name=to]").last
        to.select_option(label="Caseworker, Borrowdale County Council")
        manager.press("Give")
        given = manager.page.locator("main li a").all_inner_texts()
        assert undecided in given
        assert "Given to Caseworker" in manager.text

        sign_in(officer, staff["Caseworker"])
        officer.open(f"/staff/cases/{undecided}")
        assert "Caseworker" in officer.text
        officer.fill({"outcome": "eligible", "reason": "You cannot walk 50 metres."})
        officer.press("Decide and tell the person")

        manager.press("Quality review")
        manager.fill({"share": "0"})
        manager.press("Draw")
        assert manager.errors == ["Enter a share from 1 to 100"]
        manager.fill({"share": "100", "seed": "autumn"})
        manager.press("Draw")
        assert undecided in manager.text

        officer.open(manager.path)
        row = officer.page.locator("main li", has_text=undecided)
        assert "You decided it" in row.inner_text()

        manager.page.locator("main li", has_text=undecided).get_by_role(
            "link", name=f"Review {undecided}"
        ).click()
        manager.page.wait_for_load_state("load")
        manager.press("Save the review")
        assert manager.errors == ["Mark each point"] * 4
        manager.fill({**MET, "reason": "not_met"})
        manager.press("Save the review")
        assert manager.errors == ["Say what was not met"]
        manager.fill({"words": "It does not say how we know."})
        manager.press("Save the review")
        assert "It does not say how we know." in manager.text
        assert "Fewer than 5 cases were reviewed" in manager.text


def test_a_wrong_placeholder_is_mended_and_a_second_person_publishes(
    let_in: Let, staff: Staff
) -> None:
    with let_in(Setting(language="cy", script=False, width=NARROW)) as writer:
        who = staff["Policy manager"]
        writer.open("/accounts/login/")
        writer.fill({"login": who["name"], "password": who["secret"]})
        writer.submit()
        writer.open("/policy/")
        writer.page.locator("form[action$='/blue_badge/drafts'] button").click()
        writer.page.wait_for_load_state("load")
        draft = writer.path
        writer.press("Negeseuon a llythyrau")
        writer.open(f"{draft}/texts/letters/decided_eligible")
        body = writer.page.locator("[name=body_cy]")
        right = body.input_value()
        body.fill(right.replace("((reason))", "((rheswm))"))
        writer.press("Cadw yn y drafft")
        assert len(writer.errors) == 1
        assert "Ni chaiff ((rheswm)) ei lenwi" in writer.errors[0]
        writer.page.locator("[name=body_cy]").fill(
            right + "\n\nDiolch am eich cais, ((reference))."
        )
        writer.press("Rhagolwg heb gadw")
        assert "Diolch am eich cais, SP-0000-0000." in writer.text
        writer.press("Cadw yn y drafft")
        assert "Diolch am eich cais, SP-0000-0000." in writer.text
        writer.open(draft)
        writer.fill({"reason": "Diolch i bobl."})
        writer.page.locator("form[action$='/propose'] button").click()
        writer.page.wait_for_load_state("load")
        assert re.search("Yn aros am ail berson", writer.text)

    with let_in() as second:
        sign_in(second, staff["Service manager"])
        second.open(draft)
        assert "Letter: decided_eligible" in second.text
        second.press("Approve and publish")
        assert "Published as version" in second.text
