"""What journeys share: one browser, staff who can sign in, and axe on every page passed."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

import pytest
from playwright.sync_api import Browser

from launcher.stack import Addresses, Stack
from tests.journeys.browsing import Setting, Visitor, browser, visitor
from tests.journeys.holding import SignIns
from tests.journeys.onlooker import Onlooker

USUAL = Setting()
Let = Callable[..., AbstractContextManager[Visitor]]


@pytest.fixture(scope="session")
def database(stack_database: Addresses) -> Addresses:
    """What journeys look up beside the pages is looked up where those keep it."""
    return stack_database


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
    onlooker = Onlooker(chromium)

    def admit(setting: Setting = USUAL) -> AbstractContextManager[Visitor]:
        return visitor(chromium, stack.origin, setting, seen=onlooker.sees)

    return admit


@pytest.fixture(scope="session")
def sign_ins(stack: Stack) -> SignIns:
    """Who can sign in as staff, by organisation and role."""
    made = stack.standpipe("demo", "sign-ins", "--json", as_owner=True, quiet=True)
    return {(one["organisation"], one["role"]): one for one in json.loads(made)}


@pytest.fixture(scope="session")
def staff(sign_ins: SignIns) -> dict[str, Mapping[str, str]]:
    """Who can sign in as staff of the county, by role."""
    county = "borrowdale_county"
    return {role: who for (where, role), who in sign_ins.items() if where == county}


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
    urllib.request.urlopen(request, timeout=60).close()
