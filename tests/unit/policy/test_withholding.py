"""No small count is shown, and none can be worked out from what is."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from standpipe.policy.withholding import SMALLEST_SHOWN, shown


def test_large_counts_are_all_shown():
    found = shown({"n": (10, 20), "e": (30, 40)}, {"y": (15, 25), "o": (25, 35)}, columns=2)

    assert found.one.counts == ((10, 20), (30, 40))
    assert found.totals == (40, 60)


def test_nothing_is_not_a_small_count():
    found = shown({"n": (0, 20), "e": (30, 40)}, {"y": (15, 25), "o": (15, 35)}, columns=2)

    assert found.one.counts[0] == (0, 20)


def test_one_small_count_takes_others_with_it_in_its_row_and_its_column():
    found = shown(
        {"n": (3, 90), "e": (40, 70), "s": (50, 60)}, {"all": (93, 220)}, columns=2
    ).one.counts

    assert found[0] == (None, None)
    assert [row[0] for row in found].count(None) >= 2


def test_a_group_of_fewer_than_five_people_joins_another():
    found = shown({"n": (1, 2), "e": (30, 40), "s": (6, 0)}, {"all": (37, 42)}, columns=2)

    assert found.one.groups == ("e", "n+s")
    assert found.one.people == (70, 9)


def test_a_small_total_is_withheld_too():
    found = shown({"n": (2, 90), "e": (1, 70)}, {"all": (3, 160)}, columns=2)

    assert found.totals == (None, None)


counts = st.integers(min_value=0, max_value=9)


def solutions(split, columns):
    """Every way to fill in the withheld counts of one grouping, row by row, by brute force."""
    rows = []
    for people, row in zip(split.people, split.counts, strict=True):
        open_places = [at for at in range(columns) if row[at] is None]
        ways = []
        for filled in product(range(people + 1), repeat=len(open_places)):
            whole = list(row)
            for at, value in zip(open_places, filled, strict=True):
                whole[at] = value
            if sum(whole) == people:
                ways.append(tuple(whole))
        rows.append(ways)
    return list(product(*rows))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(counts, counts), min_size=2, max_size=3))
def test_nobody_can_work_out_a_withheld_count(rows):
    if not any(sum(row) for row in rows):
        return
    groups = {f"g{number}": row for number, row in enumerate(rows)}
    everybody = tuple(sum(column) for column in zip(*rows, strict=True))
    found = shown(groups, {"all": everybody}, columns=2)
    if not found.safe:
        return
    possible = [
        one
        for one in solutions(found.one, 2)
        if all(
            total is None or sum(row[at] for row in one) == total
            for at, total in enumerate(found.totals)
        )
    ]
    assert possible
    for number, row in enumerate(found.one.counts):
        for at, count in enumerate(row):
            assert count is None or count == 0 or count >= SMALLEST_SHOWN
            if count is None:
                values = {one[number][at] for one in possible}
                assert len(values) >= SMALLEST_SHOWN, (found, values)
