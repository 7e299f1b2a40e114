"""A sample can be drawn again by its seed, and its sum says no more than it may."""

from hypothesis import given
from hypothesis import strategies as st

from standpipe.quality.sampling import MOST, draw, is_small, tally

CASES = st.sets(st.text("ABC123", min_size=1, max_size=6), max_size=60)


@given(CASES, st.integers(1, 100), st.text(max_size=8))
def test_the_same_seed_draws_the_same_cases_in_whatever_order_they_come(cases, share, seed):
    drawn = draw(sorted(cases), seed=seed, share_percent=share)

    assert drawn == draw(sorted(cases, reverse=True), seed=seed, share_percent=share)
    assert set(drawn) <= cases
    assert len(drawn) == min(MOST, -(-len(cases) * share // 100))
    assert bool(drawn) == bool(cases)


def test_another_seed_draws_others_and_every_case_has_its_chance():
    cases = [f"SP-{number:04}" for number in range(100)]
    drawn = {one for seed in "abcdefghij" for one in draw(cases, seed=seed, share_percent=10)}

    assert draw(cases, seed="a", share_percent=10) != draw(cases, seed="b", share_percent=10)
    assert len(drawn) > 50


def test_a_larger_share_holds_the_smaller_one():
    cases = [f"SP-{number:04}" for number in range(100)]

    assert draw(cases, seed="a", share_percent=20)[:10] == draw(cases, seed="a", share_percent=10)


def test_what_does_not_apply_is_not_counted_among_what_was_asked():
    reviewed = [
        {"reason": "met"},
        {"reason": "not_met"},
        {"reason": "not_applicable"},
        {"x": "met"},
    ]
    [reason, time] = tally(["reason", "in_time"], reviewed)

    assert (reason.met, reason.not_met, reason.not_applicable, reason.asked) == (1, 1, 1, 2)
    assert time.asked == 0


def test_few_are_said_to_be_few():
    assert is_small(4)
    assert not is_small(5)
