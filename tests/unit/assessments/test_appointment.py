"""Times as staff write them, on the days on which people work."""

from datetime import UTC, date, time

import pytest

from standpipe.assessments.appointment import read_times, working_times


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("09:00 9:30", [time(9), time(9, 30)]),
        ("9.30, 14:15;16:00", [time(9, 30), time(14, 15), time(16)]),
        ("", []),
    ],
)
def test_times_are_read_as_they_are_written(text, times):
    assert read_times(text) == times


@pytest.mark.parametrize("text", ["nine", "9", "24:00", "12:60", "9:٣٠", "09:00 later"])
def test_what_is_no_time_is_none(text):
    assert read_times(text) is None


def test_times_are_local_and_leave_the_weekend_out():
    # The clocks go back on Sunday, 25 October 2026.
    found = working_times(date(2026, 10, 23), date(2026, 10, 26), [time(9, 30), time(9)])

    assert [one.astimezone(UTC).isoformat() for one in found] == [
        "2026-10-23T08:00:00+00:00",
        "2026-10-23T08:30:00+00:00",
        "2026-10-26T09:00:00+00:00",
        "2026-10-26T09:30:00+00:00",
    ]
