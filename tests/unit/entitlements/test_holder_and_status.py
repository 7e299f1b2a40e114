"""Whose two entries are, and where an entry stands on a day."""

from datetime import date

import pytest

from standpipe.entitlements.holder import Holder
from standpipe.entitlements.status import status_on

BORN = date(1980, 3, 31)


def test_one_person_is_known_by_two_ways_of_writing() -> None:
    first = Holder("Ada  Lythgoe", BORN, "BO1 1AA", "QQ 90 00 01 A")
    second = Holder("ada lythgoe", BORN, "BO2 2BB", "qq900001a")

    assert first.sha256 == second.sha256 != ""


def test_without_a_number_of_their_own_the_postcode_tells() -> None:
    first = Holder("Ada Lythgoe", BORN, "BO1 1AA")
    assert first.sha256 == Holder("Ada Lythgoe", BORN, "bo11aa").sha256
    assert first.sha256 != Holder("Ada Lythgoe", BORN, "BO1 1AB").sha256


@pytest.mark.parametrize(
    "holder", [Holder(), Holder("Ada"), Holder("Ada", BORN), Holder("", BORN, "BO1 1AA")]
)
def test_of_whom_too_little_is_known_are_not_taken_for_one(holder: Holder) -> None:
    assert holder.sha256 == ""


@pytest.mark.parametrize(
    ("kept", "on", "status"),
    [
        ("issued", date(2029, 11, 21), "issued"),
        ("issued", date(2029, 11, 22), "expired"),
        ("ordered", date(2029, 11, 22), "expired"),
        ("cancelled", date(2029, 11, 22), "cancelled"),
        ("replaced", date(2029, 11, 22), "replaced"),
    ],
)
def test_what_is_live_expires_after_its_last_day(kept: str, on: date, status: str) -> None:
    assert status_on(kept, expires_on=date(2029, 11, 21), on=on) == status
