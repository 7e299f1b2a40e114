"""Conditions of a form: a small closed logic, so that what shows when can be reasoned about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from standpipe.vocabulary.unknown import is_unknown


@dataclass(frozen=True, slots=True)
class Circumstances:
    """
    What conditions look at.

    `value` gives the value of a need, or raises KeyError while there is none; `possible` are the
    outcomes the rules can still reach; `consulted` how each consultation ended, by page.
    """

    value: Callable[[str], Any]
    possible: frozenset[str]
    consulted: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; `test` is its word (all, any, not, eq, in …), `of` what the word is about."""

    test: str
    of: str
    argument: Any
    inner: tuple[Condition, ...] = ()

    def holds(self, at: Circumstances) -> bool:
        """Tell whether it holds; of an unanswered need nothing holds but `answered: false`."""
        match self.test:
            case "all":
                return all(condition.holds(at) for condition in self.inner)
            case "any":
                return any(condition.holds(at) for condition in self.inner)
            case "not":
                return not self.inner[0].holds(at)
            case "possible":
                return bool(at.possible & set(self.argument))
            case "decided":
                return at.possible == {self.argument}
            case "consulted":
                return at.consulted.get(self.of) in self.argument
        return self._holds_of_value(at)

    def needs(self) -> Iterator[str]:
        """Yield every need it looks at."""
        for condition in self.inner:
            yield from condition.needs()
        if self.test in _TESTS_OF_VALUES:
            yield self.of

    def pages(self) -> Iterator[str]:
        """Yield every consult page it looks at."""
        for condition in self.inner:
            yield from condition.pages()
        if self.test == "consulted":
            yield self.of

    def wants_empty(self, need: str) -> bool:
        """Say whether it holds only while a need has no value: left empty, or not asked so far."""
        if self.test == "all":
            return any(condition.wants_empty(need) for condition in self.inner)
        return self.of == need and (self.test == "left_empty" or self._is_of_unanswered)

    @property
    def _is_of_unanswered(self) -> bool:
        return self.test == "answered" and not self.argument

    def outcomes(self) -> Iterator[str]:
        """Yield every outcome it looks at."""
        for condition in self.inner:
            yield from condition.outcomes()
        if self.test == "possible":
            yield from self.argument
        if self.test == "decided":
            yield self.argument

    @property
    def looks_at_outcomes(self) -> bool:
        """Whether it depends on what the rules can still reach."""
        return next(self.outcomes(), None) is not None

    def _holds_of_value(self, at: Circumstances) -> bool:
        try:
            value = at.value(self.of)
        except KeyError:
            return self.test == "answered" and not self.argument
        if self.test == "answered":
            return bool(self.argument)
        if self.test == "left_empty":
            return value is None
        if value is None or is_unknown(value):
            return False
        match self.test:
            case "eq":
                return bool(value == self.argument)
            case "in":
                return value in self.argument
            case "any_in":
                return not set(value).isdisjoint(self.argument)
            case "gte":
                return bool(value >= self.argument)
            case _:
                return bool(value <= self.argument)


_TESTS_OF_VALUES = frozenset({"eq", "in", "any_in", "gte", "lte", "answered", "left_empty"})


def read_condition(words: Mapping[str, Any]) -> Condition:
    """Read a condition that the schema has found well formed."""
    for word in ("all", "any"):
        if word in words:
            return Condition(word, "", None, tuple(map(read_condition, words[word])))
    if "not" in words:
        return Condition("not", "", None, (read_condition(words["not"]),))
    if "possible" in words:
        return Condition("possible", "", tuple(words["possible"]))
    if "decided" in words:
        return Condition("decided", "", words["decided"])
    if "consulted" in words:
        return Condition("consulted", words["consulted"], tuple(words["in"]))
    (test,) = _TESTS_OF_VALUES & set(words)
    argument = words[test]
    return Condition(
        test, words["need"], tuple(argument) if isinstance(argument, list) else argument
    )
