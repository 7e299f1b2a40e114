"""FEEL text to syntax tree, by recursive descent (DMN 1.5, chapter 10.3.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final, Literal, TypeVar, cast

from standpipe.dmn.feel import nodes
from standpipe.dmn.feel.errors import FeelSyntaxError
from standpipe.dmn.feel.names import Names
from standpipe.dmn.feel.nodes import Node
from standpipe.dmn.feel.token_reader import KEYWORDS, TokenReader

_COMPARISONS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
_CONSTANTS: Final = {"true": True, "false": False, "null": None}

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
    return FeelSyntaxError(
        "The expression is nested too deeply.", position=0, mend="Split it into several."
    )


class _Parser(TokenReader):
    # Cells

    def unary_tests(self) -> nodes.UnaryTests:
        if self.token.kind == "end":
            self.fail("The cell is empty", mend="Write - where any value will do.")
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
        if self.token.kind == "symbol" and self.token.text in _COMPARISONS:
            operator = cast(nodes.ComparisonOperator, self.expect(*_COMPARISONS))
            return nodes.UnaryComparison(operator, self.sum())
        return self.expression() if whole else self.sum()

    # Expressions, loosest binding first

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            self.fail("The expression is nested too deeply", mend="Split it into several.")
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
            if self.token.kind == "symbol" and self.token.text in _COMPARISONS:
                operator = cast(nodes.ComparisonOperator, self.expect(*_COMPARISONS))
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
            self.fail("There are too many minus signs")
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

    def expression_knowing(self, *names: str) -> Node:
        """Read an expression in which these names are known as well."""
        outer = self.names
        self.names = outer.inner(names)
        try:
            return self.expression()
        finally:
            self.names = outer

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

    # What stands alone

    def primary(self) -> Node:
        token = self.token
        if token.kind == "number":
            self.position += 1
            return nodes.Constant(Decimal(token.text))
        if token.kind == "text":
            self.position += 1
            return nodes.Constant(token.text)
        if token.kind == "word":
            return self.word()
        if self.at("("):
            return self.parenthesis()
        if self.at("[", "]"):
            return self.bracket()
        if self.at("{"):
            return self.context()
        if self.take("@"):
            if self.token.kind != "text":
                self.fail("Expected a text after @", mend='Write a date as @"2026-04-01".')
            self.position += 1
            return nodes.AtLiteral(self.tokens[self.position - 1].text)
        return self.fail("Expected a value")

    def word(self) -> Node:
        known = self.names.longest_at(self.tokens, self.position)
        text = self.token.text
        if known <= 1:
            if text in _CONSTANTS:
                self.position += 1
                return nodes.Constant(_CONSTANTS[text])
            if text == "if":
                return self.conditional()
            if text == "for":
                return self.loop()
            if text in ("some", "every"):
                return self.quantified()
            if text == "function" and self.next_is("("):
                return self.function()
            if text in KEYWORDS:
                self.fail("Expected a value")
        if not known and self.only_known:
            self.fail("The name is not known", mend='Write text in straight quotes ("…").')
        return nodes.Name(self.take_name(known or 1))

    def conditional(self) -> Node:
        self.expect("if")
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return nodes.Conditional(condition, then, self.expression())

    def iterators(self) -> tuple[nodes.Iterator, ...]:
        """Read `name in domain, …`; each name is known from there on."""
        iterators: list[nodes.Iterator] = []
        while not iterators or self.take(","):
            name = self.name_before("in")
            self.expect("in")
            domain = self.expression()
            until = self.expression() if self.take("..") else None
            iterators.append(nodes.Iterator(name, domain, until))
            self.names.add(name)
        return tuple(iterators)

    def loop(self) -> Node:
        self.expect("for")
        outer, self.names = self.names, self.names.inner()
        try:
            iterators = self.iterators()
            self.expect("return")
            return nodes.For(iterators, self.expression_knowing("partial"))
        finally:
            self.names = outer

    def quantified(self) -> Node:
        kind: Literal["some", "every"] = "some" if self.at("some") else "every"
        self.expect(kind)
        outer, self.names = self.names, self.names.inner()
        try:
            iterators = self.iterators()
            self.expect("satisfies")
            return nodes.Quantified(kind, iterators, self.expression())
        finally:
            self.names = outer

    def function(self) -> Node:
        self.expect("function")
        self.expect("(")
        parameters: list[nodes.Parameter] = []
        while not self.at(")"):
            name = self.name_before(":", ",", ")")
            parameters.append(nodes.Parameter(name, self.type_name() if self.take(":") else None))
            if not self.take(","):
                break
        self.expect(")")
        external = self.take("external")
        body = self.expression_knowing(*(parameter.name for parameter in parameters))
        return nodes.FunctionLiteral(tuple(parameters), body, external)

    def parenthesis(self) -> Node:
        start = self.position
        self.expect("(")
        if self.token.kind == "symbol" and self.token.text in _COMPARISONS:
            operator = cast(nodes.ComparisonOperator, self.expect(*_COMPARISONS))
            operand = self.sum()
            self.expect(")")
            return nodes.UnaryComparison(operator, operand)
        node = self.expression()
        if self.at(".."):
            self.position = start
            return self.range()
        self.expect(")")
        return node

    def bracket(self) -> Node:
        start = self.position
        if self.at("]"):
            return self.range()
        self.expect("[")
        items: list[Node] = []
        while not self.at("]"):
            items.append(self.positive_test(whole=True))
            if self.at("..") and len(items) == 1:
                self.position = start
                return self.range()
            if not self.take(","):
                break
        self.expect("]")
        return nodes.ListLiteral(tuple(items))

    def range(self) -> Node:
        low_closed = self.expect("(", "[", "]") == "["
        low = self.sum()
        self.expect("..")
        high = self.sum()
        high_closed = self.expect(")", "]", "[") == "]"
        return nodes.RangeLiteral(low, high, low_closed, high_closed)

    def context(self) -> Node:
        self.expect("{")
        outer, self.names = self.names, self.names.inner()
        try:
            entries: list[tuple[str, Node]] = []
            while not self.at("}"):
                if self.token.kind == "text":
                    key = self.token.text
                    self.position += 1
                else:
                    key = self.name_before(":")
                self.expect(":")
                entries.append((key, self.expression()))
                self.names.add(key)
                # Paths and filters after the context may use its names too.
                outer.add(key)
                if not self.take(","):
                    break
            self.expect("}")
            return nodes.ContextLiteral(tuple(entries))
        finally:
            self.names = outer
