"""Writing into the text of a DMN file: one cell or row changes, every other byte stays. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

Kind = Literal["input", "output", "annotation"]
# row from 1, the kind of the cell, and its place among those from 0
Place = tuple[int, Kind, int]
Column = tuple[Kind, int]

_ENTRY: dict[str, Kind] = {
    "inputEntry": "input",
    "outputEntry": "output",
    "annotationEntry": "annotation",
}
_ELEMENT: dict[Kind, str] = {kind: name for name, kind in _ENTRY.items()}
_TABLE = ["definitions", "decision", "decisionTable"]
_ID = re.compile(rb'\sid\s*=\s*("[^"]*"|\'[^\']*\')')


class NoSuchPlace(LookupError):
    """The table has no such decision, row or cell."""


@dataclass
class _Entry:
    kind: Kind
    start: int
    end: int = 0
    text_start: int = -1
    text_end: int = -1


@dataclass
class _Rule:
    start: int
    prefix: str
    identifier: str
    end: int = 0
    end_tag: int = 0
    entries: list[_Entry] = field(default_factory=list)

    def cells(self, kind: Kind) -> list[_Entry]:
        return [one for one in self.entries if one.kind == kind]


def with_cells(xml: str, decision: str, changes: Mapping[Place, str]) -> str:
    """
    Return the file with other texts in some cells of one of its tables.

    :raises NoSuchPlace: if a cell is not there
    """
    content = xml.encode()
    rules = _rules(content, decision)
    edits: list[tuple[int, int, bytes]] = []
    for (row, kind, place), text in sorted(changes.items()):
        rule = _rule(rules, row)
        cells = rule.cells(kind)
        if place < len(cells):
            edits.append(_written(cells[place], rule.prefix, text))
        elif kind == "annotation" and place == len(cells):
            # A row without law has no entry yet.
            edits.append((rule.end_tag, rule.end_tag, _element(kind, rule.prefix, text)))
        else:
            raise NoSuchPlace(f"Row {row} has no {kind} {place + 1}.")
    return _edited(content, edits)


def with_row_copied(xml: str, decision: str, row: int, *, identifier: str) -> str:
    """Return the file with a copy of a row below it, under an id of its own."""
    content = xml.encode()
    rule = _rule(_rules(content, decision), row)
    named = _named(content[rule.start : rule.end], rule, identifier)
    return _edited(content, [(rule.end, rule.end, _space_before(content, rule) + named)])


def without_row(xml: str, decision: str, row: int) -> str:
    """Return the file without a row."""
    content = xml.encode()
    rule = _rule(_rules(content, decision), row)
    start = rule.start - len(_space_before(content, rule))
    return _edited(content, [(start, rule.end, b"")])


def with_row_raised(xml: str, decision: str, row: int) -> str:
    """Return the file with a row one place higher; the first one stays."""
    content = xml.encode()
    rules = _rules(content, decision)
    rule = _rule(rules, row)
    if row == 1:
        return xml
    above = rules[row - 2]
    return _edited(
        content,
        [
            (above.start, above.end, content[rule.start : rule.end]),
            (rule.start, rule.end, content[above.start : above.end]),
        ],
    )


def with_rows(xml: str, decision: str, rows: Sequence[tuple[str, Mapping[Column, str]]]) -> str:
    """
    Return the file with these rows, each by its id with its texts, in this order.

    An id that the table does not have makes a new row; rows that are not named go.

    :raises NoSuchPlace: if a row names a cell that the table does not have
    """
    content = xml.encode()
    rules = _rules(content, decision)
    old = {one.identifier: number for number, one in enumerate(rules, start=1)}
    if list(old) != [identifier for identifier, _ in rows]:
        blocks = []
        for identifier, _ in rows:
            rule = rules[old.get(identifier, 1) - 1]
            block = content[rule.start : rule.end]
            blocks.append(block if identifier in old else _named(block, rule, identifier))
        between = _space_before(content, rules[0])
        edit = (rules[0].start, rules[-1].end, between.join(blocks))
        xml = _edited(content, [edit])
    changes: dict[Place, str] = {
        (number, kind, place): text
        for number, (_, texts) in enumerate(rows, start=1)
        for (kind, place), text in texts.items()
    }
    return with_cells(xml, decision, changes)


def _rule(rules: list[_Rule], row: int) -> _Rule:
    if not 1 <= row <= len(rules):
        raise NoSuchPlace(f"There is no row {row}.")
    return rules[row - 1]


def _named(block: bytes, rule: _Rule, identifier: str) -> bytes:
    """Return a copied row under its own id; its cells lose theirs, which must not stand twice."""
    copied = _ID.sub(b"", block)
    name = f"<{rule.prefix}rule".encode()
    return name + f" id={quoteattr(identifier)}".encode() + copied[len(name) :]


def _written(entry: _Entry, prefix: str, text: str) -> tuple[int, int, bytes]:
    if entry.text_start < 0:
        return entry.start, entry.end, _element(entry.kind, prefix, text)
    return entry.text_start, entry.text_end, _text(prefix, text)


def _text(prefix: str, text: str) -> bytes:
    return f"<{prefix}text>{escape(text)}</{prefix}text>".encode()


def _element(kind: Kind, prefix: str, text: str) -> bytes:
    name = f"{prefix}{_ELEMENT[kind]}".encode()
    return b"<" + name + b">" + _text(prefix, text) + b"</" + name + b">"


def _edited(content: bytes, edits: list[tuple[int, int, bytes]]) -> str:
    for start, end, written in sorted(edits, reverse=True):
        content = content[:start] + written + content[end:]
    return content.decode()


def _space_before(content: bytes, rule: _Rule) -> bytes:
    before = content[: rule.start]
    return before[len(before.rstrip()) :]


def _rules(content: bytes, decision: str) -> list[_Rule]:
    """Find where the rows of a decision's table stand; the file has been read safely before."""
    finder = _Finder(content, decision)
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: finder.start(
        name, attributes, parser.CurrentByteIndex
    )
    parser.EndElementHandler = lambda name: finder.end(parser.CurrentByteIndex)
    parser.Parse(content, True)
    if finder.rules is None:
        raise NoSuchPlace(f"There is no table {decision!r}.")
    return finder.rules


