"""The text of a cell to a typed test."""

from __future__ import annotations

from standpipe.dmn.facts import Value, ValueType, show
from standpipe.dmn.feel import nodes
from standpipe.dmn.feel.errors import FeelSyntaxError
from standpipe.dmn.feel.parser import parse_expression, parse_unary_tests
from standpipe.dmn.sayings import Several
from standpipe.dmn.table.cells import (
    AnyOf,
    Anything,
    Cell,
    Compares,
    Equals,
    Not,
    Within,
    constants,
    holds,
)
from standpipe.dmn.table.constants import Mistyped, constant, how, word


def read_cell(text: str, *, kind: ValueType, allowed: Cell | None = None) -> Cell:
    """
    Read an input cell of a column of a type; every constant must be among the allowed values.

    :raises Mistyped: if the cell is not FEEL, or could never mean anything in its column
    """
    if not text:
        raise Mistyped("empty_test")
    try:
        tests = parse_unary_tests(text)
    except FeelSyntaxError as error:
        raise Mistyped("not_a_test", text=text, why=error.message, how=how(kind)) from None
    cell = _tests(tests, kind)
    if allowed is not None:
        for value in constants(cell):
            _check_allowed(value, allowed)
    return cell


def read_value(text: str, *, kind: ValueType, allowed: Cell | None = None) -> Value:
    """
    Read an output cell: one constant of the column's type, among the allowed values.

    :raises Mistyped: if it is not
    """
    if not text:
        raise Mistyped("empty_value")
    try:
        value = constant(parse_expression(text), kind=kind)
    except FeelSyntaxError as error:
        raise Mistyped("not_a_value", text=text, why=error.message, how=how(kind)) from None
    if allowed is not None:
        _check_allowed(value, allowed)
    return value


def _check_allowed(value: Value, allowed: Cell) -> None:
    if value is not None and not holds(allowed, value):
        choices = tuple(show(one) for one in constants(allowed))
        raise Mistyped("not_allowed", value=show(value), choices=Several(choices, "comma"))


def _tests(tests: nodes.UnaryTests, kind: ValueType) -> Cell:
    if not tests.tests:
        return Anything()
    cells = tuple(_test(test, kind) for test in tests.tests)
    cell = cells[0] if len(cells) == 1 else AnyOf(cells)
    return Not(cell) if tests.negated else cell


def _test(node: nodes.Node, kind: ValueType) -> Cell:
    match node:
        case nodes.UnaryComparison("=", operand):
            return Equals(constant(operand, kind=kind))
        case nodes.UnaryComparison("!=", operand):
            return Not(Equals(constant(operand, kind=kind)))
        case nodes.UnaryComparison(("<" | "<=" | ">" | ">=") as operator, operand):
            return Compares(operator, _bound(operand, kind))
        case nodes.RangeLiteral(low, high, low_closed, high_closed) if low and high:
            return _range(_bound(low, kind), _bound(high, kind), low_closed, high_closed)
    return Equals(constant(node, kind=kind))


def _bound(node: nodes.Node, kind: ValueType) -> Value:
    if kind in ("boolean", "string"):
        # FEEL would order text by its code points, which is the order of no dictionary.
        raise Mistyped("no_order", kind=word(kind))
    value = constant(node, kind=kind)
    if value is None:
        raise Mistyped("null_bound", how=how(kind))
    return value


def _range(low: Value, high: Value, low_closed: bool, high_closed: bool) -> Within:
    assert low is not None and high is not None
    empty = low > high or (low == high and not (low_closed and high_closed))  # type: ignore[operator]
    if empty:
        raise Mistyped("empty_range", low=show(low), high=show(high))
    return Within(low, high, low_closed, high_closed)
