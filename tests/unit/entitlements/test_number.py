import pytest
from hypothesis import given
from hypothesis import strategies as some

from standpipe.entitlements.number import RegisterFull, numbered

BADGE = "0123456789ABCDEFGHJK"


def test_badges_are_numbered_down_from_the_highest():
    assert [numbered(n, alphabet=BADGE, length=6) for n in (1, 2, 21)] == [
        "KKKKKK",
        "KKKKKJ",
        "KKKKJK",
    ]


@given(some.sets(some.integers(1, 20**6), min_size=2, max_size=50))
def test_no_two_positions_have_the_same_number(positions):
    numbers = [numbered(one, alphabet=BADGE, length=6) for one in positions]
    seemly = [one for one in numbers if one is not None]

    assert len(set(seemly)) == len(seemly)
    assert all(len(one) == 6 and set(one) <= set(BADGE) for one in seemly)


def test_a_number_that_spells_a_word_is_passed_over():
    value = 0
    for character in "00BABE":
        value = value * 20 + BADGE.index(character)

    assert numbered(20**6 - value, alphabet=BADGE, length=6) is None


def test_past_the_last_number_the_register_is_full():
    assert numbered(100, alphabet="0123456789", length=2) == "00"
    with pytest.raises(RegisterFull):
        numbered(101, alphabet="0123456789", length=2)


def test_numbers_count_down_from_where_others_leave_off() -> None:
    signs = "0123456789ABCDEFGHJK"

    assert numbered(1, alphabet=signs, length=6, highest="9KKKKK") == "9KKKKK"
    assert numbered(2, alphabet=signs, length=6, highest="9KKKKK") == "9KKKKJ"
    with pytest.raises(RegisterFull):
        numbered(3, alphabet="01", length=6, highest="000001")
