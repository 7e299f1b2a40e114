"""A parent rings, staff write for the child; what is held is replaced by mandate, until it ends."""

from __future__ import annotations

import re
from datetime import date

from bench.year.applicants import qualifies
from standpipe.places.residents import Resident, generate
from tests.journeys.applicant import Applicant, place
from tests.journeys.conftest import Let
from tests.journeys.test_assisted import agrees
from tests.journeys.test_decided_by_staff import sign_in

Staff = dict[str, dict[str, str]]
PARENT = {
    "representative/contact.email": "mair.puw@example.org",
    "representative/person.name": {"given": "Mair", "family": "Puw"},
}


def child_with_an_award() -> Resident:
    """Return a child whom the department knows and nobody else applies for."""
    return next(
        one
        for one in generate(place(), seed=1, count=2000)
        if one.nino is None and qualifies(one) and one.birth_date > date(2012, 1, 1)
    )


def test_a_parent_on_the_phone_is_recorded_as_who_acts_for_their_child(
    let_in: Let, staff: Staff
) -> None:
    with let_in() as officer:
        sign_in(officer, staff["Caseworker"])
        officer.open("/assist/services/blue_badge")
        agrees(officer, channel="phone")
        officer.press("Begin")
        assert officer.errors == ["Select for whom they ask"]
        officer.fill({"forWhom": "self", "basis": "parent", "evidence": "Birth certificate"})
        officer.press("Begin")
        assert officer.errors == ["Somebody speaks for another person: select for whom they ask"]
        agrees(officer, channel="phone")
        officer.fill({"forWhom": "child"})
        officer.press("Begin")

        assert "What is the child’s address?" in officer.text or "the child" in officer.text
        assert re.fullmatch(r"/assist/SP-.{9}/questions/address", officer.path)


def test_a_parent_replaces_a_childs_badge_until_staff_end_their_leave(
    let_in: Let, staff: Staff
) -> None:
    with let_in() as visitor, let_in() as officer:
        child = child_with_an_award()
        name = f"{child.given} {child.family}"
        parent = Applicant(visitor, child, PARENT, for_whom="child")
        parent.begin()
        parent.answer_all()
        parent.send()
        parent.pay()
        number = parent.await_number()

        visitor.open("/held")
        assert name in visitor.text
        visitor.page.get_by_role("link", name="Replace a Blue Badge").first.click()
        visitor.page.wait_for_load_state("load")
        visitor._arrived()
        assert f"{number}, {name}" in visitor.text
        visitor.submit()
        assert visitor.heading == f"What happened to {name}’s Blue Badge?"

        sign_in(officer, staff["Caseworker"])
        officer.open(f"/staff/cases/{parent.reference}")
        officer.page.get_by_text("End their leave to act").first.click()
        officer.page.get_by_role("button", name="End their leave to act").click()
        officer.page.wait_for_load_state("load")
        officer._arrived()
        assert officer.errors == ["Select why it ends"]
        officer.fill({"because": "power_ended"})
        officer.page.get_by_role("button", name="End their leave to act").click()
        officer.page.wait_for_load_state("load")
        officer._arrived()
        assert "their power or authority has ended" in officer.text

        visitor.open(f"/applications/{parent.reference}")
        assert visitor.heading == "Page not found"
