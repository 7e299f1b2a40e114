from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from standpipe.notifications.delivery import (
    GIVE_UP_AFTER,
    LEASE,
    is_given_up,
    next_look,
    next_try,
)

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def pause(tries: int, *, unknown: bool = False, chance: float = 0.0) -> timedelta:
    return next_try(tries=tries, at=AT, outcome_unknown=unknown, chance=chance) - AT


def test_pauses_double_up_to_two_hours():
    pauses = [pause(tries) for tries in range(1, 12)]

    assert pauses[:4] == [timedelta(seconds=seconds) for seconds in (20, 40, 80, 160)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == pause(10_000) == timedelta(hours=2)


def test_chance_lengthens_a_pause_by_a_quarter_at_most():
    assert pause(1, chance=0.5) == timedelta(seconds=22.5)
    assert pause(20, chance=0.999) < timedelta(hours=2.5)


@pytest.mark.parametrize("tries", range(1, 12))
def test_after_an_unknown_outcome_the_sender_is_given_time(tries: int):
    assert pause(tries, unknown=True) == max(pause(tries), LEASE)


def test_a_message_is_given_up_after_three_days_but_tried_once():
    late = AT + GIVE_UP_AFTER

    assert is_given_up(tries=1, written_at=AT, at=late)
    assert not is_given_up(tries=1, written_at=AT, at=late - timedelta(seconds=1))
    assert not is_given_up(tries=0, written_at=AT, at=late)


def test_looks_grow_rarer_and_end():
    at, looks = AT, []
    while (look := next_look(sent_at=AT, at=at)) is not None:
        looks.append(look - AT)
        at = look

    assert looks[0] == timedelta(seconds=10)
    assert looks[-1] == timedelta(days=3)
    assert len(looks) == 7
