"""The rules of a service on a day: decision tables, and which needs feed and follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from standpipe import dmn
from standpipe.kernel.text import Text
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.need import Need


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


@dataclass(frozen=True)
class RuleSet:
    """
    The tables in force on a day; the last one decides, by its output `outcome`.

    `when_unknown` is the outcome where the person does not know what would decide it, or no row
    answers: a person must then look. It never refuses.
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

    def outcome_of(self, said: object) -> str:
        """Return the outcome that the deciding table's output stands for."""
        return self.when_unknown if said is None else str(said)

    @cached_property
    def hashes(self) -> Mapping[str, str]:
        """The SHA-256 of each table's file, by the step's id."""
        return {step.id: step.sha256 for step in self.steps}

    @cached_property
    def givers(self) -> Mapping[str, tuple[DecisionStep, str]]:
        """The step and the output that answer a need, by need."""
        return {
            given: (step, output)
            for step in reversed(self.steps)
            for output, given in step.gives.items()
            if given
        }

    @cached_property
    def sources(self) -> Mapping[str, tuple[str, ...]]:
        """The needs that a need follows from by the vocabulary, by need; every one of the rules."""
        found: dict[str, tuple[str, ...]] = {}
        waiting = [need for step in self.steps for need in step.inputs.values()]
        while waiting:
            need = waiting.pop()
            if need not in found:
                found[need] = sources_of(need, self.vocabulary)
                waiting += found[need]
        return found


def sources_of(key: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the needs that a need follows from; none if it has to be asked."""
    need = Need.parse(key)
    return tuple(str(need.beside(source)) for source in vocabulary[need.attribute].derives_from)


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
