"""A resident whom the department knows is told the decision in the same sitting."""

from __future__ import annotations

from itertools import islice

import pytest

from bench.citizen import confirmed
from tests.journeys.applicant import Applicant, resident
from tests.journeys.browsing import NARROW, WIDE, Setting
from tests.journeys.conftest import Let

# Pages with questions that the service of the Department for Transport puts to somebody in the
# same position (PIP, first badge, for themselves); see service_packs/blue_badge/README.md.
PAGES_OF_THE_DFT_SERVICE = 21

SETTINGS = [
    Setting(WIDE, script=True, language="en"),
    Setting(NARROW, script=False, language="en"),
    Setting(NARROW, script=True, language="cy"),
]


@pytest.mark.parametrize("way", range(len(SETTINGS)), ids=lambda way: str(SETTINGS[way]))
def test_what_the_department_confirms_is_granted_at_once(let_in: Let, way: int) -> None:
    with let_in(SETTINGS[way]) as visitor:
        # Nobody is granted two.
        ada = Applicant(visitor, next(islice(confirmed(), 10 + way, None)))

        ada.begin()
        ada.answer_all()
        ada.send()
        ada.pay()

        assert visitor.path.endswith("/outcome")
        assert visitor.page.locator(".govuk-panel--confirmation").count() == 1
        assert "SI 2000/682" in visitor.text
        with visitor.page.expect_download() as letter:
            visitor.page.locator("a[href$='/letter']").click()
        assert letter.value.suggested_filename.endswith(".pdf")


@pytest.mark.parametrize("key", ["bryn", "dev"])
def test_what_the_register_confirms_is_not_asked_again(let_in: Let, key: str) -> None:
    with let_in() as visitor:
        person = Applicant(visitor, resident(key))

        person.begin()
        person.answer_all()

        assert "benefits" not in person.asked
        assert "identity" not in person.asked


def test_at_most_half_of_the_pages_of_today_are_asked(let_in: Let) -> None:
    with let_in() as visitor:
        ada = Applicant(visitor, resident("ada"))

        ada.begin()
        ada.answer_all()
        # Finding the address takes a second page; then the answers are checked, and paid for.
        pages = len(ada.asked) + 1 + len(["answers", "pay"])

        assert pages <= PAGES_OF_THE_DFT_SERVICE / 2, ada.asked


def test_a_declined_card_loses_nothing(let_in: Let) -> None:
    with let_in() as visitor:
        ada = Applicant(visitor, resident("ada"))
        ada.begin()
        ada.answer_all()
        ada.send()

        page = visitor.page
        page.locator("main a.govuk-button").click()
        page.get_by_role("button", name="Cancel payment").or_(
            page.get_by_role("link", name="Cancel payment")
        ).first.click()
        page.locator("#return-url").click()
        page.wait_for_url(lambda address: address.startswith(visitor.origin))

        assert visitor.path.endswith("/pay")
        visitor.submit()
        ada.pay()
        assert visitor.path.endswith("/outcome")
