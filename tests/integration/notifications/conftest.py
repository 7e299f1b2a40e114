"""The simulated Notify, and a connector that calls it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.outside import Outside


@pytest.fixture(scope="module")
def notify_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    folder: Path = tmp_path_factory.mktemp("notify")
    outside = Outside("govuk_notify", folder)
    outside.start()
    yield outside
    outside.kill()


@pytest.fixture
def notify(notify_process: Outside) -> Outside:
    """Notify in order: running, without a fault."""
    notify_process.kill()
    notify_process.start()
    return notify_process
