"""How long to wait before the next attempt."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standpipe.gateway.retries import read_retry_after, wait_before_retry

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@given(st.integers(1, 50), st.floats(0, 0.999))
def test_waits_grow_and_stay_within_bounds(attempt, chance):
    wait = wait_before_retry(attempt, retry_after=None, chance=chance)

    assert 0.1 <= wait <= 5
    assert wait <= wait_before_retry(attempt + 1, retry_after=None, chance=0.9999)


def test_chance_spreads_callers_out():
    waits = {wait_before_retry(1, retry_after=None, chance=chance) for chance in (0, 0.5, 0.9)}

    assert len(waits) == 3


def test_what_the_other_side_asks_for_is_never_undercut():
    assert wait_before_retry(1, retry_after=30, chance=0) == 30
    assert wait_before_retry(1, retry_after=0, chance=0) == 0.1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 22 Nov 2026 09:31:00 GMT", 60),
        ("Sun, 22 Nov 2026 09:29:00 GMT", 0),
        (None, None),
        ("soon", None),
        ("-1", None),
        ("١٢", None),
        ("", None),
        ("Sun, 22 Nov 2026 09:31:00", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_moment(header, seconds):
    assert read_retry_after(header, at=AT) == seconds
