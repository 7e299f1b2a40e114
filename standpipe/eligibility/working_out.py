"""From what is known to what follows: values of the vocabulary, and of earlier tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from standpipe import dmn
from standpipe.eligibility.rules import DecisionStep, Known, RuleSet, sources_of
from standpipe.vocabulary.derivation import derive
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.unknown import DOES_NOT_KNOW, is_unknown

_ABSENT: Final = object()


class WorkingOut:
    """
    What is known and what follows from it, worked out when first asked for.

    What was answered or registered directly stands above what would follow. `derived` gathers the
    values that followed, `passed` the needs on the way from an outcome back to what can be asked.
    """

    def __init__(self, rules: RuleSet, known: Mapping[str, Known]) -> None:
        self._rules = rules
        self._known = known
        self._values: dict[str, Any] = {}
        self.derived: dict[str, Any] = {}
        self.passed: set[str] = set()

    def value(self, need: str) -> Any:
        """Return the JSON value of a need; KeyError while it is unanswered."""
        if need in self._known:
            return self._known[need].value
        if need not in self._values:
            self._values[need] = self._follows(need)
            if self._values[need] is not _ABSENT:
                self.derived[need] = self._values[need]
        if self._values[need] is _ABSENT:
            raise KeyError(need)
        return self._values[need]

    def facts(self, step: DecisionStep) -> dict[str, object]:
        """Return what a table may be given; what is unanswered is absent, not null."""
        facts: dict[str, object] = {}
        for column in step.decision.inputs:
            try:
                value = self.value(step.inputs[column.name])
            except KeyError:
                continue
            facts[column.name] = as_fact(value, column.type)
        return facts

    def still_to_ask(self, step: DecisionStep, output: str) -> Iterator[str]:
        """Yield the needs that can still change an output, followed back to what can be asked."""
        for name in step.decision.still_matters(self.facts(step), output=output).inputs:
            yield from self._askable(step.inputs[name])

    def sources(self, need: str) -> Iterator[str]:
        """Yield the known needs that a need's value comes from."""
        if need in self._known:
            yield need
            return
        for source in self._derivation(need):
            yield from self.sources(source)
        found = self._rules.givers.get(need)
        if found:
            step, _ = found
            for name in step.inputs.values():
                if name in self.derived or name in self._known:
                    yield from self.sources(name)

    def _follows(self, need: str) -> Any:
        sources = self._derivation(need)
        if sources:
            return self._derived(Need.parse(need), sources)
        found = self._rules.givers.get(need)
        if not found:
            return _ABSENT
        step, output = found
        try:
            decided = step.decision.decide(self.facts(step), output=output)
        except dmn.MissingFacts as missing:
            return _ABSENT if missing.inputs else DOES_NOT_KNOW
        return as_json(decided.values[output])

    def _derived(self, need: Need, sources: tuple[str, ...]) -> Any:
        known = {}
        for source in sources:
            try:
                known[Need.parse(source).attribute] = self.value(source)
            except KeyError:
                return _ABSENT
        return derive(self._rules.vocabulary[need.attribute], known, on=self._rules.on)

    def _derivation(self, need: str) -> tuple[str, ...]:
        found = self._rules.sources.get(need)
        # Needs that only a form's conditions look at stand outside the rules.
        return sources_of(need, self._rules.vocabulary) if found is None else found

    def _askable(self, need: str) -> Iterator[str]:
        if need in self._known:
            return
        self.passed.add(need)
        sources = self._derivation(need)
        found = self._rules.givers.get(need)
        if sources:
            for source in sources:
                yield from self._askable(source)
        elif found:
            yield from self.still_to_ask(*found)
        else:
            yield need


def as_fact(value: Any, kind: str) -> object:
    """Turn a JSON value into what a table of that type takes; None is "none"."""
    if is_unknown(value):
        return dmn.DOES_NOT_KNOW
    if isinstance(value, str) and kind == "date":
        return date.fromisoformat(value)
    if isinstance(value, str) and kind == "number":
        return Decimal(value)
    return value


def as_json(value: object) -> Any:
    """Turn what a table says into plain JSON."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
