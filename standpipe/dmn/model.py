"""A DMN file, read and checked: its decisions, ready to use."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from standpipe.dmn.decision import Decision
from standpipe.dmn.document import read_definitions
from standpipe.dmn.faults import Fault, FaultyModel
from standpipe.dmn.feel.names import normal_name
from standpipe.dmn.table.item_types import ItemTypes
from standpipe.dmn.table.reading import TableReader


class Model:
    """The decisions of one file."""

    def __init__(self, *, file: str, name: str, decisions: tuple[Decision, ...]) -> None:
        self.file = file
        self.name = name
        self.decisions = decisions

    def decision(self, name: str) -> Decision:
        """Return a decision by its name or id; KeyError if there is none."""
        for decision in self.decisions:
            if name in (decision.name, decision.id):
                return decision
        raise KeyError(name)


def load(xml: bytes, name: str) -> Model:
    """
    Read a DMN model whose decisions are tables; `name` is the file's, for its faults.

    :raises FaultyModel: with every fault of every cell
    """
    root = read_definitions(xml, file=name)
    types = ItemTypes(root)
    names: dict[str, str] = {}
    for data in root.findall("inputData"):
        variable = data.find("variable")
        reference = None if variable is None else variable.get("typeRef")
        if reference:
            names[normal_name(data.get("name", ""))] = reference
    faults: list[Fault] = []
    decisions: list[Decision] = []
    for element in root.findall("decision"):
        decision = _decision(element, name, types, names, faults)
        if decision is not None:
            decisions.append(decision)
    if not faults and not decisions:
        faults.append(Fault(name, None, None, None, "There is no decision.", "Add one."))
    if faults:
        raise FaultyModel(faults)
    return Model(file=name, name=root.get("name", name), decisions=tuple(decisions))


def _decision(
    element: Element,
    file: str,
    types: ItemTypes,
    names: dict[str, str],
    faults: list[Fault],
) -> Decision | None:
    title = element.get("name", "")
    table = element.find("decisionTable")
    if table is None:
        faults.append(
            Fault(file, title, None, None, "The decision is not a table.", "Write it as a table.")
        )
        return None
    reader = TableReader(file=file, name=title, types=types, types_of_names=names)
    variable = element.find("variable")
    read = reader.read(table, result_type=None if variable is None else variable.get("typeRef"))
    faults.extend(reader.faults)
    if read is None:
        return None
    return Decision(identifier=element.get("id", title), name=title, table=read, file=file)
