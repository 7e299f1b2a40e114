"""An expert of another organisation looks at a case, and another officer decides."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from launcher.stack import Stack
from tests.journeys.applicant import DISCRETIONARY, Applicant, nobody_else
from tests.journeys.browsing import NARROW, Setting, Visitor
from tests.journeys.conftest import Let

MENNA = nobody_else("Menna", "Pryce", born=date(1961, 8, 9))
FOUND = {
    "enduring": "yes",
    "evidence_enduring": "Letters since 2019.",
    "effect": "very_difficult",
    "evidence_effect": "Stopped after forty metres, in pain.",
    "distance": "40",
    "evidence_distance": "Walked with me along the corridor.",
    "manner": "limp",
    "evidence_manner": "I saw it.",
    "pain_or_breath": "yes",
    "evidence_pain_or_breath": "Pain in both hips.",
    "summary": "Came with one stick and sat down twice.",
    "words": "Walking is very considerably difficult.",
}


@pytest.fixture(scope="module")
def everybody(stack: Stack) -> dict[tuple[str, str], dict[str, str]]:
    """Who can sign in, by organisation and role."""
    sign_ins = json.loads(stack.standpipe("demo", "sign-ins", "--json", as_owner=True, quiet=True))
    return {(one["organisation"], one["role"]): one for one in sign_ins}


def sign_in(visitor: Visitor, who: dict[str, str]) -> None:
    visitor.open("/accounts/login/")
    visitor.fill({"login": who["name"], "password": who["secret"]})
    visitor.press("Sign in")


def wait_for(visitor: Visitor, words: str, *, seconds: float = 120) -> None:
    """Open the page again until the worker has done its part."""
    deadline = time.monotonic() + seconds
    while words not in visitor.text:
        assert time.monotonic() < deadline, f"{words!r} does not come: {visitor.text[:2000]}"
        time.sleep(0.5)
        visitor.page.reload()


def offer_times(expert: Visitor) -> None:
    """Offer two times on the next working days, after getting the form wrong once."""
    expert.open("/assessments/slots")
    expert.press("Offer these times")
    assert "Choose how you see people" in expert.errors
    first = datetime.now(UTC).date() + timedelta(days=1)
    days = {"first": first.isoformat(), "last": (first + timedelta(days=4)).isoformat()}
    room = "Room 4, Fellside Hospital, Infirmary Road, Rosegill"
    expert.fill({**days, "times": "09:30 14:15", "kind": "in_person", "place": room})
    expert.press("Offer these times")
    assert "times are offered" in expert.text


def choose_a_time(visitor: Visitor, reference: str) -> None:
    """Choose, change and cancel a time, and choose one again: in Welsh, on a phone, no scripts."""
    visitor.open(f"/applications/{reference}/assessment")
    visitor.press("Dewis neu newid eich apwyntiad")
    visitor.press("Dewis yr amser hwn")
    assert visitor.errors == ["Dewiswch amser"]
    times = visitor.page.locator("main [name=slot]")
    times.nth(0).check()
    visitor.press("Dewis yr amser hwn")
    assert "9:30yb" in visitor.text
    visitor.page.locator("main [name=slot]").nth(0).check()
    visitor.press("Dewis yr amser hwn")
    assert "2:15yp" in visitor.text
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="Ei ychwanegu at eich calendr").click()
    assert download.value.suggested_filename == f"{reference}.ics"
    visitor.press("Canslo’r apwyntiad")
    assert visitor.heading == "Dewis apwyntiad"
    visitor.page.locator("main [name=slot]").nth(0).check()
    visitor.press("Dewis yr amser hwn")
    assert "Room 4" in visitor.text


def test_an_expert_elsewhere_declares_and_reports_and_an_officer_decides(
    let_in: Let, everybody: dict[tuple[str, str], dict[str, str]]
) -> None:
    with let_in(Setting(width=NARROW, script=False, language="cy")) as visitor:
        person = Applicant(visitor, MENNA, says=DISCRETIONARY, agrees=False)
        person.begin()
        person.answer_all()
        person.send()
        person.pay()
        reference = person.reference

        with let_in() as officer:
            sign_in(officer, everybody["borrowdale_county", "Caseworker"])
            officer.open(f"/staff/cases/{reference}")
            officer.press("Refer to the assessor")
            assert "Borrowdale Community NHS Trust" in officer.heading
            assert "Arthritis in both hips" in officer.text
            assert person.person.email not in officer.text
            officer.press("Refer and tell the person")
            assert "The assessor" in officer.text

        with let_in(Setting(width=NARROW)) as expert:
            sign_in(expert, everybody["borrowdale_nhs", "Assessor"])
            assert expert.heading == "Referrals"
            name = f"{person.person.given} {person.person.family}"
            expert.press(name)
            referral = re.search(r"AS-\S{4}-\S{4}", expert.heading)[0]  # type: ignore[index]
            assert reference not in expert.page.content()
            assert "Arthritis" not in expert.text
            expert.press("Declare")
            assert expert.errors == ["Say whether you are independent"]
            expert.fill({"independent": "no", "words": "She is my neighbour."})
            expert.press("Declare")
            assert expert.heading == "Referrals"
            offer_times(expert)

        choose_a_time(visitor, reference)

        with let_in() as colleague:
            sign_in(colleague, everybody["borrowdale_nhs", "Second assessor"])
            colleague.press(name)
            assert "Room 4" in colleague.text
            colleague.fill({"independent": "yes"})
            colleague.press("Declare")
            assert "Arthritis in both hips" in colleague.text
            colleague.press("Record the assessment")
            colleague.press("Send the report")
            assert len(colleague.errors) > 5
            colleague.fill({**FOUND, "recommendation": "meets"})
            colleague.press("Send the report")
            assert "no longer shown" in colleague.text
            assert "Arthritis in both hips" not in colleague.text

        visitor.open(f"/applications/{reference}/outcome")
        visitor.press("Gweld beth a ddywedom wrth yr arbenigwr a pham")
        assert "Ymddiriedolaeth GIG Gymunedol Borrowdale" in visitor.text
        assert "Arthritis in both hips" in visitor.text
        visitor.press("Pwy edrychodd ar eich data")
        assert "Dywedwyd wrth Ymddiriedolaeth GIG Gymunedol Borrowdale" in visitor.text

        with let_in() as officer:
            sign_in(officer, everybody["borrowdale_county", "Service manager"])
            officer.open(f"/staff/cases/{reference}")
            wait_for(officer, "The report as PDF")
            assert "They meet the criteria" in officer.text
            assert "She is my neighbour." in officer.text
            assert referral in officer.page.content()
            officer.fill({"outcome": "eligible", "reason": "As the expert found."})
            officer.press("Decide and tell the person")
            assert "Granted" in officer.text
