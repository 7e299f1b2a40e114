"""What a decision is given: values, the absence of one, and the two ways that can go wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final, Literal

Value = str | bool | int | Decimal | date | None
ValueType = Literal["string", "number", "boolean", "date"]

VALUE_TYPES: Final[tuple[ValueType, ...]] = ("string", "number", "boolean", "date")


class Unknown(Enum):
    """Was asked, and the person does not know: not unanswered, and not answered "none"."""

    DOES_NOT_KNOW = "does not know"


DOES_NOT_KNOW: Final = Unknown.DOES_NOT_KNOW


class MissingFacts(Exception):
    """The outcome hangs on facts that are not given; `inputs` names them in table order."""

    def __init__(self, decision: str, inputs: Sequence[str]) -> None:
        super().__init__(f"{decision!r} still needs: {', '.join(inputs)}.")
        self.inputs = tuple(inputs)


class WrongFact(ValueError):
    """A fact has a type or value that its input does not allow; nothing is guessed from it."""

    def __init__(self, decision: str, name: str, value: object, wanted: str) -> None:
        super().__init__(f"{decision!r} was given {value!r} for {name!r}, which takes {wanted}.")
        self.input = name
        self.value = value


class RowsDisagree(Exception):
    """More rows hold than the hit policy allows, or they say different things."""

    def __init__(self, decision: str, rows: Sequence[int]) -> None:
        numbers = " and ".join(str(row) for row in rows)
        super().__init__(f"{decision!r}: rows {numbers} hold at once and cannot both be right.")
        self.rows = tuple(rows)


def has_type(value: object, kind: ValueType) -> bool:
    """Tell whether a value may stand for a type; None never does, nor a binary float."""
    if kind == "number":
        return (type(value) is int) or (type(value) is Decimal and value.is_finite())
    if kind == "boolean":
        return type(value) is bool
    if kind == "date":
        return type(value) is date
    return type(value) is str


def show(value: object) -> str:
    """Return a value as FEEL writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    return format(value, "f") if isinstance(value, Decimal) else str(value)
