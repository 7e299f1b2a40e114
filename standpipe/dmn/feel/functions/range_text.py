"""`range("[1..5]")`: a range from its text, whose bounds are constants."""

from __future__ import annotations

from typing import Any

from standpipe.dmn.feel import nodes
from standpipe.dmn.feel.errors import FeelSyntaxError
from standpipe.dmn.feel.functions.conversion import FUNCTIONS as CONVERSIONS
from standpipe.dmn.feel.functions.conversion import at_literal
from standpipe.dmn.feel.functions.signature import Functions
from standpipe.dmn.feel.parser import parse_expression
from standpipe.dmn.feel.scope import Scope
from standpipe.dmn.feel.values import Range, compare

FUNCTIONS = Functions()

_CONVERSIONS = {function.name: function for function in CONVERSIONS.functions()}


@FUNCTIONS.define("range", "from: string")
def parse_range(text: str) -> Range:
    """Read a range; ValueError if it is none, or its bounds are no constants in order."""
    try:
        node = parse_expression(text)
    except FeelSyntaxError as error:
        raise ValueError(str(error)) from None
    if not isinstance(node, nodes.RangeLiteral):
        raise ValueError("this is no range")
    low, high = _bound(node.low), _bound(node.high)
    if low is not None and high is not None:
        order = compare(low, high)
        if order is None or order > 0:
            raise ValueError("the bounds are not in order")
    return Range(low, high, node.low_closed, node.high_closed)


def _bound(node: nodes.Node | None) -> Any:
    match node:
        case nodes.Constant(value) if value is not None and not isinstance(value, bool):
            return value
        case nodes.Negation(nodes.Constant(value)):
            return -value if value is not None and not isinstance(value, str | bool) else None
        case nodes.AtLiteral(text):
            found = at_literal(text)
        case nodes.Call(nodes.Name(name), arguments, ()) if name in _CONVERSIONS:
            values = [one.value for one in arguments if isinstance(one, nodes.Constant)]
            found = _CONVERSIONS[name].call(values, Scope({}))
        case _:
            found = None
    if found is None:
        raise ValueError("a bound is no constant")
    return found
