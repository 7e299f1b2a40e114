"""Nobody needs an e-mail address: one asks for letters, another comes back with a code by text."""

from __future__ import annotations

from datetime import date

from launcher.stack import Stack
from tests.journeys.applicant import Applicant, nobody_else
from tests.journeys.browsing import NARROW, Setting
from tests.journeys.conftest import Let
from tests.journeys.test_decided_by_staff import sign_in
from tests.journeys.test_save_and_return import code_sent_to

Staff = dict[str, dict[str, str]]
NOBODYS = {"applicant/contact.email": None, "applicant/mobility.main_reason": "terminal"}
WINIFRED = nobody_else("Winifred", "Bell", born=date(1938, 2, 3))
IDRIS = nobody_else("Idris", "Pugh", born=date(1941, 6, 7))


def test_letters_are_posted_by_staff_to_whoever_has_no_email(let_in: Let, staff: Staff) -> None:
    with (
        let_in(Setting(NARROW, script=False, language="en")) as visitor,
        let_in(Setting(NARROW)) as officer,
    ):
        winifred = Applicant(visitor, WINIFRED, NOBODYS, agrees=False)
        winifred.begin()
        winifred.answer_all(until="contact")
        assert "Leave this empty if you have none" in visitor.text
        winifred.answer_all()
        assert "contact_way" in winifred.asked
        assert "Letter" in visitor.text
        winifred.send()
        winifred.pay()
        assert visitor.path.endswith("/outcome")

        sign_in(officer, staff["Caseworker"])
        officer.press("Letters and calls")
        row = officer.page.locator("tr", has_text=winifred.reference)
        assert "Winifred Bell" in row.inner_text()
        with officer.page.expect_download() as coming:
            row.get_by_role("link", name="Letter to print").click()
        assert coming.value.suggested_filename == f"{winifred.reference}-received.pdf"
        row.get_by_role("checkbox").check(force=True)
        officer.press("Mark as done")
        assert "Marked as done: 1" in officer.text
        assert winifred.reference not in officer.text


def test_a_saved_application_is_come_back_to_with_a_code_by_text_in_welsh(
    let_in: Let, stack: Stack
) -> None:
    with let_in(Setting(NARROW, script=True, language="cy")) as visitor:
        idris = Applicant(visitor, IDRIS, NOBODYS, agrees=False)
        idris.begin()
        idris.answer_all(until="name")
        visitor.press("Cadw a dod yn ôl yn nes ymlaen")
        visitor.press("Cadw")
        assert visitor.errors == ["Rhowch gyfeiriad e-bost neu rif ffôn symudol"]
        visitor.fill({"mobileNumber": "07700 900 461"})
        visitor.press("Cadw")
        assert "Anfonwyd neges destun at 07700 900 461." in visitor.text

    with let_in(Setting(NARROW, script=True, language="cy")) as visitor:
        visitor.open("/return")
        visitor.fill({"reference": idris.reference, "mobileNumber": "+44 7700 900461"})
        visitor.press("Anfonwch god ataf")
        assert visitor.heading == "Gwiriwch eich ffôn"
        visitor.fill({"code": code_sent_to(stack, "+447700900461")})
        visitor.submit()
        assert visitor.path.endswith("/questions/name")
