"""When a review can be asked, by whom, and who may decide it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from standpipe.cases.review import (
    AskedAlready,
    NotReviewable,
    ReviewView,
    TookPart,
    TooLate,
    check_asking,
    forbid,
    standing,
)
from standpipe.kernel.text import Text
from standpipe.packs.review import ReviewTerms, terms_of

WORD = Text("Ask by {until}.", "Gofynnwch erbyn {until}.")
DAY = date(2026, 11, 22)


def terms(**changes) -> ReviewTerms:
    usual = {
        "since": date(2020, 1, 1),
        "of": frozenset({"refused"}),
        "ask_within_days": 28,
        "decide_days": 14,
        "who": frozenset({"applicant"}),
        "title": WORD,
        "text": WORD,
        "law": "An Act",
    }
    return ReviewTerms(**{**usual, **changes})


def view(*, reviewed: bool) -> ReviewView:
    at = datetime(2026, 11, 25, tzinfo=UTC)
    return ReviewView(at, "Ada", "Look again.", DAY, at if reviewed else None, "", is_changed=False)


@pytest.mark.parametrize(
    ("days", "asker", "review", "expected"),
    [
        (0, "applicant", None, "can_ask"),
        (28, "applicant", None, "can_ask"),
        (29, "applicant", None, "too_late"),
        (0, "representative", None, "none"),
        (29, "applicant", view(reviewed=False), "open"),
        (0, "applicant", view(reviewed=True), "done"),
    ],
)
def test_a_decision_stands_towards_a_review(days, asker, review, expected):
    on = DAY + timedelta(days=days)

    assert standing(terms(), asker=asker, decided_on=DAY, on=on, review=review) == expected


def test_what_has_no_terms_has_no_review():
    assert standing(None, asker="applicant", decided_on=DAY, on=DAY, review=None) == "none"


@pytest.mark.parametrize(
    ("given", "days", "is_asked", "refusal"),
    [
        (terms(), 29, False, TooLate),
        (terms(), 0, True, AskedAlready),
        (terms(who=frozenset({"representative"})), 0, False, NotReviewable),
        (None, 0, False, NotReviewable),
    ],
)
def test_asking_is_refused_by_name(given, days, is_asked, refusal):
    on = DAY + timedelta(days=days)

    with pytest.raises(refusal):
        check_asking(given, asker="applicant", decided_on=DAY, on=on, is_asked=is_asked)


def test_asking_in_time_gives_the_terms():
    given = terms()

    found = check_asking(given, asker="applicant", decided_on=DAY, on=DAY, is_asked=False)

    assert found is given


def test_who_took_part_does_not_decide():
    with pytest.raises(TookPart):
        forbid({"cass", "hal"}, "cass")
    forbid({"cass", "hal"}, "robin")
    forbid(set(), "cass")


@pytest.mark.parametrize(
    ("decided_on", "expected"),
    [(date(2019, 12, 31), None), (date(2020, 1, 1), 28), (date(2022, 5, 1), 14)],
)
def test_of_dated_terms_those_of_the_day_of_the_decision_count(decided_on, expected):
    later = terms(since=date(2022, 5, 1), ask_within_days=14)

    found = terms_of([later, terms()], "refused", decided_on=decided_on)

    assert (found.ask_within_days if found else None) == expected
    assert terms_of([later, terms()], "granted", decided_on=decided_on) is None


def test_the_text_says_until_when_in_either_language():
    assert terms().words(DAY, called=None, language="en") == "Ask by 20 December 2026."
    assert terms().words(DAY, called=None, language="cy") == "Gofynnwch erbyn 20 Rhagfyr 2026."
