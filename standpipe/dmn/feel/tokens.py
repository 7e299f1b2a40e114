"""FEEL text cut into tokens; names with spaces are put together by the parser, which knows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from standpipe.dmn.feel.errors import FeelSyntaxError, unreadable

Kind = Literal["number", "text", "word", "symbol", "end"]

# DMN 1.5, grammar rules 27 and 28; the question mark is a letter there.
_START = (
    "?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"

_TOKEN = re.compile(
    rf"""
    (?P<space>(?:[\s\u0085\u180e\u200b\u2060\ufeff]|//[^\n]*|/\*.*?\*/)+)
  | (?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<text>"(?:[^"\\]|\\.)*")
  | (?P<word>[{_START}][{_PART}]*)
  | (?P<symbol>\*\*|\.\.|<=|>=|!=|->|[-+*/=<>()\[\]{{}},:.@';])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `text` is its source, or for a string literal what the literal says."""

    kind: Kind
    text: str
    start: int


def _unescape(match: re.Match[str]) -> str:
    code = match.group(1)
    if len(code) > 1:
        return chr(min(int(code[1:], 16), 0x10FFFF))
    return _ESCAPED.get(code, "\\" + code)


def _text(source: str) -> str:
    said = _ESCAPE.sub(_unescape, source[1:-1])
    # Two \u escapes may spell one character outside the basic plane.
    return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def tokenise(source: str) -> list[Token]:
    """
    Return the tokens of a FEEL text, comments left out, closed by one of kind `end`.

    :raises FeelSyntaxError: at a character that FEEL does not know, or an open string
    """
    tokens: list[Token] = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            wrong = source[position]
            if wrong == '"':
                raise unreadable("open_text", position=position)
            raise unreadable("character", position=position, character=repr(wrong))
        if match.lastgroup == "number":
            tokens.append(Token("number", match.group(), position))
        elif match.lastgroup == "text":
            tokens.append(Token("text", _text(match.group()), position))
        elif match.lastgroup == "word":
            tokens.append(Token("word", match.group(), position))
        elif match.lastgroup == "symbol":
            tokens.append(Token("symbol", match.group(), position))
        position = match.end()
    tokens.append(Token("end", "", len(source)))
    return tokens


def name_key(name: str) -> tuple[str, ...]:
    """Return a name as its token texts, so that spacing does not matter when names are met."""
    try:
        return tuple(token.text for token in tokenise(name)[:-1])
    except FeelSyntaxError:
        return (name.strip(),)
