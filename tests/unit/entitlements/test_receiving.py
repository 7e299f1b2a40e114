"""What is handed over goes to whoever issues it, and never back to who has it."""

from pathlib import Path

import pytest

from standpipe.entitlements.receiving import (
    DOES_NOT_ISSUE,
    HAS_IT_ALREADY,
    NOT_HERE,
    CannotReceive,
    Receivers,
)
from standpipe.kernel.text import Text
from standpipe.places.reading import load_place

COUNTY, ISSUES, DOES_NOT = "borrowdale_county", "northmere_district", "ellerdale_district"
RECEIVERS = Receivers(
    label=Text("Fishing licence", "Trwydded bysgota"),
    organisations=load_place(Path("places/borrowdale")).organisations,
    issuers=frozenset({COUNTY, ISSUES}),
    held_by=COUNTY,
)


def test_only_who_issues_it_and_has_it_not_is_choosable() -> None:
    assert [one.slug for one in RECEIVERS.choosable] == [ISSUES]
    assert RECEIVERS.chosen(ISSUES).slug == ISSUES


@pytest.mark.parametrize(
    "typed",
    [
        "northmere_district",
        " northmere  DISTRICT council",
        "Cyngor Dosbarth Northmere",
        "Northmere",
    ],
)
def test_it_is_known_by_any_of_its_names_in_either_language(typed: str) -> None:
    found = RECEIVERS.named(typed)
    assert found is not None
    assert found.slug == ISSUES


@pytest.mark.parametrize("typed", ["Cumberland Council", "", "North"])
def test_another_name_is_of_somebody_outside_the_place(typed: str) -> None:
    assert RECEIVERS.named(typed) is None


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (DOES_NOT, DOES_NOT_ISSUE),
        ("Ellerdale", DOES_NOT_ISSUE),
        ("Helping Hands", DOES_NOT_ISSUE),
        ("Borrowdale County Council", HAS_IT_ALREADY),
    ],
)
def test_who_issues_none_or_has_it_already_is_refused_by_name(typed: str, why: Text) -> None:
    with pytest.raises(CannotReceive) as refused:
        RECEIVERS.named(typed)

    begins = why.en.partition("{organisation}")[2].partition(":")[0]
    assert begins in refused.value.message.en
    assert "Fishing licence" in refused.value.message.en
    assert "Trwydded bysgota" in refused.value.message.cy


@pytest.mark.parametrize(
    ("slug", "says"),
    [(DOES_NOT, "does not issue this"), (COUNTY, "already"), ("nowhere", NOT_HERE.en)],
)
def test_nobody_else_can_be_chosen_whatever_is_sent(slug: str, says: str) -> None:
    with pytest.raises(CannotReceive, match=says):
        RECEIVERS.chosen(slug)
