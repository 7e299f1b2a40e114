"""What a holder tells of a badge: a new home, a new name, another council, no more need of it."""

from __future__ import annotations

import base64
import json
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

import pytest

from bench.citizen import confirmed
from connectors.dft_blue_badge.client import BASE_PATH, TOKEN_PATH
from launcher.stack import Stack
from standpipe.places.residents import Resident
from tests.journeys.applicant import Applicant
from tests.journeys.browsing import NARROW, Setting, Visitor, paper
from tests.journeys.conftest import Let
from tests.journeys.test_life_of_a_badge import await_message, sign_in, sign_ins

__all__ = ["sign_ins"]

SignIns = dict[tuple[str, str], dict[str, str]]
COUNTY, DISTRICT = "borrowdale_county", "northmere_district"
PATIENCE_SECONDS = 30


@dataclass
class Holder:
    """Somebody who was granted a badge; `number` is that of the one they hold now."""

    visitor: Visitor
    person: Resident
    number: str

    def tell(self, says: Mapping[str, Mapping[str, str]]) -> str:
        """Tell of a change to the badge; return the reference."""
        self.visitor.open("/held")
        self.visitor.press(f"Tell us about a change to a Blue Badge {self.number}")
        self.visitor.submit()
        return tell(self.visitor, says, email=self.person.email)


def tell(visitor: Visitor, says: Mapping[str, Mapping[str, Any]], *, email: str) -> str:
    """Answer page after page by what is said on each, and send it; return the reference."""
    for _ in range(12):
        page = visitor.path.rpartition("/")[2]
        if page == "answers":
            break
        if page == "proof":
            name = visitor.page.locator("main input[type=file]").get_attribute("name")
            visitor.upload(str(name), paper("Deed of change of name"))
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


@pytest.fixture(scope="module")
def people() -> list[Resident]:
    """Residents whom the department confirms, and as whom nobody else applies."""
    return list(confirmed())[14:]


@pytest.fixture(scope="module")
def holder(let_in: Let, people: list[Resident]) -> Iterator[Holder]:
    """Somebody who has just been granted a badge."""
    with let_in() as visitor:
        applicant = Applicant(visitor, people[0])
        applicant.begin()
        applicant.answer_all()
        applicant.send()
        applicant.pay()
        yield Holder(visitor, people[0], applicant.await_number())


@pytest.fixture(scope="module")
def officers(let_in: Let, sign_ins: SignIns) -> Iterator[dict[str, Visitor]]:
    """A caseworker of the county and one of a district, signed in."""
    with ExitStack() as at_work:
        found = {}
        for organisation in (COUNTY, DISTRICT):
            found[organisation] = at_work.enter_context(let_in())
            sign_in(found[organisation], sign_ins[organisation, "Caseworker"])
        yield found


def decide(officer: Visitor, reference: str, *, outcome: str) -> None:
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


def status_at_the_department(stack: Stack, number: str) -> str:
    """Ask the department's own interface where a badge stands."""
    client, secret = (stack.variables[f"STANDPIPE_DFT_CLIENT_{one}"] for one in ("ID", "SECRET"))
    basic = base64.b64encode(f"{client}:{secret}".encode()).decode()
    token = urllib.request.Request(
        stack.simulators["dft_blue_badge"] + TOKEN_PATH,
        data=b"grant_type=client_credentials",
        headers={"Authorization": f"Basic {basic}"},
    )
    with urllib.request.urlopen(token, timeout=10) as answer:
        bearer = json.load(answer)["access_token"]
    badge = urllib.request.Request(
        f"{stack.simulators['dft_blue_badge']}{BASE_PATH}/badges/{number}",
        headers={"Authorization": f"Bearer {bearer}"},
    )
    with urllib.request.urlopen(badge, timeout=10) as answer:
        return str(json.load(answer)["data"]["statusCode"])


def await_status(stack: Stack, number: str, status: str) -> None:
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while (found := status_at_the_department(stack, number)) != status:
        assert time.monotonic() < ends_at, f"{number} is {found} at the department"
        time.sleep(0.3)


def test_a_new_home_in_the_area_is_in_the_register_at_once(holder, officers, people):
    new = next(one for one in people if one.postcode != holder.person.postcode)

    holder.tell(
        {
            "change": {"badgeChange": "address"},
            "address": {"postcode": new.postcode, "uprn": new.uprn},
        }
    )

    assert holder.visitor.heading == "Your new address is in our register"
    assert in_register(officers[COUNTY], holder.number)
    assert new.postcode.replace(" ", "") in officers[COUNTY].text.replace(" ", "")
    holder.person = replace(holder.person, address=new.address)


