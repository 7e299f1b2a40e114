"""A compiled pattern: does it occur, replace what it matches, split there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import re2

from standpipe.dmn.feel.patterns.backtracking import Backtracker
from standpipe.dmn.feel.patterns.linear import has_back_reference, re2_source
from standpipe.dmn.feel.patterns.syntax import Expression, literal, parse

_MAX_PATTERN: Final = 1000
_MAX_TEXT: Final = 1_000_000
_REPLACEMENT = re.compile(r"\\([\\$])|\$(\d+)|([\\$])|([^\\$]+)")

Span = tuple[int, int]
Match = tuple[Span, tuple[Span | None, ...]]


@lru_cache(maxsize=512)
def pattern(written: str, flags: str) -> Pattern:
    """
    Return a pattern, with the flags of XPath (s, m, i, x, q).

    :raises ValueError: if it is none
    """
    if set(flags) - set("smixq"):
        raise ValueError(f"the flags {flags!r} are not known")
    if len(written) > _MAX_PATTERN:
        raise ValueError("the pattern is too long")
    if "q" in flags:
        return Pattern(literal(written, flags=flags), 0, flags)
    expression, groups = parse(written, flags=flags)
    return Pattern(expression, groups, flags)


class Pattern:
    """A pattern that can be looked for."""

    def __init__(self, expression: Expression, groups: int, flags: str) -> None:
        self.groups = groups
        self.literal = "q" in flags
        self._backtracker = Backtracker(expression, groups, flags)
        self._many_lines = "m" in flags
        self._linear: Any = None
        if has_back_reference(expression):
            return
        options = re2.Options()
        options.log_errors = False
        source = ("(?m)" if self._many_lines else "") + re2_source(expression, flags)
        try:
            self._linear = re2.compile(source, options)
        except re2.error as error:
            raise ValueError(f"the pattern is too large: {error}") from None

    def is_in(self, text: str) -> bool:
        """Tell whether it occurs anywhere in a text."""
        return next(self._matches(text), None) is not None

    def _matches(self, text: str) -> Iterator[Match]:
        if len(text) > _MAX_TEXT:
            raise ValueError("the text is too long")
        # To XPath, no line begins after a line feed that ends the text; to RE2 one does.
        if self._linear is not None and not (self._many_lines and text.endswith("\n")):
            for found in self._linear.finditer(text):
                spans = [found.span(number) for number in range(self.groups + 1)]
                yield spans[0], tuple(None if span[0] < 0 else span for span in spans)
            return
        start = 0
        while start <= len(text):
            match = self._backtracker.search(text, start)
            if match is None:
                return
            begin, end, groups = match
            yield (begin, end), ((begin, end), *groups[1:])
            start = end if end > begin else end + 1

    def _refuse_empty(self) -> None:
        if self.is_in(""):
            raise ValueError("the pattern matches nothing at all")

    def replace(self, text: str, replacement: str) -> str:
        """Return the text with every match replaced; `$1` in the replacement is a group's text."""
        self._refuse_empty()
        parts = [replacement] if self.literal else _read_replacement(replacement, self.groups)
        made, last = [], 0
        grown = len(text)
        for (begin, end), groups in self._matches(text):
            made.append(text[last:begin])
            for part in parts:
                if isinstance(part, str):
                    made.append(part)
                else:
                    span = groups[part]
                    made.append(text[span[0] : span[1]] if span else "")
                grown += len(made[-1])
            if grown > 2 * _MAX_TEXT:
                raise ValueError("the text would be too long")
            last = end
        return "".join(made) + text[last:]

    def split(self, text: str) -> list[str]:
        """Return what stands between the matches."""
        self._refuse_empty()
        made, last = [], 0
        for (begin, end), _ in self._matches(text):
            made.append(text[last:begin])
            last = end
        return [*made, text[last:]]


def _read_replacement(written: str, groups: int) -> list[str | int]:
    parts: list[str | int] = []
    for match in _REPLACEMENT.finditer(written):
        escaped, number, wrong, plain = match.groups()
        if wrong:
            raise ValueError(f"{wrong} in a replacement is written \\{wrong}")
        if number:
            # As many digits as make the number of a group; the rest is text.
            digits = number
            while len(digits) > 1 and int(digits) > groups:
                digits = digits[:-1]
            if int(digits) <= groups:
                parts.append(int(digits))
            parts.append(number[len(digits) :])
        else:
            parts.append(escaped or plain)
    return parts
