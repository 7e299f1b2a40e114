"""The rules of a service on a day: decision tables, and which needs feed and follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standpipe import dmn
from standpipe.kernel.text import Text
from standpipe.vocabulary.attribute import Vocabulary


@dataclass(frozen=True, slots=True)
class DecisionStep:
    """
    One decision table among the rules.

    `inputs` gives the need behind each input of the table, `gives` the need that an output
    answers, None where the output is only for readers. `sha256` is that of the table's file.
    """

    id: str
    title: Text
    decision: dmn.Decision
    inputs: Mapping[str, str]
    gives: Mapping[str, str | None]
    valid_from: date
    valid_to: date | None
    sha256: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """
    The tables in force on a day; the last one decides, by its output `outcome`.

    `when_unknown` is the outcome where the person does not know what would decide it: a person
    must then look. It never refuses.
    """

    steps: tuple[DecisionStep, ...]
    on: date
    vocabulary: Vocabulary
    outcome: str
    when_unknown: str

    @property
    def decisive(self) -> DecisionStep:
        """The table whose output is the outcome."""
        return self.steps[-1]

    @property
    def hashes(self) -> dict[str, str]:
        """Return the SHA-256 of each table's file, by the step's id."""
        return {step.id: step.sha256 for step in self.steps}

    def giver(self, need: str) -> tuple[DecisionStep, str] | None:
        """Return the step and output that answer a need; None if none does."""
        for step in self.steps:
            for output, given in step.gives.items():
                if given == need:
                    return step, output
        return None


@dataclass(frozen=True, slots=True)
class Known:
    """A value in plain JSON and where it comes from: told, registry, derived, staff."""

    value: Any
    source: str
    fact_id: str | None = None


class Unanswered(Exception):
    """What is not yet answered could change the outcome; `needs` in the order of the tables."""

    def __init__(self, needs: tuple[str, ...]) -> None:
        super().__init__(f"Still to ask: {', '.join(needs)}.")
        self.needs = needs
