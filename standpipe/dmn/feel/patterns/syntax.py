"""The syntax of regular expressions in XPath (XQuery and XPath Functions 3.1, chapter 5.6.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from standpipe.dmn.feel.patterns.characters import ESCAPES, CharacterSet, category, with_variants


@dataclass(frozen=True, slots=True)
class Start:
    """`^`"""


@dataclass(frozen=True, slots=True)
class End:
    """`$`"""


@dataclass(frozen=True, slots=True)
class AnyCharacter:
    """`.`"""


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    branches: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in parentheses; `number` is None where it captures nothing."""

    body: Expression
    number: int | None


@dataclass(frozen=True, slots=True)
class Repeat:
    body: Expression
    low: int
    high: int | None
    lazy: bool


@dataclass(frozen=True, slots=True)
class BackReference:
    number: int


Expression = (
    CharacterSet | Start | End | AnyCharacter | Sequence | Choice | Group | Repeat | BackReference
)

_SINGLE: Final = {"n": "\n", "r": "\r", "t": "\t"} | {sign: sign for sign in r"\|.-^?*+{}()[]$"}
_MAX_DEPTH: Final = 50


def parse(source: str, *, flags: str = "") -> tuple[Expression, int]:
    """
    Return the expression and how many groups it has; of the flags, x, i and s count here.

    :raises ValueError: if it is none
    """
    reader = _Reader(_unspaced(source) if "x" in flags else source, flags)
    expression = reader.choice()
    if reader.position < len(reader.source):
        raise ValueError("a parenthesis is not opened")
    return expression, reader.groups


def literal(text: str, *, flags: str = "") -> Expression:
    """Return the expression that matches a text as it stands (flag q)."""
    characters = [one(character) for character in text]
    return Sequence(tuple(with_variants(c) if "i" in flags else c for c in characters))


def _unspaced(source: str) -> str:
    """Take out white space, but not within a class."""
    kept, depth, escaped = [], 0, False
    for character in source:
        if depth == 0 and character in " \t\r\n":
            continue
        kept.append(character)
        if not escaped:
            depth += (character == "[") - (character == "]" and depth > 0)
        escaped = character == "\\" and not escaped
    return "".join(kept)


def one(character: str) -> CharacterSet:
    """Return the set of one character."""
    return CharacterSet(ranges=((ord(character), ord(character)),))


