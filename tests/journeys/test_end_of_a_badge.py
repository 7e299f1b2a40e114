"""What a holder tells of a badge: a new home, a new name, another council, no more need of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace

import pytest

from bench.citizen import confirmed
from launcher.stack import Stack
from standpipe.places.residents import Resident
from tests.journeys.applicant import Applicant
from tests.journeys.browsing import NARROW, Setting, Visitor
from tests.journeys.conftest import Let
from tests.journeys.holding import (
    Holder,
    SignIns,
    about,
    await_message,
    await_status,
    decide,
    granted,
    in_register,
    sign_in,
    status_at_the_department,
    tell,
)

COUNTY, DISTRICT = "borrowdale_county", "northmere_district"


@pytest.fixture(scope="module")
def people() -> list[Resident]:
    """Residents whom the department confirms, and as whom nobody else applies."""
    return list(confirmed())[14:]


@pytest.fixture(scope="module")
def holder(let_in: Let, people: list[Resident]) -> Iterator[Holder]:
    """Somebody who has just been granted a badge."""
    with let_in() as visitor:
        yield granted(visitor, people[0])


@pytest.fixture(scope="module")
def officers(let_in: Let, sign_ins: SignIns) -> Iterator[dict[str, Visitor]]:
    """A caseworker of the county and one of a district, signed in."""
    with ExitStack() as at_work:
        found = {}
        for organisation in (COUNTY, DISTRICT):
            found[organisation] = at_work.enter_context(let_in())
            sign_in(found[organisation], sign_ins[organisation, "Caseworker"])
        yield found


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
    holder.applicant.person = replace(holder.person, address=new.address)


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
    reference = holder.tell(
        {
            "change": {"badgeChange": "name"},
            "name": {"firstName": holder.person.given, "lastName": "Newname-Bell"},
        }
    )
    assert holder.visitor.heading == "You have told us"

    decide(officers[COUNTY], reference, outcome="name_changed")

    old = holder.await_another()
    await_status(stack, old, "CANCELLED")
    assert "Cancelled" in holder.visitor.text
    assert status_at_the_department(stack, holder.number) == "ISSUED"
    await_message(stack, holder.person.email, holder.number)
    assert in_register(officers[COUNTY], holder.number)
    assert "Newname-Bell" in officers[COUNTY].text


def moves_away(holder: Holder, officers: Mapping[str, Visitor], let_in: Let) -> None:
    """Who moved away says so in Welsh, and the badge goes along."""
    with let_in(Setting(NARROW, script=False, language="cy")) as elsewhere:
        about(elsewhere, "blue_badge_change", holder.number, holder.person)
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
