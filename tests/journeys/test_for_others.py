"""Applying for a child, for another adult and for an organisation, page by page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.journeys.applicant import Applicant, resident
from tests.journeys.browsing import NARROW, WIDE, Setting
from tests.journeys.conftest import Let
from tests.journeys.test_decided_by_staff import Staff, sign_in

# A child whom the department knows; see connectors/dwp_benefits/people.yaml.
TOMOS = replace(
    resident("ada"), given="Tomos", family="Lythgoe", birth_date=date(2017, 4, 2), nino=None
)
VEHICLES = [
    {
        "vehicle[]/vehicle.registration": registration,
        "vehicle[]/vehicle.kind": kind,
    }
    for registration, kind in (("QQ1 2ABC", "minibus"), ("QQ3 4DEF", "car"), ("QQ5 6GHJ", "car"))
]


def test_nobody_begins_without_saying_for_whom(let_in: Let) -> None:
    with let_in() as visitor:
        visitor.open("/services/blue_badge")
        visitor.page.locator(".govuk-button--start").click()
        visitor.page.wait_for_load_state("load")

        assert visitor.errors == ["Select who you are applying for"]


def test_a_child_under_three_is_asked_about_by_name(let_in: Let) -> None:
    with let_in() as visitor:
        says = {
            "applicant/person.is_severely_sight_impaired": False,
            "applicant/mobility.main_reason": "child",
            "applicant/mobility.child_bulky_equipment": True,
        }
        parent = Applicant(visitor, resident("grace"), says, agrees=False, for_whom="child")

        parent.begin()
        parent.answer_all(until="parental_responsibility")
        assert visitor.heading == "Do you have parental responsibility for Grace O'Neill?"
        parent.answer_all(until="child_equipment_needed")
        assert visitor.heading.startswith("Does Grace O'Neill always need bulky medical equipment")
        parent.answer_all()
        assert not {"address_proof", "national_insurance_number", "contact"} & set(parent.asked)
        assert {"identity", "your_contact"} <= set(parent.asked)
        assert "only for Grace O'Neill" in visitor.text
        parent.send()
        parent.pay()

        assert visitor.path.endswith("/outcome")
        visitor.open("/applications")
        assert "for Grace O'Neill" in visitor.text


def test_a_child_with_confirmed_dla_is_decided_in_one_sitting(let_in: Let) -> None:
    with let_in() as visitor:
        parent = Applicant(visitor, TOMOS, for_whom="child")

        parent.begin()
        parent.answer_all(until="dwp")
        assert "for Tomos Lythgoe, on the basis of parental responsibility" in visitor.text
        parent.answer_all()
        assert "benefits" not in parent.asked
        parent.send()
        parent.pay()

        assert visitor.page.locator(".govuk-panel--confirmation").count() == 1
        assert "approved" in visitor.text
        visitor.open("/agreements")
        assert "Tomos Lythgoe" in visitor.text


def test_an_attorney_applies_in_welsh(let_in: Let) -> None:
    with let_in(Setting(WIDE, script=True, language="cy")) as visitor:
        says = {"representative/representation.authority": "power_of_attorney"}
        attorney = Applicant(visitor, resident("dev"), says, for_whom="someone_else")

        attorney.begin()
        attorney.answer_all(until="name")
        assert visitor.heading == "Beth yw enw’r person rydych yn gwneud cais drosto?"
        attorney.answer_all(until="dwp")
        assert "authority_proof" in attorney.asked
        assert "ar ran Dev Patel, ar sail atwrneiaeth arhosol" in visitor.text
        attorney.answer_all()
        attorney.send()
        attorney.pay()

        assert visitor.page.locator(".govuk-panel--confirmation").count() == 1


def test_an_organisation_names_its_vehicles_on_a_small_screen_and_has_some_of_its_badges(
    let_in: Let, staff: Staff
) -> None:
    with let_in(Setting(NARROW, script=False, language="en")) as visitor:
        says = {
            "applicant/organisation.name": "Rosegill Day Centre",
            "applicant/organisation.cares_for_disabled": True,
            "applicant/organisation.transports_in_vehicles": True,
            "applicant/organisation.badges_wanted": 2,
        }
        officer = Applicant(
            visitor,
            resident("farid"),
            says,
            for_whom="organisation",
            several={"vehicles": VEHICLES},
        )

        officer.begin()
        officer.answer_all(until="vehicles")
        officer.answer("vehicles")
        visitor.open(f"/applications/{officer.reference}/questions/vehicles?remove=2")
        assert visitor.heading == "Vehicle 2"
        visitor.fill({"remove": "yes"})
        visitor.submit()
        assert "QQ3 4DEF" not in visitor.text
        visitor.open(f"/applications/{officer.reference}/questions/vehicles?item=3")
        visitor.fill({"vehicleKind": "people_carrier"})
        visitor.submit()
        assert "People carrier" in visitor.text
        visitor.fill({"another": "no"})
        visitor.submit()
        officer.answer_all()

        assert "Vehicle 2" in visitor.text
        assert "QQ5 6GHJ" in visitor.text
        assert not {"birth_date", "benefits", "photo", "identity"} & set(officer.asked)
        officer.send()
        officer.pay()
        assert visitor.path.endswith("/outcome")

        with let_in(Setting(NARROW, script=False, language="en")) as desk:
            sign_in(desk, staff["Caseworker"])
            desk.open(f"/staff/cases/{officer.reference}")
            desk.fill({"outcome": "eligible", "granted": "1", "reason": "One vehicle is enough."})
            desk.press("Decide and tell the person")
            assert "One vehicle is enough." in desk.text
            desk.press("Return a part of the fee")
            assert "£20 was paid." in desk.text
            desk.fill({"amount": "20.01", "reason": "We were slow."})
            desk.press("Return it and tell them")
            assert desk.errors[0].startswith("How much we return must be more than nothing")
            desk.fill({"amount": "2.50", "reason": "We were slow."})
            desk.press("Return it and tell them")
            assert "£2.50 is returned." in desk.text
        visitor.open(f"/applications/{officer.reference}/outcome")
        assert visitor.page.locator(".govuk-panel--confirmation").count() == 1