class _Reader:
    def __init__(self, source: str, flags: str) -> None:
        self.source = source
        self.any_case = "i" in flags
        self.position = 0
        self.groups = 0
        self.closed: set[int] = set()
        self.depth = 0

    def peek(self) -> str:
        return self.source[self.position : self.position + 1]

    def next(self) -> str:
        character = self.source[self.position : self.position + 1]
        if not character:
            raise ValueError("the pattern ends too soon")
        self.position += 1
        return character

    def choice(self) -> Expression:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise ValueError("the pattern is nested too deeply")
        branches = [self.branch()]
        while self.peek() == "|":
            self.position += 1
            branches.append(self.branch())
        self.depth -= 1
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def branch(self) -> Expression:
        parts: list[Expression] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.quantified(self.atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def quantified(self, body: Expression) -> Expression:
        sign = self.peek()
        if sign not in ("?", "*", "+", "{") or not sign:
            return body
        self.position += 1
        low, high = {"?": (0, 1), "*": (0, None), "+": (1, None)}.get(sign) or self.counts()
        lazy = self.peek() == "?"
        if lazy:
            self.position += 1
        return Repeat(body, low, high, lazy)

    def counts(self) -> tuple[int, int | None]:
        end = self.source.find("}", self.position)
        low, comma, high = self.source[self.position : max(end, self.position)].partition(",")
        self.position = end + 1
        if end < 0 or not _digits(low) or (high and not _digits(high)):
            raise ValueError("a count is not written {2}, {2,} or {2,5}")
        if not comma:
            return int(low), int(low)
        if high and int(high) < int(low):
            raise ValueError("a count has its greater number first")
        return int(low), int(high) if high else None

    def atom(self) -> Expression:
        character = self.next()
        match character:
            case "^":
                return Start()
            case "$":
                return End()
            case ".":
                return AnyCharacter()
            case "(":
                return self.group()
            case "[":
                return self.cased(self.character_class())
            case "\\":
                return self.escape()
            case "?" | "*" | "+" | "{" | "}" | "]" | ")":
                raise ValueError(f"{character} stands where it means nothing")
        return self.cased(one(character))

    def cased(self, characters: CharacterSet) -> CharacterSet:
        return with_variants(characters) if self.any_case else characters

    def group(self) -> Expression:
        number: int | None = None
        if self.source.startswith("?:", self.position):
            self.position += 2
        elif self.peek() == "?":
            raise ValueError("(? begins nothing that XPath knows")
        else:
            self.groups += 1
            number = self.groups
        body = self.choice()
        if self.peek() != ")":
            raise ValueError("a parenthesis is not closed")
        self.position += 1
        if number is not None:
            self.closed.add(number)
        return Group(body, number)

    def escape(self) -> Expression:
        if self.source[self.position : self.position + 1] in tuple("123456789"):
            number = int(self.next())
            while (
                self.source[self.position : self.position + 1].isdigit()
                and number * 10 + int(self.source[self.position]) in self.closed
            ):
                number = number * 10 + int(self.next())
            if number not in self.closed:
                raise ValueError(f"\\{number} refers to no group before it")
            return BackReference(number)
        characters = self.set_escape()
        return self.cased(characters) if _is_one(characters) else characters

    def set_escape(self) -> CharacterSet:
        character = self.next()
        if character in ESCAPES:
            return ESCAPES[character]
        if character in ("p", "P"):
            end = self.source.find("}", self.position)
            if self.next() != "{" or end < 0:
                raise ValueError("a category is not written \\p{L}")
            name = self.source[self.position : end]
            self.position = end + 1
            return category(name, negated=character == "P")
        if character in _SINGLE:
            return one(_SINGLE[character])
        raise ValueError(f"\\{character} means nothing")

    def character_class(self) -> CharacterSet:
        negated = self.source.startswith("^", self.position)
        self.position += negated
        ranges: list[tuple[int, int]] = []
        inner: list[CharacterSet] = []
        less: CharacterSet | None = None
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise ValueError("the pattern is nested too deeply")
        while True:
            character = self.next()
            if character == "]":
                break
            if character == "-" and self.source.startswith("[", self.position):
                self.position += 1
                less = self.character_class()
                if self.next() != "]":
                    raise ValueError("a subtraction stands last in its class")
                break
            if character == "[":
                raise ValueError("[ within a class is written \\[")
            low = self.set_escape() if character == "\\" else one(character)
            if not _is_one(low):
                inner.append(low)
                continue
            ranges.append(self.range_from(low.ranges[0][0]))
        self.depth -= 1
        if not ranges and not inner:
            raise ValueError("a class is empty")
        categories = tuple(
            name for one_ in inner if one_.is_plain and not one_.negated for name in one_.categories
        )
        plain = [one_ for one_ in inner if one_.is_plain and not one_.negated]
        ranges += [pair for one_ in plain for pair in one_.ranges]
        odd = tuple(one_ for one_ in inner if one_ not in plain)
        return CharacterSet(tuple(ranges), categories, negated, less, odd)

    def range_from(self, low: int) -> tuple[int, int]:
        rest = self.source[self.position : self.position + 2]
        if not rest.startswith("-") or rest in ("-]", "-["):
            return low, low
        self.position += 1
        character = self.next()
        high = self.set_escape() if character == "\\" else one(character)
        if not _is_one(high) or high.ranges[0][0] < low:
            raise ValueError("a range in a class runs backwards")
        return low, high.ranges[0][0]


def _is_one(characters: CharacterSet) -> bool:
    ranges = characters.ranges
    return (
        len(ranges) == 1
        and ranges[0][0] == ranges[0][1]
        and not characters.negated
        and not characters.categories
    )


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5
