"""When to try a message again, when to give up, and when to ask how far it has come. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

# What no machine sends is `by_hand`: staff post it, or ring. `handed_on` says that they did, or
# that they dealt with what failed.
State = Literal["waiting", "sending", "sent", "delivered", "failed", "by_hand", "handed_on"]

# Longer than one call to a sender may take with all its attempts: when it is over, whoever held
# the message is dead, or its result is unknown.
LEASE = timedelta(minutes=1)
GIVE_UP_AFTER = timedelta(days=3)

_FIRST_PAUSE = timedelta(seconds=20)
_LONGEST_PAUSE = timedelta(hours=2)
_LOOKS = tuple(
    timedelta(**length)
    for length in (
        {"seconds": 10},
        {"minutes": 1},
        {"minutes": 10},
        {"hours": 1},
        {"hours": 6},
        {"days": 1},
        {"days": 3},
    )
)


def next_try(*, tries: int, at: datetime, outcome_unknown: bool, chance: float) -> datetime:
    """
    Return when a message that did not go out is tried again; `tries` counts those behind it.

    Pauses double up to two hours; `chance` in [0, 1) lengthens them by up to a quarter, so that
    not all messages come back in one moment. After an unknown outcome it is at least a lease:
    the sender may still be at work on it.
    """
    pause = min(_FIRST_PAUSE * (1 << min(tries - 1, 20)), _LONGEST_PAUSE)
    if outcome_unknown:
        pause = max(pause, LEASE)
    return at + pause * (1 + chance / 4)


def is_given_up(*, tries: int, written_at: datetime, at: datetime) -> bool:
    """Say whether a message is too old to be tried again; every message is tried once."""
    return tries > 0 and at - written_at >= GIVE_UP_AFTER


def next_look(*, sent_at: datetime, at: datetime) -> datetime | None:
    """Return when to ask next how far a message has come; None once nobody will know better."""
    return next((sent_at + look for look in _LOOKS if sent_at + look > at), None)
