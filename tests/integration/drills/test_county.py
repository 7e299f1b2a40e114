"""The year of a county in short: three weeks of it, and a stuck case that the count must find."""

from datetime import date, timedelta

import pytest

from bench.county import play
from bench.year.applicants import draw, fault_on, qualifies
from bench.year.count import STUCK
from bench.year.holders import draw_holders
from launcher.places import ROOT
from standpipe.places.reading import load_place
from standpipe.places.residents import generate


@pytest.fixture(scope="module")
def figures():
    return {figure.name: figure for figure in play(10, days=20, seed=3)}


def test_nothing_is_stuck_lost_or_left_unsent(figures):
    goals = {name: one.value for name, one in figures.items() if one.goal == "0"}

    assert goals == dict.fromkeys(goals, 0)
    assert len(goals) == 6


def test_every_applicant_is_accounted_for(figures):
    count = {name: one.value for name, one in figures.items()}

    kinds = sum(count[kind] for kind in ("new", "renewals", "replacements", "changes"))
    assert count["applications"] == kinds
    assert count["reminders written"] >= count["renewals"] > 0


def test_who_renews_is_asked_less(figures):
    asked = [figures[f"pages of questions, {about}: p50"].value for about in ("new", "renew")]

    assert asked[0] > asked[1] > 0


def test_the_rules_decide_at_once_and_officers_after_days(figures):
    assert figures["decided with no human"].value > 0
    assert figures["in one sitting: first page to decision, p50"].value < 20
    assert figures["time to decision: by officers, p50"].value >= 1


def test_a_case_that_waits_on_nobody_or_no_day_is_found(owner):
    with owner.transaction(force_rollback=True):
        # Before the real table in the search path, for this transaction alone.
        owner.execute(
            "CREATE TEMPORARY TABLE cases_case (reference text, waits_on text, due_on date,"
            " closed_at timestamptz)"
        )
        owner.execute(
            "INSERT INTO cases_case VALUES ('well', 'organisation', '2026-01-01', NULL),"
            " ('nobody', 'nobody', '2026-01-01', NULL), ('no day', 'applicant', NULL, NULL),"
            " ('closed', 'nobody', NULL, now())"
        )

        assert {one for (one,) in owner.execute(STUCK).fetchall()} == {"nobody", "no day"}


def test_the_same_seed_gives_the_same_year():
    residents = list(generate(load_place(ROOT / "places" / "borrowdale"), seed=1, count=4000))
    year = draw(residents, count=200, days=365, seed=5)

    assert year == draw(residents, count=200, days=365, seed=5)
    assert year != draw(residents, count=200, days=365, seed=6)
    assert len({one.resident.key for one in year}) == 200
    assert 0.3 < sum(qualifies(one.resident) for one in year) / 200 < 0.5
    assert [one.day for one in year] == sorted(one.day for one in year)
    faults = [fault_on(day, register="dwp", days=365, seed=5) for day in range(365)]
    assert 5 < sum(one is not None for one in faults) < 40


def test_holders_end_in_time_to_be_reminded_before_they_renew():
    first = date(2026, 1, 1)
    residents = list(generate(load_place(ROOT / "places" / "borrowdale"), seed=1, count=4000))
    anew = draw(residents, count=70, days=365, seed=5)
    holders = draw_holders(residents, anew, applications=200, days=365, first=first, seed=5)

    assert len(holders) == 60
    assert not {one.resident.key for one in anew} & {one.applicant.resident.key for one in holders}
    for one in holders:
        day = first + timedelta(days=one.applicant.day)
        left = (one.granted_on.replace(year=one.granted_on.year + 3) - day).days - 1
        assert (left <= 84) == (one.wish == "renew")
