"""
YAML 1.2 in its core schema (https://yaml.org/spec/1.2.2/#103-core-schema), with lines. Pure.

libyaml finds the structure, some ten times as fast as any parser in Python; what a plain scalar
means is decided here, as libyaml's own rules are those of YAML 1.1 (where `no` is false).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_PREFIX = "tag:yaml.org,2002:"


class NotYaml(ValueError):
    """The text is not YAML, or says what this house does not read; `line` counts from 1."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


class LinedMapping(dict[Any, Any]):
    """A mapping; `lines` has the line of the value of each key, from 1."""

    def __init__(self, values: Mapping[Any, Any], lines: Mapping[Any, int]) -> None:
        super().__init__(values)
        self.lines = dict(lines)


class LinedSequence(list[Any]):
    """A list; `lines` has the line of each item, from 1."""

    def __init__(self, items: list[Any], lines: list[int]) -> None:
        super().__init__(items)
        self.lines = lines


def read(text: str) -> Any:
    """
    Read one document: text, whole and broken numbers, booleans, None, mappings and lists of them.

    `no`, 12:30 and 2019-08-30 are text. An empty document is None.

    :raises NotYaml: also for a key that stands twice and for tags of one's own
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        # A fault at the end is one of the last line that is there.
        at = error.problem_mark.line if error.problem_mark else 0
        problem = ", ".join(part for part in (error.context, error.problem) if part)
        raise NotYaml(problem, min(at + 1, max(1, len(text.splitlines())))) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise NotYaml(f"a character that is not allowed, {error.character!r}", line) from None
    return None if node is None else _Reading().value(node)


# The parser in Python, where PyYAML was built without libyaml, reads the same.
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


for _tag, _pattern, _first in (
    ("null", r"null|Null|NULL|~|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
):
    _Loader.add_implicit_resolver(_PREFIX + _tag, re.compile(f"^(?:{_pattern})$"), _first)


def _whole(text: str) -> int:
    return int(text, 8 if text.startswith("0o") else 16 if text.startswith("0x") else 10)


def _broken(text: str) -> float:
    return float(text.replace(".inf", "inf").replace(".nan", "nan") if "n" in text else text)


_SCALARS: Mapping[str, Callable[[str], Any]] = {
    _PREFIX + "str": str,
    _PREFIX + "null": lambda text: None,
    _PREFIX + "bool": lambda text: text.lower() == "true",
    _PREFIX + "int": _whole,
    _PREFIX + "float": lambda text: _broken(text.lower()),
}


class _Reading:
    """Gives each node its value; what is named by an alias is the same object again."""

    def __init__(self) -> None:
        self._done: dict[int, Any] = {}
        self._under_way: set[int] = set()

    def value(self, node: Node) -> Any:
        if isinstance(node, ScalarNode):
            return _scalar(node)
        if id(node) in self._done:
            return self._done[id(node)]
        if id(node) in self._under_way:
            raise NotYaml("something that holds itself", node.start_mark.line + 1)
        self._under_way.add(id(node))
        value: Any
        if isinstance(node, SequenceNode):
            value = self._sequence(node)
        else:
            assert isinstance(node, MappingNode)
            value = self._mapping(node)
        self._done[id(node)] = value
        return value

    def _sequence(self, node: SequenceNode) -> LinedSequence:
        _known(node, "seq")
        return LinedSequence(
            [self.value(one) for one in node.value],
            [one.start_mark.line + 1 for one in node.value],
        )

    def _mapping(self, node: MappingNode) -> LinedMapping:
        _known(node, "map")
        values: dict[Any, Any] = {}
        lines: dict[Any, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                raise NotYaml("a key that is no single word", line)
            key = _scalar(key_node)
            if key in values:
                raise NotYaml(f"the key {key!r} stands twice", line)
            values[key] = self.value(value_node)
            lines[key] = value_node.start_mark.line + 1
        return LinedMapping(values, lines)


def _scalar(node: ScalarNode) -> Any:
    if node.tag not in _SCALARS:
        raise NotYaml(f"the tag {node.tag!r} is not known", node.start_mark.line + 1)
    return _SCALARS[node.tag](node.value)


def _known(node: Node, kind: str) -> None:
    if node.tag != _PREFIX + kind:
        raise NotYaml(f"the tag {node.tag!r} is not known", node.start_mark.line + 1)
