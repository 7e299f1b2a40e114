"""A decision table as a grid of texts, as people read and write it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from standpipe.dmn.document import read_definitions, text_of
from standpipe.policy.table_text import Kind, NoSuchPlace


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `place` counts from 0 among those of its kind, `allowed` is FEEL."""

    kind: Kind
    place: int
    name: str
    type: str
    allowed: str

    @property
    def key(self) -> str:
        """Its name in forms, such as i0."""
        return f"{self.kind[0]}{self.place}"


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row; `number` counts from 1, `texts` are in the order of the columns."""

    id: str
    number: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table."""

    name: str
    hit_policy: str
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]

    def column(self, name: str) -> Column | None:
        """Return the column of a name, inputs before outputs; None if there is none."""
        return next((one for one in self.columns if one.name == name), None)


def grid_of(xml: str, decision: str, *, file: str) -> Grid:
    """
    Return a table of a file as a grid, whether or not its cells are sound.

    :raises FaultyModel: if the file is not DMN, or not safe to read
    :raises NoSuchPlace: if it has no such table
    """
    root = read_definitions(xml.encode(), file=file)
    for element in root.findall("decision"):
        table = element.find("decisionTable")
        if table is not None and decision in (element.get("name"), element.get("id")):
            columns = (*_inputs(table), *_outputs(table, element), *_annotations(table))
            rows = tuple(
                _row(rule, number, columns)
                for number, rule in enumerate(table.findall("rule"), start=1)
            )
            return Grid(decision, table.get("hitPolicy", "UNIQUE"), columns, rows)
    raise NoSuchPlace(f"There is no table {decision!r}.")


def _inputs(table: Element) -> list[Column]:
    columns = []
    for place, one in enumerate(table.findall("input")):
        asked = one.find("inputExpression")
        name = " ".join((text_of(asked) or "").split())
        kind = ("" if asked is None else asked.get("typeRef")) or ""
        columns.append(Column("input", place, name, kind, text_of(one.find("inputValues")) or ""))
    return columns


def _outputs(table: Element, decision: Element) -> list[Column]:
    return [
        Column(
            "output",
            place,
            str(one.get("name") or decision.get("name", "")),
            one.get("typeRef", ""),
            text_of(one.find("outputValues")) or "",
        )
        for place, one in enumerate(table.findall("output"))
    ]


def _annotations(table: Element) -> list[Column]:
    return [
        Column("annotation", place, (one.get("name") or text_of(one) or "").strip(), "", "")
        for place, one in enumerate(table.findall("annotation"))
    ]


def _row(rule: Element, number: int, columns: tuple[Column, ...]) -> GridRow:
    entries = {
        "input": rule.findall("inputEntry"),
        "output": rule.findall("outputEntry"),
        "annotation": rule.findall("annotationEntry"),
    }
    texts = tuple(
        (text_of(entries[one.kind][one.place]) or "") if one.place < len(entries[one.kind]) else ""
        for one in columns
    )
    return GridRow(rule.get("id", ""), number, texts)
