"""Constants of cells: a typed value from syntax, or a fault that says how to write one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from standpipe.dmn.facts import Value, ValueType, show
from standpipe.dmn.feel import nodes
from standpipe.dmn.feel.nodes import Node
from standpipe.dmn.sayings import Saying

# What fits a whole number, and a decimal, of every back-end.
_MAX_DIGITS: Final = 18


class Mistyped(ValueError):
    """A cell says something that its column cannot mean: the code of a fault, and its parts."""

    def __init__(self, code: str, **parts: object) -> None:
        super().__init__(code)
        self.code = code
        self.parts = parts


def constant(node: Node, *, kind: ValueType) -> Value:
    """
    Return the value that syntax denotes in a column of a type; whole numbers as int.

    :raises Mistyped: if it is no constant, or one of another type
    """
    value = _value(node, kind)
    found = _type_of(value)
    if value is not None and found != kind:
        raise Mistyped(
            "wrong_type", value=show(value), found=word(found), kind=word(kind), how=how(kind)
        )
    return value


def how(kind: ValueType) -> Saying:
    """Return how to write a constant of a type."""
    return Saying(f"how.{kind}")


def word(kind: ValueType | None) -> Saying:
    """Return the name of a type; None is that of null."""
    return Saying(f"kind.{kind or 'null'}")


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
                raise Mistyped("number_size", how=how(kind))
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
            raise Mistyped("unknown_value", name=repr(name), how=how(kind))
    raise Mistyped("not_single", kind=word(kind), how=how(kind))


def _date(text: str) -> date:
    if len(text) == 10:
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise Mistyped("not_a_date", text=repr(text), how=how("date"))
