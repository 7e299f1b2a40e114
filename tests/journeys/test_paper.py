"""A paper form comes back: filled in on a screen it is read, a scan is keyed beside itself."""

from __future__ import annotations

from tests.journeys.browsing import Setting, paper
from tests.journeys.conftest import Let
from tests.journeys.reporter import Reporter
from tests.journeys.test_assisted import agrees
from tests.journeys.test_decided_by_staff import sign_in
from tests.unit.applications.test_paper import filled_in

Staff = dict[str, dict[str, str]]
WRITTEN = {
    "applicant/report.location.text": "Across Lake Road",
    "applicant/report.on_public_land": "yes",
    "applicant/report.danger": "no",
    "applicant/report.blocks": "road",
    "applicant/contact.email.text": "not an address",
}


def test_a_filled_in_form_is_read_and_its_faults_are_shown(let_in: Let, staff: Staff) -> None:
    with let_in() as officer:
        officer.open("/services/report_a_fallen_tree")
        blank = officer.page.request.get(
            f"{officer.origin}/services/report_a_fallen_tree/paper.pdf"
        )
        assert blank.headers["content-type"] == "application/pdf"
        sign_in(officer, staff["Caseworker"])
        officer.open("/assist/services/report_a_fallen_tree")
        agrees(officer, channel="paper")
        officer.press("Begin")
        officer.press("Add it")
        assert officer.errors == ["Select the form that came"]
        form = filled_in(blank.body(), WRITTEN)
        officer.upload("form", {"name": "form.pdf", "mimeType": "application/pdf", "buffer": form})
        officer.press("Add it")

        assert "Answers kept: 4." in officer.text
        assert "“not an address”" in officer.text
        officer.press("Answer email address")
        Reporter(officer).answer_all()
        officer.page.locator("main input[type=checkbox]").first.check()
        officer.submit_last()
        assert officer.heading == "It is sent"
        officer.press("Open the case")
        assert "On paper" in officer.text
        assert "Across Lake Road" in officer.text


def test_a_scan_stays_beside_who_keys_it_in_welsh(let_in: Let, staff: Staff) -> None:
    with let_in(Setting(language="cy")) as officer:
        officer.open("/accounts/login/?next=/assist")
        who = staff["Caseworker"]
        officer.fill({"login": who["name"], "password": who["secret"]})
        officer.submit()
        officer.open("/assist/services/report_a_fallen_tree")
        agrees(officer, channel="paper")
        officer.press("Dechrau")
        officer.upload("form", paper("Lon y Llyn"))
        officer.press("Ei hychwanegu")
        assert officer.heading == "Rydym yn cadw’r ffurflen"
        officer.press("Mynd ymlaen")

        assert officer.page.get_by_role("img", name="Y ffurflen a ddaeth").is_visible()
        Reporter(officer).answer_all()
        assert officer.page.get_by_role("img", name="Y ffurflen a ddaeth").is_visible()
