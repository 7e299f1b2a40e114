"""Item definitions as FEEL types, with their allowed values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element

from standpipe.dmn.document import text_of
from standpipe.dmn.feel.errors import FeelSyntaxError
from standpipe.dmn.feel.evaluation import Compiler
from standpipe.dmn.feel.parser import parse_type, parse_unary_tests
from standpipe.dmn.feel.scope import Scope
from standpipe.dmn.feel.types import (
    ANY,
    Constrained,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    UnknownType,
    builtin_type,
    resolve,
)

_MAX_DEPTH: Final = 30


class ItemTypes:
    """The types that a model and its imports define; an imported one is named `import.type`."""

    def __init__(self, definitions: Element, imported: Mapping[str, ItemTypes]) -> None:
        self._items = {item.get("name", ""): item for item in definitions.findall("itemDefinition")}
        self._imported = imported
        self._resolved: dict[str, FeelType] = {}
        self._depth = 0

    def named(self, name: str) -> FeelType | None:
        """Return the type of a name; None if nothing defines it."""
        plain = name.removeprefix("feel:").strip()
        if plain in self._resolved:
            return self._resolved[plain]
        item = self._items.get(plain)
        if item is None:
            return self._of_import(plain) or builtin_type(plain)
        self._depth += 1
        try:
            # A type that holds itself is cut off: what lies deeper may be anything.
            made = ANY if self._depth > _MAX_DEPTH else self._define(item)
        finally:
            self._depth -= 1
        self._resolved[plain] = made
        return made

    def _of_import(self, name: str) -> FeelType | None:
        for prefix, types in self._imported.items():
            if not prefix:
                found = types.named(name)
            elif name.startswith(f"{prefix}."):
                found = types.named(name.removeprefix(f"{prefix}."))
            else:
                continue
            if found is not None:
                return found
        return None

    def reference(self, name: str | None) -> FeelType | None:
        """Return the type of a `typeRef`; None where there is none, or it is not known."""
        if not name:
            return None
        if "<" not in name:
            return self.named(name)
        try:
            return resolve(parse_type(name), named=self.named)
        except (FeelSyntaxError, UnknownType):
            return None

    def _define(self, item: Element) -> FeelType:
        base = self._base(item)
        if item.get("isCollection") == "true":
            allowed = self._test(item, "allowedValues")
            inner = base if allowed is None else Constrained(base, allowed)
            whole: FeelType = ListType(inner)
            constraint = self._test(item, "typeConstraint")
            return whole if constraint is None else Constrained(whole, constraint)
        for name in ("allowedValues", "typeConstraint"):
            test = self._test(item, name)
            if test is not None:
                base = Constrained(base, test)
        return base

    def _base(self, item: Element) -> FeelType:
        function = item.find("functionItem")
        if function is not None:
            parameters = tuple(
                self.reference(one.get("typeRef") or text_of(one, "typeRef")) or ANY
                for one in function.findall("parameters")
            )
            return FunctionType(parameters, self.reference(function.get("outputTypeRef")) or ANY)
        components = item.findall("itemComponent")
        if components:
            return ContextType({part.get("name", ""): self._define(part) for part in components})
        return self.reference(text_of(item, "typeRef")) or ANY

    def _test(self, item: Element, name: str) -> Callable[[Any], bool] | None:
        text = text_of(item.find(name))
        if not text:
            return None
        try:
            tests = parse_unary_tests(text)
        except FeelSyntaxError:
            return None
        holds = Compiler(self.named).unary_tests(tests)
        return lambda value: holds(Scope({"?": value}), value) is True

    def component_names(self) -> set[str]:
        """Return the names of all parts of all types, imported ones included."""
        names = {
            part.get("name", "")
            for item in self._items.values()
            for part in item.iter("itemComponent")
        }
        for types in self._imported.values():
            names |= types.component_names()
        return names