class _Finder:
    def __init__(self, content: bytes, decision: str) -> None:
        self.content = content
        self.decision = decision
        self.path: list[str] = []
        self.starts: list[int] = []
        self.inside = False
        self.rules: list[_Rule] | None = None

    def start(self, name: str, attributes: dict[str, str], at: int) -> None:
        prefix, _, local = name.rpartition(":")
        if local == "decision" and self.path == _TABLE[:1]:
            self.inside = self.decision in (attributes.get("name"), attributes.get("id"))
        self.path.append(local)
        self.starts.append(at)
        if not self.inside or self.path[:3] != _TABLE:
            return
        if self.rules is None:
            self.rules = []
        if local == "rule" and len(self.path) == 4:
            self.rules.append(_Rule(at, f"{prefix}:" if prefix else "", attributes.get("id", "")))
        elif local in _ENTRY and len(self.path) == 5:
            self.rules[-1].entries.append(_Entry(_ENTRY[local], at))
        elif local == "text" and len(self.path) == 6 and self.path[4] in _ENTRY:
            self.rules[-1].entries[-1].text_start = at

    def end(self, at: int) -> None:
        path, local = self.path, self.path[-1]
        opened = self.content.index(b">", self.starts.pop())
        # Of an empty element, expat does not tell where its only tag stands.
        is_empty = self.content[opened - 1 : opened] == b"/"
        after = (opened if is_empty else self.content.index(b">", at)) + 1
        if self.inside and self.rules and path[:3] == _TABLE:
            rule = self.rules[-1]
            if local == "rule" and len(path) == 4:
                rule.end, rule.end_tag = after, at
            elif local in _ENTRY and len(path) == 5:
                rule.entries[-1].end = after
            elif local == "text" and len(path) == 6 and path[4] in _ENTRY:
                rule.entries[-1].text_end = after
        path.pop()
        if local == "decision" and path == _TABLE[:1]:
            self.inside = False
