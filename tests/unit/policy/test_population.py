"""What made-up people rest on: each figure with its source, or counted as an assumption."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from standpipe.kernel.errors import FaultyFiles
from standpipe.policy.population import FILE, read_terms

PACK = Path(__file__).parents[3] / "service_packs" / "blue_badge"
TEXT = (PACK / FILE).read_text("utf-8")
TERMS = read_terms(TEXT, name="blue_badge")


def test_every_figure_is_counted_once():
    shares = TEXT.count("per_thousand: ") - 2
    residents = sum(int(found) for found in re.findall(r"figures: (\d+)", TEXT))

    assert sum(one.figures for one in TERMS.people) == shares + residents
    assert [one.figures for one in TERMS.reckoning] == [3, 1, 2]


def test_a_source_names_who_published_it_and_when():
    sources = [one.told for one in TERMS.people if not one.is_assumption]

    assert sources
    assert all(re.search(r"20\d\d", told) for told in sources)


@pytest.mark.parametrize("key", ["applying", "decided_at_once", "unit_cost"])
def test_a_figure_that_says_nothing_of_itself_is_refused(key):
    with pytest.raises(FaultyFiles):
        read_terms(re.sub(rf"(?m)^{key}_assumption: .*\n", "", TEXT), name="blue_badge")
