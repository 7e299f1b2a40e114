"""What stands alone in FEEL: constants, names, brackets, and the forms that begin with a word."""

from __future__ import annotations

from abc import abstractmethod
from decimal import Decimal
from typing import Final, Literal, cast

from standpipe.dmn.feel import nodes
from standpipe.dmn.feel.nodes import Node
from standpipe.dmn.feel.token_reader import KEYWORDS, TokenReader

COMPARISONS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
# Of decimal128, which is what FEEL counts in.
_MAX_EXPONENT: Final = 6144
_CONSTANTS: Final = {"true": True, "false": False, "null": None}


class PrimaryReader(TokenReader):
    """Reads what operators stand between; operators themselves are the parser's."""

    @abstractmethod
    def expression(self) -> Node:
        """Read a whole expression."""

    @abstractmethod
    def sum(self) -> Node:
        """Read an expression that holds no comparison."""

    @abstractmethod
    def positive_test(self, *, whole: bool) -> Node:
        """Read one test, or an expression, which may hold comparisons if it is `whole`."""

    def expression_knowing(self, *names: str) -> Node:
        """Read an expression in which these names are known as well."""
        outer = self.names
        self.names = outer.inner(names)
        try:
            return self.expression()
        finally:
            self.names = outer

    def primary(self) -> Node:
        token = self.token
        if token.kind == "number":
            value = Decimal(token.text)
            if abs(value.adjusted()) > _MAX_EXPONENT:
                self.fail("number")
            self.position += 1
            return nodes.Constant(value)
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
                self.fail("at_text")
            self.position += 1
            return nodes.AtLiteral(self.tokens[self.position - 1].text)
        return self.fail("value")

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
                self.fail("value")
        if not known and self.only_known:
            self.fail("unknown_name")
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
        if self.token.kind == "symbol" and self.token.text in COMPARISONS:
            operator = cast(nodes.ComparisonOperator, self.expect(*COMPARISONS))
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
