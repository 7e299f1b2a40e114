"""What a state reported by the provider means for a payment of ours. Pure."""

from __future__ import annotations

from typing import Literal

State = Literal[
    "created", "started", "submitted", "success", "failed", "cancelled", "error", "returned"
]

PAID: State = "success"
# Ours alone: it was paid, all of it goes back, and another is asked for in its place.
RETURNED: State = "returned"
# The person may pay anew.
DEAD: frozenset[str] = frozenset({"failed", "cancelled", "error", RETURNED})
_IN_ORDER: tuple[State, ...] = ("created", "started", "submitted")


def is_finished(state: str) -> bool:
    """Say whether nothing will change a payment's state any more."""
    return state == PAID or state in DEAD


def moves(old: str, new: str) -> bool:
    """
    Say whether news of a payment is newer than what we know.

    Answers overtake each other: what is finished stays so, and nothing goes back.
    """
    if is_finished(old) or old == new:
        return False
    if is_finished(new):
        return True
    return _IN_ORDER.index(new) > _IN_ORDER.index(old)
