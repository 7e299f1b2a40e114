"""Where a case stands, on whom it waits, and how it may move on. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from standpipe.kernel.errors import Refused
from standpipe.packs.case import CaseDefinition, CaseStatus, Priority, Transition


class NotAllowedNow(Refused):
    """The case is not where this can be done, or not by them."""


class ReasonNeeded(Refused):
    """This cannot be done without saying why."""


@dataclass(frozen=True, slots=True)
class Position:
    """
    Where a case stands.

    `due_on` is the day by which whoever it waits on should act; while the clock is stopped,
    `days_left` holds what was left of the organisation's own time (None: the clock runs). Where
    it runs while somebody else has a day of their own, `ends_on` is the last day of ours.
    """

    status: str
    waits_on: str
    due_on: date | None
    days_left: int | None
    ends_on: date | None = None


def opening(definition: CaseDefinition, *, on: date, priority: Priority | None = None) -> Position:
    """Return where a case begins, its time counted from the day of the application."""
    days = (definition.target_date(on, priority=priority) - on).days
    return _entering(definition.status(definition.first), days=days, on=on)


def allowed(definition: CaseDefinition, position: Position, *, role: str) -> list[Transition]:
    """Return what a role may do with the case now, in the order of the pack."""
    return [
        transition
        for transition in definition.transitions
        if position.status in transition.from_ and role in transition.who
    ]


def move(
    definition: CaseDefinition,
    position: Position,
    *,
    verb: str,
    role: str,
    reason: str,
    on: date,
    outcome: str | None = None,
    days: int | None = None,
) -> Position:
    """
    Return where the case stands after an act; where that hangs on the outcome, by it.

    `days` are the organisation's time from now on; None lets what is left of it run on.

    :raises NotAllowedNow: if the pack has no such act from here for this role
    :raises ReasonNeeded: if the act needs words and there are none
    """
    for transition in allowed(definition, position, role=role):
        if transition.verb == verb and transition.outcome in (None, outcome):
            break
    else:
        raise NotAllowedNow(f"“{verb}” cannot be done while the case is “{position.status}”.")
    if transition.requires_reason and not reason.strip():
        raise ReasonNeeded("Say why, so that the person and your colleagues can understand it.")
    left = _days_left(position, on=on) if days is None else days
    return _entering(definition.status(transition.to), days=left, on=on)


def _days_left(position: Position, *, on: date) -> int:
    if position.days_left is not None:
        return position.days_left
    ends_on = position.ends_on or position.due_on
    return (ends_on - on).days if ends_on else 0


def _entering(status: CaseStatus, *, days: int, on: date) -> Position:
    reply = on + timedelta(days=status.reply_days) if status.reply_days else None
    if status.clock == "runs":
        ends_on = on + timedelta(days=days)
        if reply is None:
            return Position(status.id, status.waits_on, ends_on, None)
        return Position(status.id, status.waits_on, min(reply, ends_on), None, ends_on)
    return Position(status.id, status.waits_on, reply, None if status.closed else days)
