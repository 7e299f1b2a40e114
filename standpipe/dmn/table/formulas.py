"""
Formulas of the bulk dialect: what a column may work out from facts before its cells are tried.

A formula is made of facts, constants and the functions of `formula_functions`, each of which every
back-end computes exactly. What is not among them is refused when the table is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from standpipe.dmn.facts import Value, ValueType
from standpipe.dmn.feel import nodes
from standpipe.dmn.feel.errors import FeelSyntaxError
from standpipe.dmn.feel.parser import parse_expression
from standpipe.dmn.sayings import Several
from standpipe.dmn.table.constants import Mistyped, constant, word
from standpipe.dmn.table.formula_functions import BulkFunction, find_function


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    kind: ValueType


@dataclass(frozen=True, slots=True)
class Fixed:
    """A constant; `kind` is None for null, which fits everywhere."""

    value: Value
    kind: ValueType | None


@dataclass(frozen=True, slots=True)
class Apply:
    function: BulkFunction
    arguments: tuple[Formula, ...]


Formula = Fact | Fixed | Apply


def read_formula(text: str, *, kinds: Mapping[str, ValueType]) -> Formula:
    """
    Read a formula; `kinds` are the types of the facts that it may use.

    :raises Mistyped: if it is not FEEL, not in the bulk dialect, or its types do not fit
    """
    try:
        node = parse_expression(text, names=kinds, only_known=True)
    except FeelSyntaxError as error:
        raise Mistyped("not_a_formula", text=text, why=error.message, how=error.mend) from None
    return _formula(node, kinds)


def read_as_expression(text: str, kinds: Mapping[str, ValueType]) -> bool:
    """Tell whether a text is FEEL at all, over these facts and no others."""
    try:
        parse_expression(text, names=kinds, only_known=True)
    except FeelSyntaxError:
        return False
    return True


def kind_of(formula: Formula) -> ValueType | None:
    """Return the type of what a formula gives; None if it is always null."""
    return formula.function.result if isinstance(formula, Apply) else formula.kind


def facts_of(formula: Formula) -> Iterator[Fact]:
    """Yield the facts that a formula uses, in the order in which it names them."""
    match formula:
        case Fact():
            yield formula
        case Apply(_, arguments):
            for argument in arguments:
                yield from facts_of(argument)


def is_whole(formula: Formula, fact_is_whole: Callable[[str], bool]) -> bool:
    """Tell whether a number formula gives whole numbers only, if these of its facts are whole."""
    match formula:
        case Fact(name, kind):
            return kind != "number" or fact_is_whole(name)
        case Fixed(value, _):
            return not isinstance(value, Decimal)
        case Apply(_, arguments):
            return all(is_whole(argument, fact_is_whole) for argument in arguments)
    raise AssertionError(formula)


def compile_formula(formula: Formula) -> Callable[[Mapping[str, object]], Any]:
    """Return a function from facts, which have been checked, to the value; KeyError without one."""
    match formula:
        case Fact(name, _):
            return lambda facts: facts[name]
        case Fixed(value, _):
            return lambda facts: value
        case Apply(function, arguments):
            parts = [compile_formula(argument) for argument in arguments]
            run = function.python

            def apply(facts: Mapping[str, object]) -> Any:
                values = [part(facts) for part in parts]
                if function.strict and None in values:
                    return None
                return run(*values)

            return apply
    raise AssertionError(formula)


def _formula(node: nodes.Node, kinds: Mapping[str, ValueType]) -> Formula:
    match node:
        case nodes.Name(name) if name in kinds:
            return Fact(name, kinds[name])
        case nodes.Constant(None):
            return Fixed(None, None)
        case nodes.Constant() | nodes.AtLiteral() | nodes.Negation(nodes.Constant()):
            return _fixed(node)
        case nodes.Call(nodes.Name("date"), (nodes.Constant(str()),), ()):
            return _fixed(node)
    name, parts = _call(node)
    arguments = tuple(_formula(part, kinds) for part in parts)
    function = find_function(name, [kind_of(argument) for argument in arguments])
    if function is None:
        given = tuple(word(kind_of(argument)) for argument in arguments)
        raise Mistyped("not_in_bulk", name=name, given=Several(given, "comma"))
    if name == "*" and not any(
        isinstance(one, Fixed) and isinstance(one.value, int) for one in arguments
    ):
        raise Mistyped("inexact_product")
    return Apply(function, arguments)


def _fixed(node: nodes.Node) -> Fixed:
    for kind in ("number", "string", "boolean", "date"):
        try:
            return Fixed(constant(node, kind=kind), kind)
        except Mistyped:
            continue
    raise Mistyped("untyped_constant")


def _call(node: nodes.Node) -> tuple[str, tuple[nodes.Node, ...]]:
    """Return the name of the function that a node stands for, and what it is applied to."""
    match node:
        case nodes.Arithmetic(operator, left, right):
            return operator, (left, right)
        case nodes.Comparison(operator, left, right):
            return operator, (left, right)
        case nodes.Negation(of):
            return "negate", (of,)
        case nodes.Both(left, right):
            return "and", (left, right)
        case nodes.Either(left, right):
            return "or", (left, right)
        case nodes.Between(value, low, high):
            return "between", (value, low, high)
        case nodes.Conditional(condition, then, otherwise):
            return "if", (condition, then, otherwise)
        case nodes.Path(nodes.Call(nodes.Name("years and months duration"), ends, ()), "years"):
            return "years between", ends
        case nodes.Path(nodes.Arithmetic("-", left, right), "days"):
            return "days between", (right, left)
        case nodes.Path(of, name):
            return name, (of,)
        case nodes.Call(nodes.Name(name), arguments, ()):
            return name, arguments
    raise Mistyped("not_bulk_expression")
