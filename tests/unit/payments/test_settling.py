from __future__ import annotations

from itertools import product

import pytest

from standpipe.payments.settling import DEAD, PAID, is_finished, moves

UNDER_WAY = ("created", "started", "submitted")
FINISHED = (PAID, *sorted(DEAD))


@pytest.mark.parametrize(("old", "new"), list(product(FINISHED, (*UNDER_WAY, *FINISHED))))
def test_what_is_finished_stays_so(old: str, new: str):
    assert is_finished(old)
    assert not moves(old, new)


@pytest.mark.parametrize(("old", "new"), list(product(UNDER_WAY, FINISHED)))
def test_whatever_is_under_way_can_end(old: str, new: str):
    assert not is_finished(old)
    assert moves(old, new)


@pytest.mark.parametrize(("old", "new"), list(product(UNDER_WAY, UNDER_WAY)))
def test_nothing_goes_back(old: str, new: str):
    assert moves(old, new) == (UNDER_WAY.index(new) > UNDER_WAY.index(old))
