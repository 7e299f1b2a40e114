"""A decision in the full dialect, asked in the same way as one in the bulk dialect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

from standpipe.dmn.document import text_of
from standpipe.dmn.facts import DOES_NOT_KNOW, MissingFacts, WrongFact
from standpipe.dmn.feel.names import normal_name
from standpipe.dmn.feel.scope import TooMuchWork
from standpipe.dmn.feel.types import (
    Constrained,
    ContextType,
    FeelType,
    ListType,
    NotOfType,
    Simple,
    converted,
)
from standpipe.dmn.feel.values import from_python, to_python
from standpipe.dmn.full.model import FullModel, Key
from standpipe.dmn.table.definition import Row
from standpipe.dmn.table.outcome import Explanation, Outcome, StillMatters
from standpipe.dmn.table.reading import LAW_ANNOTATION


@dataclass(frozen=True, slots=True)
class FullInput:
    """A fact that the decision asks for; `type` is FEEL's name of its kind."""

    name: str
    type: str
    allowed_values: tuple[object, ...] = ()


class FullDecision:
    """
    One decision with everything that it requires.

    Facts are asked for whole: without one of them there is no outcome, and each still matters.
    """

    def __init__(self, model: FullModel, key: Key) -> None:
        element = model.elements[key]
        self.id = key.id
        self.name = element.get("name", "")
        self.file = model.file
        self._model = model
        self._key = key
        self._inputs = {
            normal_name(model.elements[one].get("name", "")): one for one in model.inputs_of(key)
        }
        self.inputs = tuple(
            FullInput(name, told(model.type_of(one))) for name, one in self._inputs.items()
        )
        self.outputs = self._read_outputs(model.type_of(key))
        self.rows = _rows(element)

    def _read_outputs(self, kind: FeelType | None) -> tuple[FullInput, ...]:
        if isinstance(kind, ContextType):
            return tuple(FullInput(name, told(one)) for name, one in kind.members.items())
        return (FullInput(normal_name(self.name), told(kind)),)

    def decide(
        self, facts: Mapping[str, object], *, output: str | None = None, at: datetime | None = None
    ) -> Outcome:
        """
        Return the outcome; `at` is the moment that now() and today() tell.

        :raises MissingFacts: if an input is absent, or the person does not know it
        :raises WrongFact: if a fact is not a value of its input
        :raises TooMuchWork: if an expression loops or recurs without end
        """
        del output
        missing = self._missing(facts)
        if missing:
            raise MissingFacts(self.name, missing)
        run = self._model.evaluation(self._given(facts), at=at)
        value = to_python(self._model.evaluate(self._key, run))
        if run.watch.gave_up is not None:
            raise TooMuchWork(run.watch.gave_up)
        values = value if isinstance(value, dict) else {self.outputs[0].name: value}
        return Outcome(MappingProxyType(values), tuple(run.watch.rows))

    def _missing(self, facts: Mapping[str, object]) -> tuple[str, ...]:
        return tuple(
            name for name in self._inputs if facts.get(name, DOES_NOT_KNOW) is DOES_NOT_KNOW
        )

    def _given(self, facts: Mapping[str, object]) -> dict[Key, Any]:
        given: dict[Key, Any] = {}
        for name, key in self._inputs.items():
            kind = self._model.type_of(key)
            try:
                value = from_python(facts[name])
                given[key] = value if kind is None else converted(value, kind)
            except (ValueError, NotOfType):
                raise WrongFact(self.name, name, facts[name], f"a {told(kind)}") from None
        return given

    def explain(
        self, facts: Mapping[str, object], *, output: str | None = None, at: datetime | None = None
    ) -> Explanation:
        """Return the outcome, with the row of its own table that gave it and the row's law."""
        outcome = self.decide(facts, output=output, at=at)
        row = next((row for row in self.rows if row.id in outcome.rows), None)
        if row is None:
            return Explanation(outcome, None, None, None, (), ())
        return Explanation(outcome, row.id, row.number, row.law, (), ())

    def still_matters(
        self, facts: Mapping[str, object], *, output: str | None = None
    ) -> StillMatters:
        """Return every unanswered input; the outcomes are known only when none is left."""
        if self._missing(facts):
            asked = tuple(name for name in self._inputs if name not in facts)
            return StillMatters(frozenset(), False, asked)
        values = self.decide(facts).values
        answer = values[output] if output is not None else tuple(values.values())
        return StillMatters(frozenset((answer,)), True, ())


def told(kind: FeelType | None) -> str:
    """Return FEEL's name of a type; `Any` where it has none or is not known."""
    match kind:
        case Simple(name):
            return name
        case Constrained(base, _):
            return told(base)
        case ListType(of):
            return f"list<{told(of)}>"
        case ContextType():
            return "context"
    return "Any"


def _rows(decision: Element) -> tuple[Row, ...]:
    table = decision.find("decisionTable")
    if table is None:
        return ()
    names = [(one.get("name") or "").strip() for one in table.findall("annotation")]
    rows = []
    for number, rule in enumerate(table.findall("rule"), start=1):
        notes = [text_of(one) or "" for one in rule.findall("annotationEntry")]
        annotations = dict(zip(names, notes, strict=False))
        rows.append(
            Row(
                id=rule.get("id") or f"row {number}",
                number=number,
                law=annotations.get(LAW_ANNOTATION) or None,
                annotations=annotations,
                cells=(),
                cell_texts=tuple(text_of(one) or "" for one in rule.findall("inputEntry")),
                values=(),
            )
        )
    return tuple(rows)
