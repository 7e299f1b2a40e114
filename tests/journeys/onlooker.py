"""What is looked at on every page that a journey passes: one heading, its width, and axe."""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.browsing import Setting, Visitor

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
# What tells two showings of a page apart though they are the same to everybody: tokens, numbers.
_DIFFERS = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
    r"|SP-\w{4}-\w{4}|\b\d+"
)
# What is wider than its place, or higher than its box. A decision table alone may be scrolled, if a
# keyboard can, and if it says what it is.
_CUT = """() => [...document.querySelectorAll("main *")].filter(one => {
  if (one.matches(".app-grid textarea")) return one.scrollHeight > one.clientHeight + 1;
  if (one.scrollWidth <= one.clientWidth + 1) return false;
  if (!["auto", "scroll"].includes(getComputedStyle(one).overflowX)) return false;
  return !one.matches(".app-scroll[role=region][tabindex='0'][aria-label]:has(> .app-grid)");
}).map(one => one.outerHTML.slice(0, 80))"""
# Pages that axe found nothing in, each in its setting. Journeys share most of their pages: axe
# looks once at each in a process.
_FAULTLESS: set[tuple[Setting, str]] = set()


class Onlooker:
    """Looks over the shoulder of the visitors of one browser."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._glasses: dict[int, Page] = {}

    def sees(self, one: Visitor) -> None:
        """Assert that the page a visitor came to is one that everybody can use."""
        if not one.page.url.startswith(one.origin):
            return
        _has_one_heading(one)
        _fits(one)
        shown = _SCRIPT.sub("", one.html)
        known = (one.setting, _DIFFERS.sub("", shown))
        if known not in _FAULTLESS:
            found = self._found_by_axe(one, shown)
            assert found.violations_count == 0, f"{one.page.url}\n{found.generate_report()}"
            _FAULTLESS.add(known)

    def _found_by_axe(self, one: Visitor, shown: str) -> Any:
        if one.setting.script:
            return Axe().run(one.page)
        # axe is a script: what a browser without scripts shows is put into one that runs axe alone.
        glass = self._glass(one.setting.width)
        glass.route(one.page.url, lambda route: route.fulfill(body=shown, content_type="text/html"))
        try:
            glass.goto(one.page.url)
            return Axe().run(glass)
        finally:
            glass.unroute(one.page.url)

    def _glass(self, width: int) -> Page:
        if width not in self._glasses:
            context = self._browser.new_context(viewport={"width": width, "height": 900})
            self._glasses[width] = context.new_page()
        return self._glasses[width]


def _has_one_heading(one: Visitor) -> None:
    assert one.page.locator("h1").count() == 1, f"{one.page.url} has not one main heading"
    prefixed = one.page.title().startswith(("Error: ", "Gwall: "))
    assert prefixed == bool(one.errors), f"{one.page.url}: title “{one.page.title()}”"


def _fits(one: Visitor) -> None:
    width = one.page.evaluate("document.documentElement.scrollWidth")
    assert width <= one.setting.width, f"{one.page.url} is {width} pixels wide"
    cut = one.page.evaluate(_CUT)
    assert cut == [], f"{one.page.url} does not show the whole of {cut}"
