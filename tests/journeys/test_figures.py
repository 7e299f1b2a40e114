"""Somebody says what they thought of the service; a manager sees it counted and takes files."""

from __future__ import annotations

import pytest

from tests.journeys.applicant import Applicant, resident
from tests.journeys.browsing import NARROW, Setting
from tests.journeys.conftest import Let
from tests.journeys.test_decided_by_staff import Staff

SETTINGS = {
    "with script": Setting(),
    "narrow, without script, in Welsh": Setting(width=NARROW, script=False, language="cy"),
}


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_person_answers_and_a_manager_sees_figures(
    let_in: Let, staff: Staff, setting: Setting
) -> None:
    welsh = setting.language == "cy"
    with let_in(setting) as visitor, let_in(setting) as manager:
        ada = Applicant(visitor, resident("ada"))
        ada.begin()
        ada.answer_all()
        ada.send()
        ada.pay()
        visitor.open(f"/applications/{ada.reference}/feedback")
        visitor.submit()
        assert visitor.errors
        visitor.page.check("#rating")
        visitor.submit()
        assert ("Diolch" if welsh else "Thank you") in visitor.heading
        visitor.open(f"/applications/{ada.reference}/feedback")
        assert ("Diolch" if welsh else "Thank you") in visitor.heading

        who = staff["Service manager"]
        manager.open("/accounts/login/?next=/figures/")
        manager.fill({"login": who["name"], "password": who["secret"]})
        manager.submit()
        assert manager.heading == ("Ffigurau" if welsh else "Figures")
        manager.page.locator("main a[href$='/figures/blue_badge']").click()
        manager.page.wait_for_load_state("load")
        manager._arrived()
        assert manager.path == "/figures/blue_badge"
        assert ("Bodlonrwydd defnyddwyr" if welsh else "User satisfaction") in manager.text
        file = manager.page.request.get(f"{manager.page.url}/satisfaction.csv".replace("?", ""))
        assert file.status == 200
        assert file.text().startswith("Mesur" if welsh else "Measure")
