"""A manager takes in another register: looks at what is refused, mends it, and says yes."""

from __future__ import annotations

import secrets
from typing import Any

import pytest

from tests.journeys.browsing import NARROW, Setting, Visitor
from tests.journeys.conftest import Let
from tests.journeys.test_decided_by_staff import Staff

SETTINGS = {
    "with script": Setting(),
    "narrow, without script, in Welsh": Setting(width=NARROW, script=False, language="cy"),
}
HEAD = "Badge number;First name;Last name;Date of birth;Address line 1;Town;Postcode;Start date;"
HEAD += "Expiry date;Remarks"
ALPHABET = "0123456789ABCDEFGHJK"


def a_line(number: str, *, postcode: str = "BO1 1AA") -> str:
    person = f"Siân;Brontë;31/03/1980;1 Mill Lane;Rosegill;{postcode}"
    return f"{number};{person};01/12/2024;30/11/2027;as it was"


def a_file(*lines: str) -> dict[str, Any]:
    text = "\r\n".join([HEAD, *lines])
    return {"name": "register.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252")}


def sign_in(visitor: Visitor, who: dict[str, str]) -> None:
    visitor.open("/accounts/login/?next=/staff/register-import")
    visitor.fill({"login": who["name"], "password": who["secret"]})
    visitor.submit()
    assert visitor.path == "/staff/register-import", visitor.text


def press(manager: Visitor, choice: str) -> None:
    manager.page.locator(f"main button[name=do][value={choice}]").click()
    manager.page.wait_for_load_state("load")
    manager._arrived()


@pytest.mark.parametrize("how", SETTINGS)
def test_a_register_is_taken_in_after_a_look(how: str, let_in: Let, staff: Staff) -> None:
    first, second = ("".join(secrets.choice(ALPHABET) for _ in range(6)) for _ in range(2))
    with let_in(SETTINGS[how]) as manager:
        sign_in(manager, staff["Policy manager"])
        # A file that is none is refused on the page, and says how to mend it.
        manager.submit()
        assert manager.errors
        manager.upload("file", a_file())
        manager.page.locator("main input[type=file]").set_input_files(
            {"name": "register.xlsx", "mimeType": "x/y", "buffer": b"PK\x03\x04"}
        )
        manager.submit()
        assert "CSV (UTF-8)" in manager.errors[0]
        # Given a file with a good row, one whose zeros a spreadsheet took, and a bad postcode
        manager.upload("file", a_file(a_line(first), a_line("123"), a_line(second, postcode="x")))
        manager.submit()
        # Then each is told with its line, and nothing was entered
        assert "000123" in manager.text
        assert manager.page.locator("tbody th[scope=row]").all_inner_texts() == ["3", "4"]
        with manager.page.expect_download() as download:
            manager.page.locator("main a[href$='refused.csv']").click()
        assert len(download.value.path().read_text("utf-8-sig").splitlines()) == 3
        # When they say yes to the good rows
        press(manager, "good")
        # Then the register holds one more, and knows it the next time
        assert manager.path == "/staff/register-import"
        assert "1" in manager.page.locator("[role=alert]").inner_text()
        manager.upload("file", a_file(a_line(first), a_line(second)))
        manager.submit()
        assert manager.page.locator("tbody th[scope=row]").all_inner_texts() == ["2"]
        press(manager, "drop")
        # When all is well
        manager.upload("file", a_file(a_line(second)))
        manager.submit()
        press(manager, "all")
        assert "1" in manager.page.locator("[role=alert]").inner_text()
        manager.open("/staff/numbers")
        manager.fill({"number": second})
        manager.submit()
        assert manager.page.locator(".govuk-notification-banner--success").count() == 1
        # When its holder moves away, then it goes with its history, and stands here as it was
        manager.open(f"/staff/register?kind=blue_badge&number={second}")
        manager.press(second)
        handing = manager.page.locator("form[action$='/transfer']")
        manager.page.locator("details", has=handing).locator("summary").click()
        handing.locator("[name=words]").fill("Highland Council")
        handing.locator("button").click()
        manager.page.wait_for_load_state("load")
        manager._arrived()
        manager.open(f"/staff/register?kind=blue_badge&number={second}")
        manager.press(second)
        assert "Highland Council" in manager.text
        assert manager.page.locator("main ul.govuk-list--spaced li").count() == 2
        assert manager.page.locator("main details").count() == 0, "nothing more is done to it here"
