"""Saved answers are opened by a code sent to the e-mail address, and by nothing else."""

from __future__ import annotations

import re
import time

from launcher.stack import Stack
from tests.journeys.applicant import Applicant, resident
from tests.journeys.browsing import messages
from tests.journeys.conftest import Let

PATIENCE_SECONDS = 120


def code_sent_to(stack: Stack, email: str) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for message in messages(stack.simulators["govuk_notify"], email):
            found = re.search(r"\b(\d{6})\b", message["body"])
            if found:
                return found[1]
        time.sleep(0.3)
    raise AssertionError(f"no code was sent to {email} in {PATIENCE_SECONDS} s")


def test_a_person_saves_and_comes_back_on_another_device(let_in: Let, stack: Stack) -> None:
    edith = resident("edith")
    with let_in() as visitor:
        at_home = Applicant(visitor, edith)
        at_home.begin()
        at_home.answer_all(until="dwp")
        visitor.press("Save and come back later")
        visitor.fill({"email": "not an address"})
        visitor.press("Save")
        assert len(visitor.errors) == 1
        visitor.fill({"email": edith.email})
        visitor.press("Save")
        assert at_home.reference in visitor.text

    with let_in() as visitor:
        visitor.open(f"/applications/{at_home.reference}")
        assert visitor.path == "/return"
        visitor.fill({"reference": at_home.reference.lower(), "email": edith.email})
        visitor.press("Send me a code")
        visitor.fill({"code": "000000"})
        visitor.press("Continue")
        assert visitor.errors
        visitor.fill({"code": code_sent_to(stack, edith.email)})
        visitor.press("Continue")
        assert visitor.path.endswith("/questions/dwp")


def test_a_wrong_reference_looks_like_a_right_one(let_in: Let) -> None:
    with let_in() as visitor:
        visitor.open("/return")
        visitor.fill({"reference": "SP-0000-0000", "email": "nobody@example.com"})
        visitor.press("Send me a code")

        assert visitor.heading == "Check your email"


def test_somebody_elses_application_is_not_found(let_in: Let) -> None:
    with let_in() as visitor, let_in() as other:
        ada = Applicant(visitor, resident("ada"))
        ada.begin()
        bryn = Applicant(other, resident("bryn"))
        bryn.begin()

        other.open(f"/applications/{ada.reference}")
        assert other.heading == "Page not found"


def test_what_was_told_before_is_kept_or_changed(let_in: Let) -> None:
    with let_in() as visitor:
        first = Applicant(visitor, resident("ada"))
        first.begin()
        first.answer_all(until="dwp")
        second = Applicant(visitor, resident("ada"))
        second.begin()

        assert visitor.page.get_by_role("button", name="Keep this answer").count() == 1
        visitor.press("Keep this answer")
        assert visitor.path.endswith("/questions/name")
        visitor.press("Change it")
        assert visitor.page.locator("[name=firstName]").input_value() == "Ada"
