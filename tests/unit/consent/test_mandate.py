"""How far a mandate reaches: to an agreement, and to what is held, long after it was granted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from standpipe.consent.mandate import Basis, Mandate

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CHILD, OF_AGE = date(2008, 11, 23), date(2008, 11, 22)
MANDATE = Mandate(
    id=UUID(int=1),
    person=UUID(int=2),
    representative=UUID(int=3),
    organisation=UUID(int=4),
    application=UUID(int=5),
    what="application:SP-AAAA-AAAA",
    basis="parent",
    relationship="parent",
    name="Mair Puw",
    recorded_by="person:3",
    at=AT,
    revoked_at=None,
    ended_because=None,
)


@pytest.mark.parametrize(
    ("basis", "born", "reaches"),
    [
        ("parent", CHILD, True),
        ("parent", OF_AGE, False),
        ("parent", None, False),
        ("power_of_attorney", OF_AGE, True),
        ("power_of_attorney", None, True),
        ("deputy", OF_AGE, True),
        ("appointee", OF_AGE, True),
        ("officer_of_organisation", None, True),
        ("agreed_present", OF_AGE, False),
        ("agreed_verbally", CHILD, False),
        (None, CHILD, False),
    ],
)
def test_only_a_power_in_law_reaches_what_is_held_and_a_parents_ends_with_childhood(
    basis: Basis | None, born: date | None, reaches: bool
) -> None:
    mandate = replace(MANDATE, basis=basis)

    assert mandate.reaches_what_is_held(born=born, on=AT.date()) is reaches


def test_what_has_ended_reaches_nothing() -> None:
    ended = replace(MANDATE, revoked_at=AT, ended_because="power_ended")

    assert not ended.may_agree
    assert not ended.reaches_what_is_held(born=CHILD, on=AT.date())
