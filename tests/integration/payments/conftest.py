"""The simulated Pay, the connector that calls it, and somebody who pays there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from standpipe.gateway.loaded import connectors
from tests.integration.outside import ROOT, Outside


@pytest.fixture(scope="module")
def pay_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    folder: Path = tmp_path_factory.mktemp("pay")
    outside = Outside("govuk_pay", folder)
    outside.start()
    yield outside
    outside.kill()


@pytest.fixture
def pay(pay_process: Outside, tmp_path: Path) -> Iterator[Outside]:
    """Pay in order, and this process's connectors made to call it."""
    pay_process.kill()
    pay_process.start()
    before = settings.ENV
    # This connector alone, as it is but for its patience.
    folder = tmp_path / "connectors"
    shutil.copytree(ROOT / "connectors" / "govuk_pay", folder / "govuk_pay")
    manifest = folder / "govuk_pay" / "manifest.yaml"
    impatient = manifest.read_text().replace("read_seconds: 8", "read_seconds: 1")
    manifest.write_text(impatient.replace("deadline_seconds: 12", "deadline_seconds: 2"))
    settings.ENV = replace(before, connectors_dir=folder, connectors=pay_process.settings)
    connectors.cache_clear()
    yield pay_process
    settings.ENV = before
    connectors.cache_clear()
