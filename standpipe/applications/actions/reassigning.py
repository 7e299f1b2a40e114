"""Giving many cases at once to a colleague, or back to the queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from standpipe.applications.actions.handling import assign
from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused

# What one page of a queue, or of a hand-over, holds; more is more than one meant.
MOST = 200


class TooMany(Refused):
    """More cases were named than are given at once."""


@dataclass(frozen=True, slots=True)
class Left:
    """A case that was not given, and why not."""

    reference: str
    why: str


@dataclass(frozen=True, slots=True)
class Reassigned:
    """What became of each case, in the order in which they were named."""

    given: tuple[str, ...]
    left: tuple[Left, ...]


def reassign(
    references: Sequence[str], *, to: UUID | None, actor: Actor, at: datetime
) -> Reassigned:
    """
    Give cases to a colleague; None gives them back to the queue.

    Each in a transaction of its own: one that cannot be given keeps no other from it.

    :raises TooMany: if there are more than `MOST`; then none is given
    """
    named = list(dict.fromkeys(references))
    if len(named) > MOST:
        raise TooMany(f"Choose at most {MOST} cases at once.")
    given, left = [], []
    for reference in named:
        try:
            assign(reference, to=to, actor=actor, at=at)
        except Refused as refused:
            left.append(Left(reference, str(refused)))
        else:
            given.append(reference)
    return Reassigned(tuple(given), tuple(left))
