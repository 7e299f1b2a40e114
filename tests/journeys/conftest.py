"""What journeys share: one browser, staff who can sign in, and axe on every page passed."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from launcher.stack import Stack
from tests.journeys.browsing import Setting, Visitor, browser, visitor

USUAL = Setting()
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
Let = Callable[..., AbstractContextManager[Visitor]]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """
    A browser for the tests of one file.

    While it runs, Playwright has an event loop in this thread, in which Django refuses to speak
    to a database: tests of other files must not share a process with it.
    """
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def let_in(chromium: Browser, stack: Stack) -> Let:
    """Let visitors in: `with let_in(Setting(width=360)) as visitor:`; axe looks at every page."""

    def admit(setting: Setting = USUAL) -> AbstractContextManager[Visitor]:
        return visitor(chromium, stack.origin, setting, seen=_is_accessible(setting))

    return admit


@pytest.fixture(scope="session")
def staff(stack: Stack) -> dict[str, dict[str, str]]:
    """Who can sign in as staff of the county, by role."""
    sign_ins: list[dict[str, str]] = json.loads(
        stack.standpipe("demo", "sign-ins", "--json", as_owner=True, quiet=True)
    )
    return {one["role"]: one for one in sign_ins if one["organisation"] == "borrowdale_county"}


@pytest.fixture
def dwp_fails(stack: Stack) -> Callable[[str], AbstractContextManager[None]]:
    """Have the department's system fail in a way: `with dwp_fails("silent"):`."""

    @contextmanager
    def failing(fault: str) -> Iterator[None]:
        _switch(stack, fault)
        try:
            yield
        finally:
            _switch(stack, None)

    return failing


def _switch(stack: Stack, fault: str | None) -> None:
    request = urllib.request.Request(
        f"{stack.simulators['dwp_benefits']}/control/fault",
        data=json.dumps({"fault": fault}).encode(),
        headers={
            "Authorization": f"Bearer {stack.variables['STANDPIPE_SIMULATOR_TOKEN']}",
            "Content-Type": "application/json",
        },
    )
    urllib.request.urlopen(request, timeout=10).close()


def _is_accessible(setting: Setting) -> Callable[[Visitor], None]:
    def check(one: Visitor) -> None:
        if not one.page.url.startswith(one.origin):
            return
        _has_one_heading(one)
        _fits(one, setting)
        found = _found_by_axe(one, setting)
        assert found.violations_count == 0, f"{one.page.url}\n{found.generate_report()}"

    return check


def _found_by_axe(one: Visitor, setting: Setting) -> Any:
    if setting.script:
        return Axe().run(one.page)
    # axe is a script: what a browser without scripts shows is put into one that runs axe alone.
    context = one.page.context.browser.new_context(viewport=one.page.viewport_size)  # type: ignore[union-attr]
    try:
        copy = context.new_page()
        shown = SCRIPT.sub("", one.page.content())
        copy.route(one.page.url, lambda route: route.fulfill(body=shown, content_type="text/html"))
        copy.goto(one.page.url)
        return Axe().run(copy)
    finally:
        context.close()


def _has_one_heading(one: Visitor) -> None:
    assert one.page.locator("h1").count() == 1, f"{one.page.url} has not one main heading"
    prefixed = one.page.title().startswith(("Error: ", "Gwall: "))
    assert prefixed == bool(one.errors), f"{one.page.url}: title “{one.page.title()}”"


def _fits(one: Visitor, setting: Setting) -> None:
    width = one.page.evaluate("document.documentElement.scrollWidth")
    assert width <= setting.width, f"{one.page.url} is {width} pixels wide of {setting.width}"
