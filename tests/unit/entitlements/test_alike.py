"""Entries that seem to be one person's stand together, however they are alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standpipe.entitlements.alike import together


@pytest.mark.parametrize(
    ("known_by", "groups"),
    [
        ([], []),
        ([{"a"}], []),
        ([{"a"}, {"b"}], []),
        ([set(), set()], []),
        ([{"a"}, {"b"}, {"a"}], [[0, 2]]),
        ([{"a"}, {"b"}, {"b", "a"}], [[0, 1, 2]]),
        ([{"a", "b"}, {"b"}, {"c"}, {"c"}, set()], [[0, 1], [2, 3]]),
        ([{"a"}, {"a", "b"}, {"b", "c"}, {"c"}], [[0, 1, 2, 3]]),
    ],
)
def test_whoever_shares_a_mark_is_together(
    known_by: list[set[str]], groups: list[list[int]]
) -> None:
    assert together(known_by) == groups


@given(st.lists(st.frozensets(st.integers(0, 8), max_size=2), max_size=12))
def test_nobody_stands_in_two_groups_and_no_mark_is_torn_apart(
    known_by: list[frozenset[int]],
) -> None:
    groups = together(known_by)

    group_of = {one: n for n, group in enumerate(groups) for one in group}
    assert len(group_of) == sum(map(len, groups))
    for one, marks in enumerate(known_by):
        for other in range(one):
            if marks & known_by[other]:
                assert group_of[one] == group_of[other]
    for group in groups:
        assert all(
            any(known_by[one] & known_by[two] for two in group if two != one) for one in group
        )
