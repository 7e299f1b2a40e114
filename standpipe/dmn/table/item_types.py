"""The types that a model names: FEEL's own, and item definitions that narrow one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from standpipe.dmn.document import text_of
from standpipe.dmn.facts import VALUE_TYPES, ValueType
from standpipe.dmn.sayings import Several
from standpipe.dmn.table.cell_reading import read_cell
from standpipe.dmn.table.cells import Cell
from standpipe.dmn.table.constants import Mistyped

_MAX_CHAIN: Final = 20


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A base type, and the values of it that are allowed; None allows all."""

    base: ValueType
    allowed: Cell | None = None


class ItemTypes:
    """Type references resolved to columns' types."""

    def __init__(self, definitions: Element) -> None:
        self._items: Mapping[str, Element] = {
            item.get("name", ""): item for item in definitions.findall("itemDefinition")
        }

    def resolve(self, reference: str) -> ColumnType:
        """
        Return what a type reference stands for.

        :raises Mistyped: if it is unknown, a list or structure, or its allowed values are faulty
        """
        allowed: Cell | None = None
        name = reference
        for _ in range(_MAX_CHAIN):
            plain = name.removeprefix("feel:").strip()
            if plain in VALUE_TYPES:
                base: ValueType = plain
                return ColumnType(base, allowed)
            item = self._items.get(plain)
            if item is None:
                break
            if item.find("itemComponent") is not None or item.get("isCollection") == "true":
                raise Mistyped("several_values", type=repr(plain))
            name = text_of(item, "typeRef") or ""
            values = text_of(item.find("allowedValues"))
            if values and allowed is None:
                allowed = read_cell(values, kind=self.resolve(name).base)
        raise Mistyped("unknown_type", type=repr(reference), known=Several(VALUE_TYPES, "comma"))
