"""What a decision answers: the outcome, why, and what could still change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    The value of each output, and the ids of the rows that gave it.

    No row at all means that none matched: the values are the defaults, None where there are none.
    """

    values: Mapping[str, Any]
    rows: tuple[str, ...]


# Named tuples where dozens are made for one explanation: they cost a quarter of a dataclass.
class Test(NamedTuple):
    """One cell tried on one fact; `holds` is None where the fact was not known."""

    input: str
    value: object
    cell: str
    holds: bool | None


class FailedRow(NamedTuple):
    """A row that came earlier and did not match, with the first of its cells that did not hold."""

    row_id: str
    row_number: int
    law: str | None
    first_failed_input: str
    cell: str
    value: object


@dataclass(frozen=True, slots=True)
class Explanation:
    """An outcome with its reason; `row_id` is None where no row matched."""

    outcome: Outcome
    row_id: str | None
    row_number: int | None
    law: str | None
    tests: tuple[Test, ...]
    failed: tuple[FailedRow, ...]


@dataclass(frozen=True, slots=True)
class StillMatters:
    """
    Which outcomes are still possible, and which unanswered inputs could choose among them.

    `decided` is true when one outcome is left. Not decided and no inputs left to ask means that
    what the person does not know decides: a person has to.
    """

    outcomes: frozenset[Any]
    decided: bool
    inputs: tuple[str, ...]
