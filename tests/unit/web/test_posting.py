"""What staff post and say, as they see it: in groups, with what goes into the same envelope."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from standpipe.notifications.by_hand import ByHand
from standpipe.web.presenters.posting import posting_groups

LETTER = ByHand(
    id=UUID(int=1),
    what="application:SP-AAAA-AAAA#once",
    name="received",
    channel="letter",
    to="Ada Roe\n1 Fell Lane\nBO1 1AA",
    language="cy",
    subject="Mae eich cais gennym",
    body="Un.\n\nDau.",
    trouble="",
    written_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
)
ENCLOSED = UUID(int=9)


def test_letters_come_first_then_calls_then_what_did_not_arrive() -> None:
    call = replace(LETTER, id=UUID(int=2), channel="phone", to="01632 960 001")
    failed = replace(LETTER, id=UUID(int=3), channel="email", to="ada@example.org", trouble="No.")

    groups = posting_groups([failed, call, LETTER], {}, language="en")

    assert [group["name"] for group in groups] == ["letters", "calls", "failed"]
    (row,) = groups[0]["rows"]
    assert row["to"] == ["Ada Roe", "1 Fell Lane", "BO1 1AA"]
    assert row["words"] == ["Un.", "Dau."]
    assert (row["reference"], row["language"]) == ("SP-AAAA-AAAA", "cy")


def test_nothing_to_do_is_no_group() -> None:
    assert posting_groups([], {}, language="cy") == []


@pytest.mark.parametrize("name", ["decided_eligible", "reviewed_eligible"])
def test_the_letter_of_a_decision_goes_with_what_tells_of_it_alone(name: str) -> None:
    decided = replace(LETTER, id=UUID(int=4), name=name)
    both = {LETTER.id: ENCLOSED, decided.id: ENCLOSED}

    (group,) = posting_groups([LETTER, decided], both, language="en")

    assert [row["enclosed"] for row in group["rows"]] == ["", str(ENCLOSED)]
