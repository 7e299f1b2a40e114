"""Sets of characters: ranges, Unicode categories and blocks, negation and subtraction."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from standpipe.dmn.feel.patterns.blocks import BLOCKS

_CATEGORIES: Final = frozenset(
    [
        "L",
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "M",
        "Mn",
        "Mc",
        "Me",
        "N",
        "Nd",
        "Nl",
        "No",
        "P",
        "Pc",
        "Pd",
        "Ps",
        "Pe",
        "Pi",
        "Pf",
        "Po",
        "Z",
        "Zs",
        "Zl",
        "Zp",
        "S",
        "Sm",
        "Sc",
        "Sk",
        "So",
        "C",
        "Cc",
        "Cf",
        "Co",
        "Cn",
    ]
)
_NAME_START: Final = (
    *((0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6)),
    *((0xF8, 0x2FF), (0x370, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F)),
    *((0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFFD)),
    (0x10000, 0xEFFFF),
)
_NAME_PART: Final = (
    *_NAME_START,
    *((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040)),
)


@dataclass(frozen=True, slots=True)
class CharacterSet:
    """Characters in these ranges or categories; `negated` first, then less those subtracted."""

    ranges: tuple[tuple[int, int], ...] = ()
    categories: tuple[tuple[str, bool], ...] = ()
    negated: bool = False
    less: CharacterSet | None = None
    inner: tuple[CharacterSet, ...] = ()

    def has(self, character: str) -> bool:
        """Tell whether a character belongs to the set."""
        code = ord(character)
        found = any(low <= code <= high for low, high in self.ranges)
        if not found and self.categories:
            category = unicodedata.category(character)
            found = any(category.startswith(name) != no for name, no in self.categories)
        if not found:
            found = any(one.has(character) for one in self.inner)
        return found != self.negated and not (self.less and self.less.has(character))

    @property
    def is_plain(self) -> bool:
        """Whether it is made of ranges and named categories alone, perhaps negated as a whole."""
        return (
            self.less is None
            and not self.inner
            and not any(name in ("C", "Cn") for name, _ in self.categories)
        )


def with_variants(characters: CharacterSet) -> CharacterSet:
    """
    Return the set with the other cases of its characters, as the flag i asks.

    Two characters are variants if they agree in lower or in upper case; categories such as
    `\\p{Lu}` stay as they are (XPath Functions 3.1, chapter 5.6.2).
    """
    extra = {
        ord(variant)
        for group in _variants()
        if any(low <= ord(one) <= high for one in group for low, high in characters.ranges)
        for variant in group
    }
    return CharacterSet(
        (*characters.ranges, *((code, code) for code in sorted(extra))),
        characters.categories,
        characters.negated,
        with_variants(characters.less) if characters.less else None,
        characters.inner,
    )


@cache
def _variants() -> tuple[frozenset[str], ...]:
    groups: dict[str, set[str]] = {}
    # No letter beyond this plane has a case; what maps to several letters is its own variant.
    for code in range(0x1E944):
        character = chr(code)
        lower, upper = character.lower(), character.upper()
        if lower != character and len(lower) == 1:
            groups.setdefault(f"l{lower}", {lower}).add(character)
        if upper != character and len(upper) == 1:
            groups.setdefault(f"u{upper}", {upper}).add(character)
    return tuple(frozenset(group) for group in groups.values())


@cache
def ranges_of(characters: CharacterSet) -> tuple[tuple[int, int], ...]:
    """Return the set as ranges of code points, by trying each; slow the first time."""
    found: list[tuple[int, int]] = []
    start = None
    for code in range(0x110000):
        inside = not 0xD800 <= code <= 0xDFFF and characters.has(chr(code))
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            found.append((start, code - 1))
            start = None
    if start is not None:
        found.append((start, 0x10FFFF))
    return tuple(found)


def category(name: str, *, negated: bool) -> CharacterSet:
    """Return the characters of `\\p{name}`; ValueError if there is no such category or block."""
    if name.startswith("Is"):
        block = BLOCKS.get(name[2:])
        if block is None:
            raise ValueError(f"the block {name} is not known")
        return CharacterSet(ranges=(block,), negated=negated)
    if name not in _CATEGORIES:
        raise ValueError(f"the category {name} is not known")
    return CharacterSet(categories=((name, negated),))


_WORD: Final = tuple((name, False) for name in "LMNS")
ESCAPES: Final = {
    "d": CharacterSet(categories=(("Nd", False),)),
    "D": CharacterSet(categories=(("Nd", True),)),
    "w": CharacterSet(categories=_WORD),
    "W": CharacterSet(categories=_WORD, negated=True),
    "s": CharacterSet(ranges=((0x20, 0x20), (0x9, 0xA), (0xD, 0xD))),
    "S": CharacterSet(ranges=((0x20, 0x20), (0x9, 0xA), (0xD, 0xD)), negated=True),
    "i": CharacterSet(ranges=_NAME_START),
    "I": CharacterSet(ranges=_NAME_START, negated=True),
    "c": CharacterSet(ranges=_NAME_PART),
    "C": CharacterSet(ranges=_NAME_PART, negated=True),
}
