"""The parser: whatever it is given, it reads it or says where it is not FEEL."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standpipe.dmn.feel import nodes
from standpipe.dmn.feel.errors import FeelSyntaxError
from standpipe.dmn.feel.evaluation import Compiler
from standpipe.dmn.feel.functions.conversion import text_of
from standpipe.dmn.feel.parser import parse_expression, parse_unary_tests
from standpipe.dmn.feel.scope import Scope, TooMuchWork
from standpipe.dmn.feel.types import UnknownType

_PIECES = st.sampled_from(
    [
        "1",
        "2.5",
        ".3",
        '"a"',
        '"\\u00e9"',
        "true",
        "false",
        "null",
        "x",
        "y",
        "?",
        "item",
        "partial",
        "date",
        "time",
        "string",
        "list",
        "min",
        "max",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        ".",
        "..",
        "+",
        "-",
        "*",
        "/",
        "**",
        "=",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "and",
        "or",
        "not",
        "in",
        "between",
        "if",
        "then",
        "else",
        "for",
        "return",
        "some",
        "every",
        "satisfies",
        "instance",
        "of",
        "function",
        "external",
        "->",
        "@",
        '@"2026-04-01"',
        '@"PT1H"',
        '@"10:00:00Z"',
        "number",
        "context",
        "range",
        "days",
        "duration",
        "//",
        "/*",
        "*/",
        "'",
        ";",
        '"open',
        "\\",
        "é",
        "🐎",
    ]
)
_TEXTS = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=14).map(" ".join))


@given(_TEXTS)
@settings(max_examples=1500, deadline=None)
def test_any_text_is_an_expression_or_a_syntax_error(text):
    try:
        node = parse_expression(text, names=["x", "y"])
    except FeelSyntaxError as error:
        assert 0 <= error.position <= len(text)
        return
    try:
        value = Compiler().compile(node)(Scope({"x": None, "y": [True]}))
    except (UnknownType, TooMuchWork):
        return
    assert isinstance(text_of(value), str)


@given(_TEXTS)
@settings(max_examples=800, deadline=None)
def test_any_cell_is_tests_or_a_syntax_error(text):
    try:
        assert isinstance(parse_unary_tests(text), nodes.UnaryTests)
    except FeelSyntaxError as error:
        assert error.mend


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "1" + ")" * 5000,
        "[" * 5000,
        "-" * 5000 + "1",
        "not(" * 3000 + "true" + ")" * 3000,
        "x instance of " + "list<" * 5000 + "number" + ">" * 5000,
        "if " * 4000,
        "{a:" * 4000,
        "1" * 200_000,
    ],
)
def test_hostile_depth_is_a_syntax_error(text):
    with pytest.raises(FeelSyntaxError):
        parse_expression(text)


@pytest.mark.parametrize("text", ["1" + "+1" * 5000, "x" + ".a" * 5000, "x" + "[1]" * 5000])
def test_long_chains_are_read_or_refused_but_never_crash(text):
    try:
        node = parse_expression(text, names=["x"])
    except FeelSyntaxError:
        return
    with pytest.raises(RecursionError):
        Compiler().compile(node)


def test_the_place_of_a_fault_is_told():
    with pytest.raises(FeelSyntaxError) as error:
        parse_unary_tests(">=== 8")

    assert error.value.position == 2


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("pip moving around", ["pip moving around"], nodes.Name("pip moving around")),
        ("a - b", ["a-b", "a", "b"], nodes.Name("a-b")),
        ("a-b", ["a", "b"], nodes.Arithmetic("-", nodes.Name("a"), nodes.Name("b"))),
        ("date and time", ["date and time"], nodes.Name("date and time")),
        ("person.first name", ["person"], nodes.Path(nodes.Name("person"), "first name")),
    ],
)
def test_names_with_spaces_and_signs_are_met_where_they_are_known(text, names, expected):
    assert parse_expression(text, names=names) == expected
