"""Text: its parts, and patterns in it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from standpipe.dmn.feel.arithmetic import MAX_TEXT
from standpipe.dmn.feel.functions.signature import Functions
from standpipe.dmn.feel.patterns.pattern import pattern

FUNCTIONS = Functions()


@FUNCTIONS.define("substring", "string: string, start position: number, length?: number?")
def _substring(text: str, start: Decimal, length: Decimal | None = None) -> str:
    place = int(start)
    if place == 0 or abs(place) > len(text):
        raise ValueError("there is no such position")
    if length is not None and length < 1:
        raise ValueError("the length is less than one")
    first = place - 1 if place > 0 else len(text) + place
    return text[first:] if length is None else text[first : first + int(length)]


@FUNCTIONS.define("string length", "string: string")
def _length(text: str) -> Decimal:
    return Decimal(len(text))


@FUNCTIONS.define("upper case", "string: string")
def _upper(text: str) -> str:
    return text.upper()


@FUNCTIONS.define("lower case", "string: string")
def _lower(text: str) -> str:
    return text.lower()


@FUNCTIONS.define("substring before", "string: string, match: string")
def _before(text: str, match: str) -> str:
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@FUNCTIONS.define("substring after", "string: string, match: string")
def _after(text: str, match: str) -> str:
    if not match:
        return text
    return text.partition(match)[2]


@FUNCTIONS.define("contains", "string: string, match: string")
def _contains(text: str, match: str) -> bool:
    return match in text


@FUNCTIONS.define("starts with", "string: string, match: string")
def _starts(text: str, match: str) -> bool:
    return text.startswith(match)


@FUNCTIONS.define("ends with", "string: string, match: string")
def _ends(text: str, match: str) -> bool:
    return text.endswith(match)


@FUNCTIONS.define("matches", "input: string, pattern: string, flags?: string?")
def _matches(text: str, written: str, flags: str | None = None) -> bool:
    return pattern(written, flags or "").is_in(text)


@FUNCTIONS.define("replace", "input: string, pattern: string, replacement: string, flags?: string?")
def _replace(text: str, written: str, replacement: str, flags: str | None = None) -> str:
    return pattern(written, flags or "").replace(text, replacement)


@FUNCTIONS.define("split", "string: string, delimiter: string")
def _split(text: str, delimiter: str) -> list[str]:
    return pattern(delimiter, "").split(text)


@FUNCTIONS.define("string join", "list: list, delimiter?: string?")
def _join(items: list[Any], delimiter: str | None = None) -> str:
    if not all(item is None or isinstance(item, str) for item in items):
        raise ValueError("an item is no text")
    kept = [item for item in items if item is not None]
    between = delimiter or ""
    if sum(map(len, kept)) + len(between) * len(kept) > MAX_TEXT:
        raise ValueError("the text would be too long")
    return between.join(kept)
