"""Somebody who holds a badge, the officers who look after it, and the Department's own book."""

from __future__ import annotations

import base64
import json
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.dft_blue_badge.client import BASE_PATH, TOKEN_PATH
from launcher.stack import Stack
from standpipe.places.residents import Resident
from tests.journeys.applicant import Applicant
from tests.journeys.browsing import Visitor, messages, paper, portrait

PATIENCE_SECONDS = 120
MOST_PAGES = 12
# The entry that is good today: another that follows it has a later day to begin with.
_ISSUED = ".govuk-summary-card:has(.govuk-tag--green) strong.app-number"

SignIns = Mapping[tuple[str, str], Mapping[str, str]]


@dataclass
class Holder:
    """Somebody who was granted a badge; `number` is that of the one they hold now."""

    applicant: Applicant
    number: str

    @property
    def visitor(self) -> Visitor:
        return self.applicant.visitor

    @property
    def person(self) -> Resident:
        return self.applicant.person

    def tell(self, says: Mapping[str, Mapping[str, str]]) -> str:
        """Tell of a change to the badge; return the reference."""
        return self._say(f"Tell us about a change to a Blue Badge {self.number}", says)

    def replace(self, says: Mapping[str, Mapping[str, str]]) -> str:
        """Ask for another in its place, and pay; return the reference."""
        reference = self._say(f"Replace a Blue Badge {self.number}", says)
        self.applicant.pay()
        return reference

    def await_another(self) -> str:
        """Look at what they hold until another has taken its place; return the old number."""
        old = self.number
        issued = self.visitor.page.locator(_ISSUED)
        ends_at = time.monotonic() + PATIENCE_SECONDS
        self.visitor.open("/held")
        while issued.count() == 0 or issued.first.inner_text() == old:
            assert time.monotonic() < ends_at, self.visitor.text
            time.sleep(0.3)
            self.visitor.open("/held")
        self.number = issued.first.inner_text()
        return old

    def _say(self, link: str, says: Mapping[str, Mapping[str, str]]) -> str:
        self.visitor.open("/held")
        self.visitor.press(link)
        self.visitor.submit()
        return tell(self.visitor, says, email=self.person.email)


def granted(visitor: Visitor, person: Resident) -> Holder:
    """Apply as somebody whom the Department confirms, and wait for the badge's number."""
    applicant = Applicant(visitor, person)
    applicant.begin()
    applicant.answer_all()
    applicant.send()
    applicant.pay()
    return Holder(applicant, applicant.await_number())


def tell(visitor: Visitor, says: Mapping[str, Mapping[str, Any]], *, email: str) -> str:
    """Answer page after page by what is said on each, and send it; return the reference."""
    for _ in range(MOST_PAGES):
        page = visitor.path.rpartition("/")[2]
        if page == "answers":
            break
        if page in ("proof", "photo"):
            file = portrait() if page == "photo" else paper("Deed of change of name")
            chooser = visitor.page.locator("main input[type=file]")
            visitor.upload(str(chooser.get_attribute("name")), file)
            visitor.submit()
        elif page == "address":
            visitor.fill({"postcode": says["address"]["postcode"]})
            visitor.submit()
            visitor.fill({"uprn": says["address"]["uprn"]})
        elif page == "contact" and visitor.page.locator("main [name=email]").count():
            visitor.fill({"email": email})
        else:
            # What the holder told before is offered to keep, but for what has changed.
            visitor.fill(says.get(page, {}))
        visitor.submit()
        assert not visitor.errors, (page, visitor.errors)
    visitor.page.locator("main input[type=checkbox]").check()
    visitor.submit()
    return visitor.path.split("/")[2]


def about(visitor: Visitor, service: str, number: str, person: Resident) -> None:
    """Begin about a badge without signing in: by its number, the birth date and the postcode."""
    visitor.open(f"/services/{service}")
    visitor.page.locator(".govuk-button--start").click()
    visitor.page.wait_for_load_state("load")
    visitor._arrived()
    born = person.birth_date
    parts = visitor.page.locator("main input[inputmode=numeric]")
    for at, part in enumerate((born.day, born.month, born.year)):
        parts.nth(at).fill(str(part))
    visitor.fill({"number": number, "postcode": person.postcode})
    visitor.submit()


def sign_in(visitor: Visitor, who: Mapping[str, str]) -> None:
    """Sign in as staff, with a name and a password."""
    visitor.open("/accounts/login/")
    visitor.fill({"login": who["name"], "password": who["secret"]})
    visitor.press("Sign in")


def decide(officer: Visitor, reference: str, *, outcome: str) -> None:
    """Decide a case as an officer, with a reason."""
    officer.open(f"/staff/cases/{reference}")
    officer.fill({"outcome": outcome, "reason": "We have looked at what was sent."})
    officer.press("Decide and tell the person")
    assert not officer.errors


def in_register(officer: Visitor, number: str) -> bool:
    """Look at an entry by its number; say whether there is one in the officer's register."""
    officer.open(f"/staff/register?kind=blue_badge&number={number}")
    if officer.page.get_by_role("link", name=number, exact=True).count() == 0:
        return False
    officer.press(number)
    return True


def await_message(stack: Stack, to: str, words: str) -> str:
    """Wait until somebody was written to in such words; return the message."""
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends_at:
        for one in messages(stack.simulators["govuk_notify"], to):
            if words in one["body"]:
                return str(one["body"])
        time.sleep(0.3)
    raise AssertionError(f"nobody wrote “{words}” to {to}")


def await_status(stack: Stack, number: str, status: str) -> None:
    """Wait until a badge stands so at the Department."""
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while (found := status_at_the_department(stack, number)) != status:
        assert time.monotonic() < ends_at, f"{number} is {found} at the department"
        time.sleep(0.3)


def status_at_the_department(stack: Stack, number: str) -> str:
    """Ask the Department's own interface where a badge stands."""
    client, secret = (stack.variables[f"STANDPIPE_DFT_CLIENT_{one}"] for one in ("ID", "SECRET"))
    basic = base64.b64encode(f"{client}:{secret}".encode()).decode()
    token = urllib.request.Request(
        stack.simulators["dft_blue_badge"] + TOKEN_PATH,
        data=b"grant_type=client_credentials",
        headers={"Authorization": f"Basic {basic}"},
    )
    with urllib.request.urlopen(token, timeout=60) as answer:
        bearer = json.load(answer)["access_token"]
    badge = urllib.request.Request(
        f"{stack.simulators['dft_blue_badge']}{BASE_PATH}/badges/{number}",
        headers={"Authorization": f"Bearer {bearer}"},
    )
    with urllib.request.urlopen(badge, timeout=60) as answer:
        return str(json.load(answer)["data"]["statusCode"])
