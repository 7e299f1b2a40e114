"""Expressions without back-references, as RE2 source: RE2 matches in linear time."""

from __future__ import annotations

from collections.abc import Iterator

from standpipe.dmn.feel.patterns.characters import CharacterSet, ranges_of
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


def has_back_reference(expression: Expression) -> bool:
    """Tell whether an expression repeats what a group matched."""
    match expression:
        case BackReference():
            return True
        case Sequence(parts) | Choice(parts):
            return any(has_back_reference(part) for part in parts)
        case Group(body, _) | Repeat(body, _, _, _):
            return has_back_reference(body)
    return False


def re2_source(expression: Expression, flags: str = "") -> str:
    """Return the source that means the same to RE2; of the flags, s counts here."""
    match expression:
        case Start():
            return "^"
        case End():
            return "$"
        case AnyCharacter():
            return r"[\x{0}-\x{10FFFF}]" if "s" in flags else r"[^\n\r]"
        case CharacterSet():
            return _class(expression)
        case Sequence(parts):
            return "".join(re2_source(part, flags) for part in parts)
        case Choice(branches):
            return "(?:" + "|".join(re2_source(branch, flags) for branch in branches) + ")"
        case Group(body, number):
            return f"({'?:' if number is None else ''}{re2_source(body, flags)})"
        case Repeat(body, low, high, lazy):
            count = f"{{{low}}}" if low == high else f"{{{low},{'' if high is None else high}}}"
            return f"(?:{re2_source(body, flags)}){count}{'?' if lazy else ''}"
    raise AssertionError(expression)


def _class(characters: CharacterSet) -> str:
    if characters.is_plain:
        parts = "".join(_ranges(characters.ranges)) + "".join(
            f"\\{'P' if negated else 'p'}{{{name}}}" for name, negated in characters.categories
        )
        return f"[{'^' if characters.negated else ''}{parts}]"
    ranges = ranges_of(characters)
    # A class that holds nothing at all has no other spelling.
    return f"[{''.join(_ranges(ranges))}]" if ranges else "[^\\x{0}-\\x{10FFFF}]"


def _ranges(ranges: tuple[tuple[int, int], ...]) -> Iterator[str]:
    return (f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in ranges)
