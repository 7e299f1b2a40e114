"""Staff apply for somebody on the phone; a charity's adviser helps somebody beside them."""

from __future__ import annotations

import json

import pytest

from launcher.stack import Stack
from tests.journeys.applicant import vocabulary
from tests.journeys.browsing import Setting, Visitor
from tests.journeys.conftest import Let
from tests.journeys.reporter import ANSWERS, Reporter
from tests.journeys.test_decided_by_staff import sign_in
from tests.journeys.test_save_and_return import code_sent_to

Staff = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def charity(stack: Stack) -> dict[str, str]:
    """Who can sign in as an adviser of the charity."""
    found = json.loads(stack.standpipe("demo", "sign-ins", "--json", as_owner=True, quiet=True))
    of_theirs = (one for one in found if one["organisation"] == "helping_hands")
    return next(one for one in of_theirs if one["role"] == "Adviser")


def agrees(helper: Visitor, *, channel: str, follow: str = "no") -> None:
    helper.fill(
        {
            "channel": channel,
            "agreed": "yes",
            "follow": follow,
            "basis": "agreed_present" if channel == "web_assisted" else "agreed_verbally",
            "undertaking": "yes",
        }
    )


def test_somebody_rings_and_staff_apply_for_them(let_in: Let, staff: Staff) -> None:
    with let_in() as officer:
        sign_in(officer, staff["Caseworker"])
        officer.open("/services/report_a_fallen_tree")
        officer.submit()
        assert officer.path == "/assist/services/report_a_fallen_tree", "led to where they can"
        officer.press("Begin")
        assert len(officer.errors) == 5
        agrees(officer, channel="phone")
        officer.fill({"basis": "power_of_attorney"})
        officer.press("Begin")
        assert officer.errors == ["Enter which paper you have seen"]
        agrees(officer, channel="phone")
        officer.press("Begin")

        call = Reporter(officer)
        assert "You write for somebody on the phone." in officer.text
        assert officer.page.get_by_role("heading", name="Say").count() == 1
        assert officer.text.count(vocabulary()["report.location"].ask.en) == 2
        call.answer_all()
        assert "Read the answers back." in officer.text
        declared = officer.page.locator("main input[type=radio]").first.get_attribute("name") or ""
        officer.fill({declared: "no"})
        officer.submit_last()
        assert officer.errors, "without their yes it is not sent"
        officer.fill({declared: "yes"})
        officer.submit_last()

        assert officer.heading == "It is sent"
        officer.press("Open the case")
        assert "By phone" in officer.text
        assert "Caseworker, Borrowdale County Council" in officer.text


def test_the_caller_goes_on_at_home_in_welsh_with_a_code(
    let_in: Let, staff: Staff, stack: Stack
) -> None:
    with let_in(Setting(language="cy")) as officer, let_in(Setting(360, language="cy")) as caller:
        officer.open("/accounts/login/?next=/assist")
        officer.fill(
            {
                "login": staff["Caseworker"]["name"],
                "password": staff["Caseworker"]["secret"],
            }
        )
        officer.submit()
        assert officer.heading == "Helpu rhywun i wneud cais"
        officer.open("/assist/services/report_a_fallen_tree")
        agrees(officer, channel="counter")
        officer.press("Dechrau")
        call = Reporter(officer)
        reference = call.reference
        call.answer()
        officer.press("Anfon cod atynt i fynd ymlaen eu hunain")
        officer.fill({"email": "galwr@example.org"})
        officer.press("Cadw")

        caller.open("/return")
        caller.fill({"reference": reference, "email": "galwr@example.org"})
        caller.submit()
        caller.fill({"code": code_sent_to(stack, "galwr@example.org")})
        caller.submit()
        assert caller.path.endswith("/questions/land")
        Reporter(caller).answer_all()
        Reporter(caller).declare()
        officer.open(f"/assist/{reference}/answers")
        assert reference not in officer.text


def test_an_adviser_beside_somebody_has_both_agreements_and_loses_sight(
    let_in: Let, charity: dict[str, str], stack: Stack
) -> None:
    with let_in() as adviser, let_in() as person:
        adviser.open("/accounts/login/?next=/assist")
        adviser.fill({"login": charity["name"], "password": charity["secret"]})
        adviser.press("Sign in")
        adviser.press("Report a fallen tree")
        agrees(adviser, channel="web_assisted")
        adviser.press("Begin")
        beside = Reporter(adviser)
        reference = beside.reference
        assert "sits beside you and helps you" in adviser.text
        assert adviser.page.get_by_role("heading", name="Say").count() == 0, "nothing is read out"
        beside.answer()
        adviser.press("Send them a code to go on themselves")
        adviser.fill({"email": "beside@example.org"})
        adviser.press("Save")

        person.open("/return")
        person.fill({"reference": reference, "email": "beside@example.org"})
        person.submit()
        person.fill({"code": code_sent_to(stack, "beside@example.org")})
        person.submit()
        person.open("/agreements")
        assert "Adviser, Borrowdale Helping Hands" in person.text
        assert "They see what you tell for it" in person.page.content()
        person.open("/data")
        assert "Adviser, Borrowdale Helping Hands" in person.text
        assert "agreed on help" in person.text

        adviser.open(f"/assist/{reference}")
        assert adviser.path.endswith("/questions/land")
        person.open("/agreements")
        person.press("End this help")
        assert "Ended on" in person.text
        adviser.open(f"/assist/{reference}")
        assert adviser.heading == "Page not found"
        assert ANSWERS["where"]["report.location"] not in adviser.page.content()


def test_who_may_follow_sees_what_came_of_it_and_who_may_not_does_not(
    let_in: Let, charity: dict[str, str]
) -> None:
    with let_in() as adviser:
        adviser.open("/accounts/login/?next=/assist")
        adviser.fill({"login": charity["name"], "password": charity["secret"]})
        adviser.press("Sign in")
        for follow, heading in (("no", "It is sent"), ("yes", "A crew is on its way")):
            adviser.open("/assist/services/report_a_fallen_tree")
            agrees(adviser, channel="web_assisted", follow=follow)
            adviser.press("Begin")
            beside = Reporter(adviser)
            beside.answer_all()
            adviser.page.locator("main input[type=checkbox]").first.check()
            adviser.submit_last()
            assert adviser.heading == heading
