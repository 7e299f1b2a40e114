"""Moments and amounts as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from standpipe.web.presenters.money import pounds
from standpipe.web.presenters.times import moment, whole_minutes

WINTER = datetime(2026, 11, 22, 16, 5, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


def test_a_moment_is_told_in_the_time_of_the_place() -> None:
    assert moment(WINTER, language="en") == "22 November 2026, 4:05pm"
    assert moment(SUMMER, language="en") == "2 July 2026, 12:30am"
    assert moment(WINTER, language="cy") == "22 Tachwedd 2026, 4:05yp"


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 1), (20, 1), (60, 1), (61, 2), (1200, 20)])
def test_minutes_that_have_begun_count(seconds: int, minutes: int) -> None:
    assert whole_minutes(WINTER, WINTER + timedelta(seconds=seconds)) == minutes


@pytest.mark.parametrize(
    ("pence", "shown"), [(1000, "£10"), (1050, "£10.50"), (123456, "£1,234.56")]
)
def test_pence_are_shown_where_there_are_any(pence: int, shown: str) -> None:
    assert pounds(pence) == shown
