"""What happened to an application, in words for whoever reads it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from standpipe.cases.queries import EventView
from standpipe.kernel.text import Text


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing that happened, in words for the person or for who acts for them."""

    at: datetime
    words: Text
    detail: str


BEGUN = Text(
    "You started",
    "Fe ddechreuoch chi",
    "You started the application for {name}",
    "Fe ddechreuoch chi’r cais ar ran {name}",
)
SENT = Text(
    "You sent your application",
    "Fe anfonoch chi eich cais",
    "You sent the application for {name}",
    "Fe anfonoch chi’r cais ar ran {name}",
)
CONSULTED = {
    "asking": Text(
        "You agreed to a check",
        "Fe gytunoch chi i wiriad",
        "You agreed to a check for {name}",
        "Fe gytunoch chi i wiriad ar ran {name}",
    ),
    "met": Text("A check confirmed what we need", "Cadarnhaodd gwiriad yr hyn sydd ei angen"),
    "not_met": Text(
        "A check did not settle it, so we asked you for more",
        "Ni setlodd gwiriad y mater, felly gofynnwyd i chi am ragor",
    ),
    "unknown": Text(
        "A check gave no answer, so we asked you for more",
        "Ni roddodd gwiriad ateb, felly gofynnwyd i chi am ragor",
    ),
    "declined": Text("You chose to go on without a check", "Dewisoch fynd ymlaen heb wiriad"),
}
EVENTS = {
    "case.asked": Text("We asked you for more", "Gofynnwyd i chi am ragor"),
    "case.moved": Text(
        "Your application moved on",
        "Symudodd eich cais ymlaen",
        "The application for {name} moved on",
        "Symudodd y cais ar ran {name} ymlaen",
    ),
    "case.decided": Text("We decided", "Fe benderfynwyd"),
    "review.asked": Text(
        "You asked us to look at it again", "Fe ofynnoch chi i ni edrych arno eto"
    ),
    "review.decided": Text("We looked at it again", "Edrychwyd arno eto"),
}
# What an event says besides is for staff: the outcome's id, which the page itself tells in words.
_WITHOUT_DETAIL = frozenset({"case.decided", "review.decided"})


def timeline(
    *,
    begun_at: datetime,
    submitted_at: datetime | None,
    checks: Iterable[tuple[datetime, str, str]],
    events: Iterable[EventView],
    called: Text | None,
) -> tuple[TimelineItem, ...]:
    """
    Return what happened, oldest first, to who reads it about `called`, None for about themselves.

    `checks` are when each register was asked, how it ended, and the receipt of the agreement.
    """
    items = [TimelineItem(begun_at, BEGUN, "")]
    items += [TimelineItem(at, CONSULTED[status], receipt) for at, status, receipt in checks]
    if submitted_at:
        items.append(TimelineItem(submitted_at, SENT, ""))
    items += [
        TimelineItem(
            event.at, EVENTS[event.verb], "" if event.verb in _WITHOUT_DETAIL else event.why
        )
        for event in events
        if event.verb in EVENTS
    ]
    return tuple(
        TimelineItem(one.at, one.words.about(called), one.detail)
        for one in sorted(items, key=lambda item: item.at)
    )
