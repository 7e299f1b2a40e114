"""The pages that stand by themselves."""

from __future__ import annotations

import pytest

from launcher.stack import Stack
from tests.journeys.browsing import NARROW, Setting
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

STAFF_PATHS = [
    "/staff/",
    "/staff/post",
    "/staff/numbers",
    "/staff/register",
    "/staff/register/twice",
    "/staff/register-import",
    "/staff/quality",
    "/figures/blue_badge",
    "/policy/",
]
# The narrowest screen, and the narrowest on which a table is laid out as one.
STAFF_SETTINGS = [Setting(NARROW, language="cy"), Setting(769)]


@pytest.fixture(scope="module")
def manager(stack: Stack, staff: dict[str, dict[str, str]]) -> dict[str, str]:
    """How a manager signs in who has cases, letters and figures to look at."""
    stack.standpipe("demo", "cases", "--count", "4", as_owner=True, quiet=True)
    return staff["Service manager"]


@pytest.mark.parametrize("setting", [Setting(), Setting(360, language="cy")], ids=str)
def test_every_page_is_accessible_and_fits(let_in: Let, setting: Setting) -> None:
    with let_in(setting) as visitor:
        for path in PATHS:
            visitor.open(path)


@pytest.mark.parametrize("setting", STAFF_SETTINGS, ids=str)
def test_every_staff_page_is_accessible_and_fits(
    let_in: Let, manager: dict[str, str], setting: Setting
) -> None:
    with let_in(setting) as visitor:
        visitor.open("/accounts/login/?next=/staff/")
        visitor.fill({"login": manager["name"], "password": manager["secret"]})
        visitor.submit()
        case = visitor.page.locator("main [role=rowheader] a").first.get_attribute("href")
        for path in [*STAFF_PATHS, str(case)]:
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
