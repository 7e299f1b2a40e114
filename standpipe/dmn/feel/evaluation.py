"""Syntax tree to closure: what an expression gives in a scope (DMN 1.5, chapter 10.3.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from standpipe.dmn.feel import nodes
from standpipe.dmn.feel.arithmetic import calculate, negate
from standpipe.dmn.feel.calling import call, closure
from standpipe.dmn.feel.external import external_function
from standpipe.dmn.feel.filtering import filtered
from standpipe.dmn.feel.functions import BUILTINS
from standpipe.dmn.feel.functions.conversion import at_literal
from standpipe.dmn.feel.iteration import compile_for, compile_quantified
from standpipe.dmn.feel.nodes import Node
from standpipe.dmn.feel.properties import member
from standpipe.dmn.feel.scope import Scope
from standpipe.dmn.feel.types import FeelType, conforms, resolve, unconstrained
from standpipe.dmn.feel.values import Range, compare, equal, kind_of

Closure = Callable[[Scope], Any]
Named = Callable[[str], "FeelType | None"]


class Compiler:
    """Compiles expressions of one model; `named` knows the types that the model defines."""

    def __init__(self, named: Named = lambda name: None) -> None:
        self.named = named

    def compile(self, node: Node) -> Closure:
        """Return a function from scope to value."""
        return _COMPILE[type(node)](self, node)

    # Values

    def _constant(self, node: nodes.Constant) -> Closure:
        value = node.value
        return lambda scope: value

    def _at_literal(self, node: nodes.AtLiteral) -> Closure:
        value = at_literal(node.text)
        return lambda scope: value

    def _name(self, node: nodes.Name) -> Closure:
        name = node.name

        def find(scope: Scope) -> Any:
            found, value = scope.find(name)
            if found:
                return value
            if name in BUILTINS:
                return BUILTINS[name]
            return scope.note(f"{name!r} is not known")

        return find

    def _path(self, node: nodes.Path) -> Closure:
        of, name = self.compile(node.of), node.name
        return lambda scope: member(of(scope), name)

    def _list(self, node: nodes.ListLiteral) -> Closure:
        items = [self.compile(item) for item in node.items]
        return lambda scope: [item(scope) for item in items]

    def _context(self, node: nodes.ContextLiteral) -> Closure:
        entries = [(name, self.compile(value)) for name, value in node.entries]

        def build(scope: Scope) -> Any:
            values: dict[str, Any] = {}
            inner = scope.inner(values)
            for name, value in entries:
                if name in values:
                    return scope.note(f"the context has two entries {name!r}")
                values[name] = value(inner)
            return values

        return build

    def _range(self, node: nodes.RangeLiteral) -> Closure:
        low = self.compile(node.low) if node.low else lambda scope: None
        high = self.compile(node.high) if node.high else lambda scope: None

        def build(scope: Scope) -> Any:
            start, end = low(scope), high(scope)
            if compare(start, end) is None:
                return scope.note("the bounds of a range are null or of different kinds")
            return Range(start, end, node.low_closed, node.high_closed)

        return build

    def _function(self, node: nodes.FunctionLiteral) -> Closure:
        types = tuple(
            resolve(parameter.type, named=self.named) if parameter.type else None
            for parameter in node.parameters
        )
        names = tuple(parameter.name for parameter in node.parameters)
        body = self.compile(node.body)
        if node.external:
            return lambda scope: external_function(body(scope), names, scope)
        return lambda scope: closure(names, types, body, scope)

    # Operators

    def _arithmetic(self, node: nodes.Arithmetic) -> Closure:
        operator, left, right = node.operator, self.compile(node.left), self.compile(node.right)

        def apply(scope: Scope) -> Any:
            one, other = left(scope), right(scope)
            value = calculate(operator, one, other)
            if value is None:
                scope.note(f"{kind_of(one)} {operator} {kind_of(other)} has no answer")
            return value

        return apply

    def _negation(self, node: nodes.Negation) -> Closure:
        of = self.compile(node.of)
        return lambda scope: negate(of(scope))

    def _comparison(self, node: nodes.Comparison) -> Closure:
        left, right = self.compile(node.left), self.compile(node.right)
        test = comparator(node.operator)
        return lambda scope: test(left(scope), right(scope))

    def _both(self, node: nodes.Both) -> Closure:
        left, right = self.compile(node.left), self.compile(node.right)

        def both(scope: Scope) -> bool | None:
            one = left(scope)
            if one is False:
                return False
            other = right(scope)
            if other is False:
                return False
            return True if one is True and other is True else None

        return both

    def _either(self, node: nodes.Either) -> Closure:
        left, right = self.compile(node.left), self.compile(node.right)

        def either(scope: Scope) -> bool | None:
            one = left(scope)
            if one is True:
                return True
            other = right(scope)
            if other is True:
                return True
            return False if one is False and other is False else None

        return either

    def _between(self, node: nodes.Between) -> Closure:
        value, low, high = map(self.compile, (node.value, node.low, node.high))

        def between(scope: Scope) -> bool | None:
            return Range(low(scope), high(scope), True, True).holds_strictly(value(scope))

        return between

    def _conditional(self, node: nodes.Conditional) -> Closure:
        condition, then = self.compile(node.condition), self.compile(node.then)
        otherwise = self.compile(node.otherwise)
        return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)

    def _instance_of(self, node: nodes.InstanceOf) -> Closure:
        value = self.compile(node.value)
        wanted = unconstrained(resolve(node.type, named=self.named))
        is_null = node.type.name == "Null"

        def check(scope: Scope) -> bool:
            found = value(scope)
            return is_null if found is None else conforms(found, wanted)

        return check

    # Tests

    def _in(self, node: nodes.In) -> Closure:
        value = self.compile(node.value)
        test = self.any_of(node.tests)
        return lambda scope: test(scope, value(scope))

    def _unary_comparison(self, node: nodes.UnaryComparison) -> Closure:
        operand, operator = self.compile(node.operand), node.operator

        def build(scope: Scope) -> Any:
            bound = operand(scope)
            if bound is None:
                return scope.note("a range needs a bound")
            match operator:
                case "=":
                    return Range(bound, bound, True, True)
                case "<" | "<=":
                    return Range(None, bound, False, operator == "<=")
                case ">" | ">=":
                    return Range(bound, None, operator == ">=", False)
            return scope.note("!= is no range")

        return build

    def _cell(self, node: nodes.UnaryTests) -> Closure:
        test = self.unary_tests(node)
        return lambda scope: test(scope, scope.find("?")[1])

    def unary_tests(self, node: nodes.UnaryTests) -> Callable[[Scope, Any], bool | None]:
        """Return a function from scope and input value to whether a cell holds."""
        if not node.tests:
            return lambda scope, value: True
        test = self.any_of(node.tests)
        if not node.negated:
            return test

        def negated(scope: Scope, value: Any) -> bool | None:
            found = test(scope, value)
            return None if found is None else not found

        return negated

    def any_of(self, tests: Sequence[Node]) -> Callable[[Scope, Any], bool | None]:
        """Return a function that tells whether one of several tests holds of a value."""
        compiled = [self._test(test) for test in tests]
        if len(compiled) == 1:
            return compiled[0]

        def any_holds(scope: Scope, value: Any) -> bool | None:
            found: bool | None = False
            for test in compiled:
                one = test(scope, value)
                if one is True:
                    return True
                if one is None:
                    found = None
            return found

        return any_holds

    def _test(self, node: Node) -> Callable[[Scope, Any], bool | None]:
        if isinstance(node, nodes.UnaryComparison):
            operand, comparison = self.compile(node.operand), comparator(node.operator)
            return lambda scope, value: comparison(value, operand(scope))
        expression = self.compile(node)
        asks_itself = mentions_input(node) or isinstance(node, nodes.RangeLiteral)
        # `true` is a value to be equal to; `count(x) > 3` beside a text can only be a condition.
        may_be_condition = not isinstance(node, nodes.Constant)

        def holds(scope: Scope, value: Any) -> bool | None:
            wanted = expression(scope.inner({"?": value}))
            if isinstance(wanted, bool) and (
                asks_itself or (may_be_condition and not isinstance(value, bool))
            ):
                return wanted
            return None if asks_itself and wanted is None else matches(value, wanted)

        return holds

    # What binds names or calls

    def _for(self, node: nodes.For) -> Closure:
        return compile_for(self.compile, node)

    def _quantified(self, node: nodes.Quantified) -> Closure:
        return compile_quantified(self.compile, node)

    def _filter(self, node: nodes.Filter) -> Closure:
        of, condition = self.compile(node.of), self.compile(node.condition)
        return lambda scope: filtered(of(scope), condition, scope)

    def _call(self, node: nodes.Call) -> Closure:
        function = self.compile(node.function)
        arguments = [self.compile(argument) for argument in node.arguments]
        named = [(name, self.compile(argument)) for name, argument in node.named]

        def invoke(scope: Scope) -> Any:
            return call(
                function(scope),
                [argument(scope) for argument in arguments],
                {name: argument(scope) for name, argument in named} if named else None,
                scope,
            )

        return invoke


_COMPILE: Final[dict[type, Callable[[Compiler, Any], Closure]]] = {
    nodes.Constant: Compiler._constant,
    nodes.AtLiteral: Compiler._at_literal,
    nodes.Name: Compiler._name,
    nodes.Path: Compiler._path,
    nodes.ListLiteral: Compiler._list,
    nodes.ContextLiteral: Compiler._context,
    nodes.RangeLiteral: Compiler._range,
    nodes.FunctionLiteral: Compiler._function,
    nodes.Arithmetic: Compiler._arithmetic,
    nodes.Negation: Compiler._negation,
    nodes.Comparison: Compiler._comparison,
    nodes.Both: Compiler._both,
    nodes.Either: Compiler._either,
    nodes.Between: Compiler._between,
    nodes.Conditional: Compiler._conditional,
    nodes.InstanceOf: Compiler._instance_of,
    nodes.In: Compiler._in,
    nodes.UnaryComparison: Compiler._unary_comparison,
    nodes.UnaryTests: Compiler._cell,
    nodes.For: Compiler._for,
    nodes.Quantified: Compiler._quantified,
    nodes.Filter: Compiler._filter,
    nodes.Call: Compiler._call,
}


def matches(value: Any, wanted: Any) -> bool | None:
    """Tell whether a value passes a test that came to `wanted`: equal to it, or within it."""
    if isinstance(wanted, Range) and not isinstance(value, Range):
        return wanted.holds(value)
    if isinstance(wanted, list):
        if isinstance(value, list) and equal(value, wanted) is True:
            return True
        found: bool | None = False
        for item in wanted:
            one = matches(value, item) if not isinstance(item, list) else equal(value, item)
            if one is True:
                return True
        return found
    return equal(value, wanted)


def comparator(operator: nodes.ComparisonOperator) -> Callable[[Any, Any], bool | None]:
    """Return the function that an operator stands for."""
    if operator == "=":
        return equal
    if operator == "!=":
        return lambda left, right: None if (same := equal(left, right)) is None else not same
    wanted = {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}[operator]

    def ordered(left: Any, right: Any) -> bool | None:
        order = compare(left, right)
        return None if order is None else order in wanted

    return ordered


def mentions_input(node: Any) -> bool:
    """Tell whether an expression speaks of `?`, the value of its own column."""
    if isinstance(node, nodes.Name):
        return node.name == "?"
    if isinstance(node, tuple):
        return any(mentions_input(part) for part in node)
    if hasattr(node, "__dataclass_fields__"):
        return any(mentions_input(getattr(node, name)) for name in node.__dataclass_fields__)
    return False