def test_another_account_is_granted_no_second_one(holder, officers, let_in, people):
    officer = officers[COUNTY]
    with let_in() as visitor:
        # With the address that the department still has of them.
        again = Applicant(visitor, replace(people[0], email="another@residents.example"))
        again.begin()
        again.answer_all()
        again.send()
        again.pay()

        assert visitor.heading == "Application sent"
        assert "A person will look at your application." in visitor.text
        assert holder.number not in visitor.text

        officer.open(f"/staff/cases/{again.reference}")
        assert "They seem to hold one already" in officer.text
        assert "The rules would have granted it, but somebody who seems" in officer.text
        officer.press(holder.number)
        assert holder.person.family in officer.text
        decide(officer, again.reference, outcome="not_eligible")
        visitor.open(f"/applications/{again.reference}")
        assert visitor.heading == "Your application is refused"
    officer.open("/staff/register/twice")
    assert holder.number not in officer.text, "there is one, as there was"


def test_it_has_a_new_name_goes_along_to_another_council_and_ends_there(
    holder, officers, stack, let_in
):
    takes_a_new_name(holder, officers, stack)
    moves_away(holder, officers, let_in)
    needs_it_no_more(holder, officers, stack)


def takes_a_new_name(holder: Holder, officers: Mapping[str, Visitor], stack: Stack) -> None:
    """A new name brings a new badge, and ends the old one."""
    old = holder.number
    reference = holder.tell(
        {
            "change": {"badgeChange": "name"},
            "name": {"firstName": holder.person.given, "lastName": "Newname-Bell"},
        }
    )
    assert holder.visitor.heading == "You have told us"

    decide(officers[COUNTY], reference, outcome="name_changed")

    await_status(stack, old, "CANCELLED")
    holder.visitor.open("/held")
    green = holder.visitor.page.locator(".govuk-summary-card", has_text="Issued")
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while green.count() == 0:
        assert time.monotonic() < ends_at, holder.visitor.text
        time.sleep(0.3)
        holder.visitor.open("/held")
    holder.number = green.locator("strong.app-number").first.inner_text()
    assert holder.number != old
    assert "Cancelled" in holder.visitor.text
    assert status_at_the_department(stack, holder.number) == "ISSUED"
    await_message(stack, holder.person.email, holder.number)
    assert in_register(officers[COUNTY], holder.number)
    assert "Newname-Bell" in officers[COUNTY].text


def moves_away(holder: Holder, officers: Mapping[str, Visitor], let_in: Let) -> None:
    """Who moved away says so in Welsh, and the badge goes along."""
    with let_in(Setting(NARROW, script=False, language="cy")) as elsewhere:
        elsewhere.open("/services/blue_badge_change")
        elsewhere.page.locator(".govuk-button--start").click()
        elsewhere.page.wait_for_load_state("load")
        elsewhere._arrived()
        born = holder.person.birth_date
        parts = elsewhere.page.locator("main input[inputmode=numeric]")
        for at, part in enumerate((born.day, born.month, born.year)):
            parts.nth(at).fill(str(part))
        elsewhere.fill({"number": holder.number, "postcode": holder.person.postcode})
        elsewhere.submit()
        assert elsewhere.heading == "Beth sydd wedi newid?"
        says = {
            "change": {"badgeChange": "moved"},
            "authority": {"newAuthority": "Cyngor Dosbarth Northmere"},
        }
        reference = tell(elsewhere, says, email=holder.person.email)
        assert elsewhere.heading == "Rydych wedi dweud wrthym"
        decide(officers[COUNTY], reference, outcome="moved_away")
        elsewhere.open(f"/applications/{reference}")
        assert "Rydym wedi trosglwyddo eich bathodyn i’ch cyngor newydd" in elsewhere.text

    assert not in_register(officers[COUNTY], holder.number)
    assert in_register(officers[DISTRICT], holder.number)
    assert "Newname-Bell" in officers[DISTRICT].text
    assert "Caseworker, Borrowdale County Council" in officers[DISTRICT].text, "with its history"
    holder.visitor.open("/held")
    assert holder.visitor.page.locator(".govuk-tag--green").count() == 1


def needs_it_no_more(holder: Holder, officers: Mapping[str, Visitor], stack: Stack) -> None:
    """A badge that nobody needs ends where it is looked after."""
    reference = holder.tell({"change": {"badgeChange": "no_longer"}})

    decide(officers[DISTRICT], reference, outcome="ended")

    await_status(stack, holder.number, "CANCELLED")
    body = await_message(stack, holder.person.email, "must not be used")
    assert "send it back to us" in body
    holder.visitor.open("/held")
    assert holder.visitor.page.locator(".govuk-tag--green").count() == 0
    officers[COUNTY].open("/staff/numbers")
    officers[COUNTY].fill({"number": holder.number})
    officers[COUNTY].press("Check")
    assert "is not valid" in officers[COUNTY].text
