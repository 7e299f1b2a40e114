"""Constants of cells: a typed value from syntax, or a fault that says how to write one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from standpipe.dmn.facts import Value, ValueType, show
from standpipe.dmn.feel import nodes
from standpipe.dmn.feel.nodes import Node

# What fits a whole number, and a decimal, of every back-end.
_MAX_DIGITS: Final = 18

_HOW_TO_WRITE: Final[dict[ValueType, str]] = {
    "string": 'Write text in straight quotes, such as "higher".',
    "number": "Write a plain number, such as 8 or 12.50.",
    "boolean": "Write true or false.",
    "date": 'Write a date as date("2026-04-01").',
}


class Mistyped(ValueError):
    """A cell says something that its column cannot mean; `mend` says what to write instead."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


def constant(node: Node, *, kind: ValueType) -> Value:
    """
    Return the value that syntax denotes in a column of a type; whole numbers as int.

    :raises Mistyped: if it is no constant, or one of another type
    """
    value = _value(node, kind)
    found = _type_of(value)
    if value is not None and found != kind:
        raise Mistyped(f"{show(value)} is a {found}, but the column takes {kind}.", how(kind))
    return value


def how(kind: ValueType) -> str:
    """Return how to write a constant of a type."""
    return _HOW_TO_WRITE[kind]


def _type_of(value: Value) -> ValueType | None:
    match value:
        case bool():
            return "boolean"
        case str():
            return "string"
        case date():
            return "date"
        case int() | Decimal():
            return "number"
    return None


def _value(node: Node, kind: ValueType) -> Value:
    match node:
        case nodes.Constant(Decimal() as number):
            if number and (number.adjusted() >= _MAX_DIGITS or number.adjusted() < -_MAX_DIGITS):
                raise Mistyped("The number is too large or too small for a table.", how(kind))
            return int(number) if number == number.to_integral_value() else number
        case nodes.Constant(value):
            return value
        case nodes.Negation(nodes.Constant(Decimal() as number)):
            return _value(nodes.Constant(-number), kind)
        case nodes.AtLiteral(text) | nodes.Call(
            nodes.Name("date"), (nodes.Constant(str() as text),), ()
        ):
            return _date(text)
        case nodes.Name(name):
            raise Mistyped(f"{name!r} is not a value that this table knows.", how(kind))
    raise Mistyped(f"This is not a single {kind}.", how(kind))


def _date(text: str) -> date:
    if len(text) == 10:
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise Mistyped(f"{text!r} is not a date.", how("date"))
