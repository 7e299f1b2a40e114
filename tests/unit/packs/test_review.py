"""What packs say of reviews: their terms by nation and day, and what is wrong with faulty ones."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from pack_folders import PACKS, copy_of, faults_of, pack
from test_nations import PACK, of

from standpipe.packs.nations import NATIONS

ON = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("nation", "decided_on", "law"),
    [
        ("england", ON, "Guidance for local authorities"),
        ("wales", ON, "Guidance for local authorities"),
        ("northern_ireland", ON, "Guidance for local authorities"),
        ("scotland", date(2015, 3, 29), "Code of practice"),
        ("scotland", date(2015, 3, 30), "SSI 2000/59, reg. 10A"),
        ("scotland", ON, "SSI 2000/59, reg. 10A"),
    ],
)
def test_a_refused_badge_is_reviewed_by_the_law_of_its_nation_and_day(
    nation: str, decided_on: date, law: str
) -> None:
    terms = PACK[nation].case.review_terms("not_eligible", decided_on=decided_on)

    assert terms is not None
    assert terms.law.startswith(law)
    assert terms.last_day(decided_on) == decided_on + timedelta(days=28)
    assert terms.decide_days == 28


@pytest.mark.parametrize("nation", NATIONS)
def test_nobody_asks_for_a_review_of_a_badge_they_have(nation: str) -> None:
    assert PACK[nation].case.review_terms("eligible", decided_on=ON) is None


@pytest.mark.parametrize(
    ("nation", "stage_1", "stage_2", "ombudsman"),
    [
        ("england", 21, 35, "Local Government and Social Care Ombudsman"),
        ("wales", 14, 28, "Public Services Ombudsman for Wales"),
        ("scotland", 7, 28, "Scottish Public Services Ombudsman"),
        ("northern_ireland", 7, 28, "Northern Ireland Public Services Ombudsman"),
    ],
)
def test_a_complaint_has_the_stages_and_the_ombudsman_of_its_nation(
    nation: str, stage_1: int, stage_2: int, ombudsman: str
) -> None:
    complaint = of(nation, PACKS / "complaint")
    terms = complaint.case.review_terms("not_upheld", decided_on=ON)

    assert complaint.case.target_days == stage_1
    assert terms is not None
    assert terms.decide_days == stage_2
    assert complaint.challenge is not None
    assert ombudsman in complaint.challenge.en


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("of: [upheld, partly_upheld", "of: [won, partly_upheld", "won is no outcome"),
        ("stage 2 by {until}", "stage 2 soon", "does not say until when"),
        ("from: [answered]", "from: [stage_2]", "Nobody can ask about upheld"),
        ("from: [stage_2]\n    to: fin", "from: [stage_1]\n    to: fin", "cannot uphold upheld"),
        ("named: applicant/complaint.about_whom", "named: applicant/a.b", "a.b is not of the voc"),
    ],
)
def test_what_is_wrong_with_a_review_is_named(
    old: str, new: str, fault: str, tmp_path: Path
) -> None:
    assert fault in faults_of(copy_of("complaint", tmp_path, case=(old, new)))


def test_a_review_without_its_words_is_a_fault(tmp_path: Path) -> None:
    copy_of("complaint", tmp_path)
    for language in ("en", "cy"):
        (tmp_path / "complaint" / "letters" / f"reviewed_upheld.{language}.md").unlink()
        (tmp_path / "complaint" / "messages" / f"review_asked.{language}.md").unlink()

    found = faults_of(tmp_path / "complaint")

    assert "reviewed_upheld is missing" in found
    assert "review_asked is missing" in found


def test_the_words_of_a_review_stand_only_where_a_decision_is_told(tmp_path: Path) -> None:
    copy_of("complaint", tmp_path)
    for language in ("en", "cy"):
        received = tmp_path / "complaint" / "messages" / f"received.{language}.md"
        received.write_text(received.read_text("utf-8") + "((review))\n", encoding="utf-8")

    assert "((review)) has no words" in faults_of(tmp_path / "complaint")


def test_a_badge_says_where_to_complain_of_how_one_was_treated() -> None:
    assert pack("blue_badge").complaints == "complaint"
    assert pack("complaint").complaints is None
