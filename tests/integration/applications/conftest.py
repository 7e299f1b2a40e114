"""The department, Pay and Notify as simulators that speak HTTP, and this process calling them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest
from django.conf import settings

from standpipe.gateway.loaded import connectors
from tests.integration.outside import Outside
from tests.make import AT

NAMES = ("dft_blue_badge", "dwp_benefits", "govuk_notify", "govuk_pay")


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Outside]]:
    """Every outside system by the name of its connector."""
    folder = tmp_path_factory.mktemp("outside")
    systems = {name: Outside(name, folder) for name in NAMES}
    # The department, which looks at dates, lives in the days of these tests.
    clock = folder / "clock"
    clock.write_text(str((AT - datetime.now(UTC)).total_seconds()))
    systems["dft_blue_badge"].settings["STANDPIPE_CLOCK_FILE"] = str(clock)
    for one in systems.values():
        one.start()
    before = settings.ENV
    given = {name: text for one in systems.values() for name, text in one.settings.items()}
    settings.ENV = replace(before, connectors=given)
    connectors.cache_clear()
    yield systems
    settings.ENV = before
    connectors.cache_clear()
    for one in systems.values():
        one.kill()


@pytest.fixture
def nobody_holds_one(owner: psycopg.Connection) -> None:
    """Whoever was granted a badge in another test has moved away: the rules may grant one."""
    owner.execute("UPDATE entitlements_entitlement SET left_to = 'Elsewhere'")
