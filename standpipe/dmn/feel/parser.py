"""FEEL text to syntax tree, by recursive descent (DMN 1.5, chapter 10.3.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeVar, cast

from standpipe.dmn.feel import nodes
from standpipe.dmn.feel.errors import FeelSyntaxError, unreadable
from standpipe.dmn.feel.names import Names
from standpipe.dmn.feel.nodes import Node
from standpipe.dmn.feel.primaries import COMPARISONS, PrimaryReader

# Deeper nesting than any table written by people; keeps a hostile text from exhausting the stack.
_MAX_DEPTH: Final = 60

_T = TypeVar("_T")


def parse_expression(
    source: str, *, names: Iterable[str] | Names = (), only_known: bool = False
) -> Node:
    """
    Read a FEEL expression; `names` are those in scope besides the built-in functions.

    A name that is not known is null when it is evaluated; with `only_known` it is an error here.

    :raises FeelSyntaxError: if it is not one
    """
    parser = _Parser(source, names, only_known=only_known)
    return _whole(parser, parser.expression)


def parse_unary_tests(
    source: str, *, names: Iterable[str] | Names = (), only_known: bool = False
) -> nodes.UnaryTests:
    """
    Read the unary tests of an input cell, such as `>= 8`, `"a","b"`, `not([1..5])` or `-`.

    :raises FeelSyntaxError: if they are none; of names it asks the same as `parse_expression`
    """
    parser = _Parser(source, names, only_known=only_known)
    return _whole(parser, parser.unary_tests)


def parse_type(source: str) -> nodes.TypeName:
    """
    Read a type, such as `list<number>`.

    :raises FeelSyntaxError: if it is none
    """
    parser = _Parser(source, ())
    return _whole(parser, parser.type_name)


def _whole(parser: _Parser, read: Callable[[], _T]) -> _T:
    try:
        found = read()
    except RecursionError:
        raise too_deep() from None
    parser.expect_end()
    return found


def too_deep() -> FeelSyntaxError:
    """Return the error for what is nested beyond reading."""
    return unreadable("too_deep", position=0)


class _Parser(PrimaryReader):
    # Cells

    def unary_tests(self) -> nodes.UnaryTests:
        if self.token.kind == "end":
            self.fail("empty")
        if self.at("-") and self.tokens[self.position + 1].kind == "end":
            self.position += 1
            return nodes.UnaryTests(())
        if self.at("not") and self.next_is("("):
            start = self.position
            self.position += 2
            try:
                tests = self.positive_tests(whole=True)
                self.expect(")")
                self.expect_end()
                return nodes.UnaryTests(tests, negated=True)
            except FeelSyntaxError as error:
                # `not(a) and b` is an ordinary expression that begins like a negated cell.
                self.position = start
                try:
                    return nodes.UnaryTests(self.positive_tests(whole=True))
                except FeelSyntaxError:
                    raise error from None
        return nodes.UnaryTests(self.positive_tests(whole=True))

    def positive_tests(self, *, whole: bool) -> tuple[Node, ...]:
        tests = [self.positive_test(whole=whole)]
        while self.take(","):
            tests.append(self.positive_test(whole=whole))
        return tuple(tests)

    def positive_test(self, *, whole: bool) -> Node:
        if self.token.kind == "symbol" and self.token.text in COMPARISONS:
            operator = cast(nodes.ComparisonOperator, self.expect(*COMPARISONS))
            return nodes.UnaryComparison(operator, self.sum())
        return self.expression() if whole else self.sum()

    # Expressions, loosest binding first

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            self.fail("deep")
        try:
            return self.disjunction()
        finally:
            self.depth -= 1

    def disjunction(self) -> Node:
        left = self.conjunction()
        while self.take("or"):
            left = nodes.Either(left, self.conjunction())
        return left

    def conjunction(self) -> Node:
        left = self.comparison()
        while self.take("and"):
            left = nodes.Both(left, self.comparison())
        return left

    def comparison(self) -> Node:
        left = self.sum()
        while True:
            if self.token.kind == "symbol" and self.token.text in COMPARISONS:
                operator = cast(nodes.ComparisonOperator, self.expect(*COMPARISONS))
                left = nodes.Comparison(operator, left, self.sum())
            elif self.take("between"):
                low = self.sum()
                self.expect("and")
                left = nodes.Between(left, low, self.sum())
            elif self.take("in"):
                left = nodes.In(left, self.in_tests())
            else:
                return left

    def in_tests(self) -> tuple[Node, ...]:
        if self.at("("):
            start = self.position
            try:
                self.position += 1
                tests = self.positive_tests(whole=True)
                self.expect(")")
                return tests
            except FeelSyntaxError:
                self.position = start
        return (self.positive_test(whole=False),)

    def sum(self) -> Node:
        left = self.product()
        while self.at("+", "-"):
            operator = cast(nodes.ArithmeticOperator, self.expect("+", "-"))
            left = nodes.Arithmetic(operator, left, self.product())
        return left

    def product(self) -> Node:
        left = self.power()
        while self.at("*", "/"):
            operator = cast(nodes.ArithmeticOperator, self.expect("*", "/"))
            left = nodes.Arithmetic(operator, left, self.power())
        return left

    def power(self) -> Node:
        left = self.signed()
        while self.take("**"):
            left = nodes.Arithmetic("**", left, self.signed())
        return left

    def signed(self) -> Node:
        minuses = 0
        while self.take("-"):
            minuses += 1
        node = self.instance()
        if minuses > _MAX_DEPTH:
            self.fail("minuses")
        for _ in range(minuses):
            node = nodes.Negation(node)
        return node

    def instance(self) -> Node:
        node = self.postfix()
        while self.at("instance") and self.next_is("of"):
            self.position += 2
            node = nodes.InstanceOf(node, self.type_name())
        return node

    def postfix(self) -> Node:
        node = self.primary()
        while True:
            if self.at("."):
                self.position += 1
                node = nodes.Path(node, self.member_name())
            elif self.at("[") and not self.closes_range():
                self.position += 1
                node = nodes.Filter(node, self.expression_knowing("item"))
                self.expect("]")
            elif self.at("("):
                self.position += 1
                node = self.call(node)
            else:
                return node

    def closes_range(self) -> bool:
        # `[1..5[`: what follows a closing bracket of a range cannot begin an expression.
        following = self.tokens[self.position + 1]
        return following.kind == "end" or (
            following.kind == "symbol"
            and following.text in {")", "]", "}", ",", "=", "!=", "<=", "..", ".", ":"}
        )

    def call(self, function: Node) -> Node:
        if self.take(")"):
            return nodes.Call(function, ())
        if self.parameter_name_ahead():
            named = [self.named_argument()]
            while self.take(","):
                named.append(self.named_argument())
            self.expect(")")
            return nodes.Call(function, (), tuple(named))
        arguments = [self.expression()]
        while self.take(","):
            arguments.append(self.expression())
        self.expect(")")
        return nodes.Call(function, tuple(arguments))

    def named_argument(self) -> tuple[str, Node]:
        name = self.name_before(":")
        self.expect(":")
        return name, self.expression()

    def parameter_name_ahead(self) -> bool:
        position = self.position
        while self.name_part(position):
            position += 1
        return position > self.position and self.tokens[position].text == ":"
