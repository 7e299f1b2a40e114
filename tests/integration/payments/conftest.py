"""The simulated Pay, the connector that calls it, and somebody who pays there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
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
    with waiting(tmp_path / "connectors", pay_process, read_seconds=30, deadline_seconds=60):
        yield pay_process


@contextmanager
def waiting(
    folder: Path, pay: Outside, *, read_seconds: int, deadline_seconds: int
) -> Iterator[None]:
    """Have this process call Pay alone, waiting so long; `folder` is called `connectors`."""
    shutil.copytree(ROOT / "connectors" / "govuk_pay", folder / "govuk_pay")
    manifest = folder / "govuk_pay" / "manifest.yaml"
    text = manifest.read_text()
    for name, was, seconds in (
        ("read_seconds", 8, read_seconds),
        ("deadline_seconds", 12, deadline_seconds),
    ):
        assert f"{name}: {was}" in text
        text = text.replace(f"{name}: {was}", f"{name}: {seconds}")
    manifest.write_text(text)
    before = settings.ENV
    settings.ENV = replace(before, connectors_dir=folder, connectors=pay.settings)
    connectors.cache_clear()
    try:
        yield
    finally:
        settings.ENV = before
        connectors.cache_clear()
