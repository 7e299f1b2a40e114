"""The cases of the Technology Compatibility Kit that pass; the list may only grow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from standpipe.dmn import tck

KIT = Path(__file__).parents[4] / "shared" / "specs" / "dmn-tck" / "TestCases"
PINNED = Path(__file__).with_name("tck_passing.txt")

pytestmark = pytest.mark.skipif(
    not KIT.is_dir(), reason="the DMN TCK is not at ../shared/specs/dmn-tck"
)


@pytest.fixture(scope="module")
def results():
    return [*tck.run(KIT / "compliance-level-2"), *tck.run(KIT / "compliance-level-3")]


def test_every_pinned_case_still_passes(results):
    passed = {result.name for result in results if result.passed}

    assert set(PINNED.read_text(encoding="utf-8").split("\n")) - {""} <= passed


def test_every_case_that_passes_is_pinned(results):
    pinned = set(PINNED.read_text(encoding="utf-8").split("\n"))

    assert {result.name for result in results if result.passed} <= pinned


def test_level_2_is_complete(results):
    level_2 = list(tck.run(KIT / "compliance-level-2"))

    assert len(level_2) == 116
    assert all(result.passed for result in level_2)


def test_the_report_counts_what_was_run(capsys):
    code = tck.main([str(KIT / "compliance-level-2"), "--json"])

    report = json.loads(capsys.readouterr().out)
    assert code == 0
    assert report["summary"] == {
        "cases": 116,
        "passed": 116,
        "non_null_cases": 105,
        "non_null_passed": 105,
    }
