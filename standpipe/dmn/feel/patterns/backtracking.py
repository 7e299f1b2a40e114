"""Expressions with back-references, which need backtracking: done here within a fixed budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from standpipe.dmn.feel.patterns.characters import CharacterSet
from standpipe.dmn.feel.patterns.syntax import (
    AnyCharacter,
    BackReference,
    Choice,
    End,
    Expression,
    Group,
    Repeat,
    Sequence,
    Start,
)

_BUDGET: Final = 100_000
_MAX_DEPTH: Final = 150

Groups = tuple[tuple[int, int] | None, ...]
Next = Callable[[int, Groups], "tuple[int, Groups] | None"]


class Backtracker:
    """Matches one expression; flags as letters, of which s, m and i count here."""

    def __init__(self, expression: Expression, groups: int, flags: str) -> None:
        self._expression = expression
        self._groups = groups
        self._flags = flags
        self._text = ""
        self._left = 0
        self._depth = 0

    def search(self, text: str, start: int) -> tuple[int, int, Groups] | None:
        """
        Return where the first match from `start` begins and ends, with its groups.

        :raises ValueError: if it takes too many steps to tell
        """
        self._text = text
        self._left = _BUDGET
        self._depth = 0
        for begin in range(start, len(text) + 1):
            none: Groups = (None,) * (self._groups + 1)
            found = self._match(self._expression, begin, none, lambda at, groups: (at, groups))
            if found is not None:
                return begin, found[0], found[1]
        return None

    def _match(
        self, expression: Expression, at: int, groups: Groups, then: Next
    ) -> tuple[int, Groups] | None:
        self._left -= 1
        self._depth += 1
        try:
            if self._left < 0 or self._depth > _MAX_DEPTH:
                raise ValueError("the pattern takes too long")
            return self._match_one(expression, at, groups, then)
        finally:
            self._depth -= 1

    def _match_one(
        self, expression: Expression, at: int, groups: Groups, then: Next
    ) -> tuple[int, Groups] | None:
        text = self._text
        match expression:
            case CharacterSet() | AnyCharacter():
                here = text[at : at + 1]
                return then(at + 1, groups) if here and self._fits(expression, here) else None
            case Start():
                held = at == 0 or ("m" in self._flags and text[at - 1] == "\n" and at < len(text))
                return then(at, groups) if held else None
            case End():
                held = at == len(text) or ("m" in self._flags and text[at] == "\n")
                return then(at, groups) if held else None
            case Sequence(parts):
                return self._sequence(parts, at, groups, then)
            case Choice(branches):
                for branch in branches:
                    found = self._match(branch, at, groups, then)
                    if found is not None:
                        return found
                return None
            case Group(body, number):

                def close(end: int, inner: Groups) -> tuple[int, Groups] | None:
                    if number is None:
                        return then(end, inner)
                    return then(end, (*inner[:number], (at, end), *inner[number + 1 :]))

                return self._match(body, at, groups, close)
            case BackReference(number):
                span = groups[number]
                said = text[span[0] : span[1]] if span else ""
                here = text[at : at + len(said)]
                same = here.lower() == said.lower() if "i" in self._flags else here == said
                return then(at + len(said), groups) if same else None
            case Repeat():
                return self._repeat(expression, 0, at, groups, then)
        raise AssertionError(expression)

    def _sequence(
        self, parts: tuple[Expression, ...], at: int, groups: Groups, then: Next
    ) -> tuple[int, Groups] | None:
        if not parts:
            return then(at, groups)
        return self._match(
            parts[0], at, groups, lambda end, inner: self._sequence(parts[1:], end, inner, then)
        )

    def _repeat(
        self, repeat: Repeat, count: int, at: int, groups: Groups, then: Next
    ) -> tuple[int, Groups] | None:
        def more(end: int, inner: Groups) -> tuple[int, Groups] | None:
            # A round that took nothing would go on for ever.
            if end == at and count >= repeat.low:
                return None
            return self._repeat(repeat, count + 1, end, inner, then)

        def once() -> tuple[int, Groups] | None:
            if repeat.high is not None and count >= repeat.high:
                return None
            return self._match(repeat.body, at, groups, more)

        if count < repeat.low:
            return once()
        if repeat.lazy:
            return then(at, groups) or once()
        return once() or then(at, groups)

    def _fits(self, wanted: CharacterSet | AnyCharacter, character: str) -> bool:
        if isinstance(wanted, AnyCharacter):
            return "s" in self._flags or character not in "\n\r"
        return wanted.has(character)
