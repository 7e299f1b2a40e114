"""Fees, examples and versions are written into their files; tables leave as harmless CSV."""

from datetime import date
from pathlib import Path

import pytest

from standpipe.kernel.csv_text import csv_text
from standpipe.packs.version import is_newer, next_minor
from standpipe.policy.yaml_text import (
    FEES,
    NoFees,
    fees_file,
    with_expectation,
    with_fee,
    with_version,
)

PACK = Path(__file__).parents[3] / "service_packs" / "blue_badge"
TEXT = (PACK / FEES).read_text(encoding="utf-8")
EXAMPLES = (PACK / "examples" / "told_pip.yaml").read_text(encoding="utf-8")
OVERLAY = "fees:\n  amounts:\n    - {from: 2020-04-01, amount_pence: 900, law: minute 1}\n"


def test_a_fee_joins_those_of_the_pack_and_comments_stay():
    path, text = with_fee(
        {FEES: TEXT},
        nation="england",
        since=date(2027, 4, 1),
        amount_pence=800,
        law="minute 2",
        refundable=False,
    )
    assert path == FEES
    assert "2027-04-01" in text and "2012-01-01" in text
    assert "# [K] the day" in text


def test_the_place_s_own_fees_stand_above_the_pack_s():
    files = {FEES: TEXT, "overlay.yaml": OVERLAY}
    path, text = with_fee(
        files,
        nation="england",
        since=date(2020, 4, 1),
        amount_pence=800,
        law="minute 2",
        refundable=True,
    )
    assert path == "overlay.yaml"
    assert text.count("2020-04-01") == 1 and "amount_pence: 800" in text


def test_a_service_without_fees_says_so():
    with pytest.raises(NoFees):
        fees_file({"overlay.yaml": "case: {target_days: 3}\n"})


def test_an_example_is_expected_to_end_otherwise_and_the_others_stay():
    name = "PIP letter, moving around descriptor a, and nothing else"
    said = {
        "outcome": "assessment",
        "ground": None,
        "steps": {"pip_moving_around": {"points": 2}},
    }
    text = with_expectation(EXAMPLES, name, said, answers={"applicant/x.y": False})
    first, rest = text.split("  - situation:")[1], text.split("  - situation:")[2:]
    assert "outcome: assessment" in first and "ground" not in first
    assert "points: 2" in first and "qualifies: false" in first
    assert "applicant/x.y: false" in first
    assert len(rest) == EXAMPLES.count("  - situation:") - 1


def test_a_version_is_raised():
    assert with_version("a: 1\nversion: 1.0.0\nb: 2\n", "1.1.0") == "a: 1\nversion: 1.1.0\nb: 2\n"
    assert next_minor("1.9.4") == "1.10.0"
    assert is_newer("1.10.0", than="1.9.9") and not is_newer("1.0.0", than="1.0.0")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\r=1", " =1", "＝1"])
def test_no_cell_begins_as_a_formula(text):
    assert csv_text([[text]]).lstrip('"').startswith("'")


def test_numbers_and_plain_texts_stay():
    assert csv_text([["Ellerdale", -3, "£10"], ["a,b", 'say "x"']]) == (
        'Ellerdale,-3,£10\r\n"a,b","say ""x"""\r\n'
    )
