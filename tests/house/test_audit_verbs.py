"""Every verb that is written to the audit log has words for residents, and none is idle."""

import ast
import re

from standpipe.audit.verbs import VERBS
from tests.house.source import Module, modules

SHAPE = re.compile(r"^[a-z]+\.[a-z]+$")
# What writes to the log, directly or through an act of its own.
WRITERS = {"record", "record_use", "_event", "_record", "happened"}


def verbs_of(module: Module) -> set[str]:
    """Return the verbs that a module writes, or hands on as `verb` or `audit_verb`."""
    found = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and called_as(node) in WRITERS:
            found |= {text for one in node.args for text in texts(one) if SHAPE.match(text)}
        if isinstance(node, ast.keyword) and node.arg in ("verb", "audit_verb"):
            found |= {text for text in texts(node.value) if SHAPE.match(text)}
        if isinstance(node, ast.FunctionDef):
            found |= {text for text in defaults(node) if SHAPE.match(text)}
    return found


def called_as(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def texts(node: ast.AST) -> set[str]:
    """Return every text that stands in an expression: both of `a if b else c`."""
    return {
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def defaults(function: ast.FunctionDef) -> set[str]:
    named = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    return {
        text
        for argument, value in named
        if argument.arg in ("verb", "audit_verb") and value is not None
        for text in texts(value)
    }


def written() -> set[str]:
    return {
        verb for module in modules("standpipe", "interfaces", "config") for verb in verbs_of(module)
    }


def test_every_verb_that_is_written_has_words():
    assert written() - VERBS.keys() == set()


def test_every_verb_with_words_is_written_somewhere():
    assert VERBS.keys() - written() == set()


def test_a_verb_reads_as_something_done():
    assert [verb for verb in VERBS if not SHAPE.match(verb)] == []
    assert [verb for verb, words in VERBS.items() if not (words.en and words.cy)] == []


def test_verbs_are_found_however_they_are_written():
    code = """
record("case.eaten", actor=a)
record("case.sold" if sold else "case.lent", actor=a)
move(reference, audit_verb="case.lost")
def look(permission, *, verb: str = "case.seen"): ...
"""
    assert verbs_of(Module("standpipe.cases.actions", code)) == {
        "case.eaten",
        "case.sold",
        "case.lent",
        "case.lost",
        "case.seen",
    }
