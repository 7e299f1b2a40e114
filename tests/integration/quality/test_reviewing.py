"""A sample of decided cases is drawn again by its seed, and reviewed by who did not decide."""

from __future__ import annotations

from datetime import timedelta

import pytest

from standpipe.applications import actions
from standpipe.packs.loaded import packs
from standpipe.quality.actions import draw_sample, review
from standpipe.quality.queries import open_sample
from standpipe.quality.sample import (
    DecidedIt,
    NoMarks,
    NoSuchSample,
    NothingToDraw,
    ReviewedAlready,
    Terms,
    Unmarked,
)
from tests import make

COUNTY = "borrowdale_county"
FAR = timedelta(days=4000)
# A time of this file's own, in which nothing else was decided.
AT = make.AT + FAR


def terms(**changes):
    day = AT.date()
    first, last = day - timedelta(days=1), day + timedelta(days=1)
    usual = {"service": "blue_badge", "first": first, "last": last, "outcome": ""}
    return Terms(**{**usual, "share_percent": 100, "seed": "one", **changes})


@pytest.fixture(scope="module")
def officer(database):
    return make.staff(COUNTY, "caseworker", name="Cass Officer")


@pytest.fixture(scope="module")
def manager(database):
    return make.staff(COUNTY, "manager", "caseworker", name="May Manager")


@pytest.fixture(scope="module")
def decided(officer):
    """Three cases that the officer decided: two granted, one refused."""
    cases = [make.received(make.person()) for _ in range(3)]
    for case, outcome in zip(cases, ("eligible", "eligible", "not_eligible"), strict=True):
        words = {"outcome": outcome, "ground": "", "reason": "So it is."}
        actions.decide(case, **words, actor=officer, at=AT)
    return cases


def marks(answer="met"):
    return {mark.id: answer for mark in packs()["blue_badge"].case.quality}


def references(sample, actor):
    return [one.reference for one in open_sample(sample, actor=actor, at=AT).cases]


def test_the_same_terms_draw_the_same_sample(decided, manager):
    first, second = (draw_sample(terms(), actor=manager, at=AT) for _ in range(2))

    assert references(first, manager) == references(second, manager)
    assert set(references(first, manager)) == set(decided)


def test_a_sample_is_drawn_by_outcome_and_share(decided, manager):
    refused = draw_sample(terms(outcome="not_eligible"), actor=manager, at=AT)
    some = draw_sample(terms(share_percent=34), actor=manager, at=AT)

    assert references(refused, manager) == [decided[2]]
    assert len(references(some, manager)) == 2
    assert open_sample(some, actor=manager, at=AT).population == 3


def test_who_decided_a_case_does_not_review_it_and_another_does_once(decided, officer, manager):
    sample = draw_sample(terms(), actor=manager, at=AT)
    case = decided[0]
    with pytest.raises(DecidedIt):
        review(sample, case, marks=marks(), words="", actor=officer, at=AT)

    review(sample, case, marks=marks(), words="", actor=manager, at=AT)
    with pytest.raises(ReviewedAlready):
        review(sample, case, marks=marks(), words="", actor=manager, at=AT)

    [one] = open_sample(sample, actor=manager, at=AT).reviewed
    assert (one.reference, one.reviewed_by) == (case, "May Manager")


def test_the_database_refuses_it_too(decided, officer, manager, owner):
    sample = draw_sample(terms(), actor=manager, at=AT)
    with pytest.raises(Exception, match="quality_reviewed_by_another"):
        owner.execute(
            "UPDATE quality_sampled SET reviewer = %s WHERE sample_id = %s",
            [officer.id, sample],
        )


@pytest.mark.parametrize(
    ("given", "words", "missing"),
    [({}, "", "right_outcome"), ({"reason": "perhaps"}, "", "reason"), ({}, "", "in_time")],
)
def test_every_point_is_marked(decided, manager, given, words, missing):
    sample = draw_sample(terms(), actor=manager, at=AT)
    with pytest.raises(Unmarked) as refused:
        review(sample, decided[1], marks=given, words=words, actor=manager, at=AT)
    assert missing in refused.value.fields


def test_what_was_not_met_is_explained(decided, manager):
    sample = draw_sample(terms(), actor=manager, at=AT)
    said = {**marks(), "reason": "not_met"}
    with pytest.raises(Unmarked) as refused:
        review(sample, decided[1], marks=said, words=" ", actor=manager, at=AT)

    assert refused.value.fields == ["words"]
    review(sample, decided[1], marks=said, words="Too short.", actor=manager, at=AT)


def test_another_organisation_sees_no_sample_and_draws_none_of_ours(decided, manager):
    stranger = make.staff("northmere_district", "manager")
    sample = draw_sample(terms(), actor=manager, at=AT)

    with pytest.raises(NoSuchSample):
        open_sample(sample, actor=stranger, at=AT)
    with pytest.raises(NoSuchSample):
        review(sample, decided[0], marks=marks(), words="", actor=stranger, at=AT)
    with pytest.raises(NoMarks):
        draw_sample(terms(), actor=stranger, at=AT)


def test_nothing_is_drawn_where_nothing_was_decided(manager):
    long_ago = make.AT.date() - FAR
    with pytest.raises(NothingToDraw):
        draw_sample(terms(first=long_ago, last=long_ago), actor=manager, at=AT)
