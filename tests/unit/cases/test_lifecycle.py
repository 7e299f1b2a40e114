from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from standpipe.cases.lifecycle import NotAllowedNow, ReasonNeeded, allowed, move, opening
from standpipe.kernel.text import Text
from standpipe.packs.case import CaseDefinition, CaseStatus, Priority, Retention, Transition
from standpipe.packs.condition import read_condition

WORD = Text("x", "x")
DAY = date(2026, 11, 22)


def status(name, waits_on, clock, *, reply_days=None, closed=False) -> CaseStatus:
    return CaseStatus(
        id=name,
        label=WORD,
        citizen_label=WORD,
        waits_on=waits_on,
        clock=clock,
        reply_days=reply_days,
        closed=closed,
    )


def transition(verb, from_, to, who, *, reason=False) -> Transition:
    return Transition(
        verb=verb,
        from_=(from_,),
        to=to,
        who=(who,),
        requires_reason=reason,
        label=WORD,
        outcome=None,
    )


DEFINITION = CaseDefinition(
    first="open",
    priorities=(),
    statuses=(
        status("open", "organisation", "runs"),
        status("asked", "applicant", "stopped", reply_days=28),
        status("done", "nobody", "stopped", closed=True),
    ),
    transitions=(
        transition("ask_for_more", "open", "asked", "caseworker", reason=True),
        transition("reply", "asked", "open", "applicant"),
        transition("decide", "open", "done", "caseworker"),
    ),
    tasks=(),
    target_days=84,
    target_source="",
    retention=Retention(28, 365, ""),
)


@pytest.mark.parametrize(("days", "due_in"), [(5, 5), (84, 84), (200, 84)])
def test_a_case_of_a_priority_is_due_sooner_and_never_later(days, due_in):
    urgent = Priority("urgent", WORD, read_condition({"possible": ["granted"]}), days)

    assert opening(DEFINITION, on=DAY, priority=urgent).due_on == DAY + timedelta(days=due_in)


def test_a_case_begins_with_its_whole_time_before_it():
    position = opening(DEFINITION, on=DAY)

    assert (position.status, position.waits_on) == ("open", "organisation")
    assert position.due_on == DAY + timedelta(days=84)


def test_the_clock_stops_while_it_waits_on_the_applicant_who_has_days_of_their_own():
    asked = move(
        DEFINITION,
        opening(DEFINITION, on=DAY),
        verb="ask_for_more",
        role="caseworker",
        reason="Photo",
        on=DAY + timedelta(days=4),
    )

    assert asked.waits_on == "applicant"
    assert asked.days_left == 80
    assert asked.due_on == DAY + timedelta(days=32)


@given(some.lists(some.tuples(some.integers(0, 60), some.integers(0, 90)), max_size=6))
def test_the_days_that_the_applicant_took_are_never_counted(rounds):
    position, day, own = opening(DEFINITION, on=DAY), DAY, 0
    for ours, theirs in rounds:
        day += timedelta(days=ours)
        own += ours
        position = move(
            DEFINITION, position, verb="ask_for_more", role="caseworker", reason="x", on=day
        )
        day += timedelta(days=theirs)
        position = move(DEFINITION, position, verb="reply", role="applicant", reason="", on=day)

    assert position.due_on == day + timedelta(days=84 - own)


@pytest.mark.parametrize(
    ("verb", "role"), [("decide", "applicant"), ("reply", "applicant"), ("fly", "caseworker")]
)
def test_what_the_pack_does_not_allow_is_refused(verb, role):
    with pytest.raises(NotAllowedNow):
        move(DEFINITION, opening(DEFINITION, on=DAY), verb=verb, role=role, reason="x", on=DAY)


def test_asking_for_more_needs_words():
    with pytest.raises(ReasonNeeded):
        move(
            DEFINITION,
            opening(DEFINITION, on=DAY),
            verb="ask_for_more",
            role="caseworker",
            reason="  ",
            on=DAY,
        )


def test_a_closed_case_waits_for_nothing_and_allows_nothing():
    closed = move(
        DEFINITION,
        opening(DEFINITION, on=DAY),
        verb="decide",
        role="caseworker",
        reason="x",
        on=DAY,
    )

    assert closed.days_left is None
    assert closed.due_on is None
    assert not allowed(DEFINITION, closed, role="caseworker")
