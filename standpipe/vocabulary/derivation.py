"""Values that follow from others, and so are never asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.unknown import DOES_NOT_KNOW, is_unknown


def derive(attribute: Attribute, known: Mapping[str, Any], *, on: date) -> Any | None:
    """
    Return what follows for an attribute from known values, by attribute id.

    None while a source is missing or was left blank; DOES_NOT_KNOW if the person does not know one.
    """
    if attribute.derivation is None:
        return None
    values = [known.get(source) for source in attribute.derivation.sources]
    if any(value is None for value in values):
        return None
    if any(is_unknown(value) for value in values):
        return DOES_NOT_KNOW
    return FUNCTIONS[attribute.derivation.function](values, attribute.derivation.argument, on)


def age_on(birth_date: date, *, on: date) -> int:
    """Return whole years of age; someone born on 29 February grows older on 1 March."""
    had_birthday = (on.month, on.day) >= (birth_date.month, birth_date.day)
    return on.year - birth_date.year - (0 if had_birthday else 1)


def _age(values: list[Any], argument: str | None, on: date) -> int:
    return age_on(date.fromisoformat(values[0]), on=on)


def _includes(values: list[Any], argument: str | None, on: date) -> bool:
    return argument in values[0]


def _part(values: list[Any], argument: str | None, on: date) -> str | None:
    return values[0].get(argument) or None


def _full_name(values: list[Any], argument: str | None, on: date) -> str:
    return f"{values[0]['given']} {values[0]['family']}"


FUNCTIONS: dict[str, Callable[[list[Any], str | None, date], Any]] = {
    "age": _age,
    "includes": _includes,
    "part": _part,
    "full_name": _full_name,
}
