"""
The shapes in which bodies come: what may stand in each field, and the key of each fault. Pure.

    checked, faults = check(APPLICATION, body, root="application")

The keys are those of the published services: what is wrong, the object, the path of the field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, under which key, and how to mend it."""

    field: str
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text; a number is taken for its digits, as their own service takes it."""

    longest: int | None = None
    pattern: re.Pattern[str] | None = None
    mend: str = "does not have the form that is expected"


@dataclass(frozen=True, slots=True)
class Code:
    """One of a list of codes."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    smallest: int = 0
    largest: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day as YYYY-MM-DD."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as 2018-12-25T12:30:45Z."""


@dataclass(frozen=True, slots=True)
class Many:
    """A list, every item of one shape."""

    of: Shape


@dataclass(frozen=True, slots=True)
class Thing:
    """An object: its fields by name, and which of them must be there."""

    fields: Mapping[str, Shape]
    required: frozenset[str] = field(default_factory=frozenset)


Shape = Words | Code | Flag | Whole | Day | Moment | Many | Thing
_MOST_ITEMS = 500


def thing(*required: str, **fields: Shape) -> Thing:
    """Return the shape of an object with these fields."""
    return Thing(fields, frozenset(required))


def check(shape: Thing, body: object, *, root: str) -> tuple[dict[str, Any], list[Fault]]:
    """
    Return a body without what is empty, and every fault of its shape.

    `root` is the name of the object in the keys. Fields that the shape does not know stay as they
    are. An empty text counts as left out, as the published services count it.
    """
    checker = _Checker(root)
    if not isinstance(body, Mapping):
        return {}, [Fault("", f"InvalidFormat.{root}", "Send a JSON object.")]
    return checker.thing(shape, body, ""), checker.faults


class _Checker:
    def __init__(self, root: str) -> None:
        self._root = root
        self.faults: list[Fault] = []

    def thing(self, shape: Thing, value: Mapping[str, Any], path: str) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for name, one in value.items():
            inner = shape.fields.get(name)
            where = f"{path}.{name}" if path else name
            if inner is None:
                kept[name] = one
            elif not _is_empty(one):
                checked = self._value(inner, one, where)
                if checked is not None:
                    kept[name] = checked
        for name in sorted(shape.required):
            if _is_empty(value.get(name)):
                where = f"{path}.{name}" if path else name
                self._fault(where, "NotNull", "must not be empty")
        return kept

    def _value(self, shape: Shape, value: Any, path: str) -> Any:
        match shape:
            case Thing() if isinstance(value, Mapping):
                return self.thing(shape, value, path)
            case Many() if isinstance(value, Sequence) and not isinstance(value, str):
                return self._many(shape, value, path)
            case Words() if isinstance(value, str | int) and not isinstance(value, bool):
                return self._words(shape, str(value), path)
            case Code() if value in shape.codes:
                return value
            case Flag() if isinstance(value, bool):
                return value
            case Whole() if isinstance(value, int) and not isinstance(value, bool):
                return self._whole(shape, value, path)
            case Day() if _is_day(value):
                return value
            case Moment() if _is_moment(value):
                return value
        self.faults.append(Fault(path, f"InvalidFormat.{path}", _expected(shape)))
        return None

    def _many(self, shape: Many, value: Sequence[Any], path: str) -> list[Any] | None:
        if len(value) > _MOST_ITEMS:
            self._fault(path, "Size", f"has more than {_MOST_ITEMS} items")
            return None
        items = [self._value(shape.of, one, f"{path}[{at}]") for at, one in enumerate(value)]
        return [one for one in items if one is not None]

    def _words(self, shape: Words, text: str, path: str) -> str:
        if shape.longest is not None and len(text) > shape.longest:
            self._fault(path, "Size", f"has more than {shape.longest} characters")
        if shape.pattern is not None and not shape.pattern.search(text):
            self._fault(path, "Pattern", shape.mend)
        return text

    def _whole(self, shape: Whole, number: int, path: str) -> int:
        if number < shape.smallest:
            self._fault(path, "Min", f"must be {shape.smallest} or more")
        if shape.largest is not None and number > shape.largest:
            self._fault(path, "Max", f"must be {shape.largest} or less")
        return number

    def _fault(self, path: str, what: str, reason: str) -> None:
        self.faults.append(Fault(path, f"{what}.{self._root}.{path}", reason))


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_moment(value: object) -> bool:
    return isinstance(value, str) and moment_of(value) is not None


def moment_of(text: str) -> datetime | None:
    """Return the moment that a text names; None if it names none, or not in which zone."""
    try:
        read = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    # The first and the last years cannot be put into another zone.
    return read if read.tzinfo is not None and 1 < read.year < 9999 else None


def _expected(shape: Shape) -> str:
    match shape:
        case Code():
            return "Send one of " + ", ".join(shape.codes) + "."
        case Flag():
            return "Send true or false."
        case Whole():
            return "Send a whole number."
        case Day():
            return "Send a day as YYYY-MM-DD."
        case Moment():
            return "Send a moment as 2018-12-25T12:30:45Z."
        case Many():
            return "Send a list."
        case Thing():
            return "Send an object."
    return "Send a text."
