"""The pages that stand by themselves."""

from __future__ import annotations

import pytest

from tests.journeys.browsing import Setting
from tests.journeys.conftest import Let

PATHS = [
    "/",
    "/services/blue_badge",
    "/services/blue_badge/privacy",
    "/privacy",
    "/cookies",
    "/accessibility",
    "/return",
    "/nowhere",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/login/code/",
]


@pytest.mark.parametrize("setting", [Setting(), Setting(360, language="cy")], ids=str)
def test_every_page_is_accessible_and_fits(let_in: Let, setting: Setting) -> None:
    with let_in(setting) as visitor:
        for path in PATHS:
            visitor.open(path)


def test_the_other_language_keeps_the_place(let_in: Let) -> None:
    with let_in(Setting(360, script=False)) as visitor:
        visitor.open("/cookies")
        visitor.press("Cymraeg")

        assert visitor.path == "/cookies"
        assert visitor.heading == "Cwcis"
        visitor.open("/privacy")
        assert visitor.heading == "Preifatrwydd"


def test_an_error_is_said_once_beside_the_field_and_once_above(let_in: Let) -> None:
    with let_in() as visitor:
        visitor.open("/return")
        visitor.press("Send me a code")

        assert len(visitor.errors) == 2
        assert visitor.page.title().startswith("Error: ")
        assert visitor.page.locator(".govuk-error-message").count() == 2
