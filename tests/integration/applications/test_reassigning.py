"""Many cases are given at once: each by itself, and what could not be given is said."""

from __future__ import annotations

from uuid import UUID

import pytest

from standpipe.applications import actions
from standpipe.applications.actions.reassigning import MOST, TooMany, reassign
from tests import make

COUNTY = "borrowdale_county"


def assigned(reference, officer):
    return make.view(reference, officer).case.assigned_to


def test_what_can_be_given_is_and_what_cannot_is_named_with_why(database):
    officer = make.staff(COUNTY, "caseworker")
    colleague = make.staff(COUNTY, "caseworker", name="Bo Lund")
    first, closed, last = (make.received(make.person()) for _ in range(3))
    actions.decide(
        closed, outcome="eligible", ground="", reason="So it is", actor=officer, at=make.AT
    )
    unknown = "SP-0000-0000"

    done = reassign(
        [first, unknown, closed, last, first], to=UUID(colleague.id), actor=officer, at=make.AT
    )

    assert done.given == (first, last)
    assert [one.reference for one in done.left] == [unknown, closed]
    assert "closed" in done.left[1].why
    assert {assigned(one, officer) for one in (first, last)} == {UUID(colleague.id)}
    events = [one.verb for one in make.view(first, officer).case.events]
    assert events.count("case.assigned") == 1

    back = reassign([first], to=None, actor=officer, at=make.AT)
    assert back.given == (first,)
    assert assigned(first, officer) is None


def test_nobody_gives_what_is_another_organisation_s_or_to_a_stranger(database):
    officer = make.staff(COUNTY, "caseworker")
    stranger = make.staff("northmere_district", "caseworker")
    case = make.received(make.person())

    assert reassign([case], to=None, actor=stranger, at=make.AT).given == ()
    assert reassign([case], to=UUID(stranger.id), actor=officer, at=make.AT).given == ()
    assert assigned(case, officer) is None


def test_more_than_one_could_mean_are_not_given(database):
    officer = make.staff(COUNTY, "caseworker")
    with pytest.raises(TooMany):
        reassign(
            [f"SP-0000-{number:04}" for number in range(MOST + 1)],
            to=None,
            actor=officer,
            at=make.AT,
        )
