"""A DMN file, read and checked: its decisions, ready to use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element

from standpipe.dmn.decision import Decision
from standpipe.dmn.document import read_definitions
from standpipe.dmn.faults import Fault, FaultyModel
from standpipe.dmn.feel.names import normal_name
from standpipe.dmn.full.decision import FullDecision
from standpipe.dmn.full.model import FullModel
from standpipe.dmn.table.item_types import ItemTypes
from standpipe.dmn.table.reading import TableReader

# A decision says `standpipe:dialect="full"`; without it, it is in the bulk dialect.
_DIALECT: Final = "{urn:standpipe:dmn}dialect"


class Model:
    """The decisions of one file: those in the bulk dialect, and those in the full one."""

    def __init__(
        self,
        *,
        file: str,
        name: str,
        decisions: tuple[Decision, ...],
        full_decisions: tuple[FullDecision, ...] = (),
    ) -> None:
        self.file = file
        self.name = name
        self.decisions = decisions
        self.full_decisions = full_decisions

    def decision(self, name: str) -> Decision:
        """Return a decision of the bulk dialect by its name or id; KeyError if there is none."""
        for decision in self.decisions:
            if name in (decision.name, decision.id):
                return decision
        raise KeyError(name)

    def full_decision(self, name: str) -> FullDecision:
        """Return a decision of the full dialect by its name or id; KeyError if there is none."""
        for decision in self.full_decisions:
            if name in (decision.name, decision.id):
                return decision
        raise KeyError(name)


def load(xml: bytes, name: str, *, imports: Callable[[str], bytes] | None = None) -> Model:
    """
    Read a DMN model; `name` is the file's, for its faults.

    A decision is in the bulk dialect, and then a table, unless it declares
    `standpipe:dialect="full"` (namespace `urn:standpipe:dmn`). `imports` gives the bytes of an
    imported model by its namespace, and may raise KeyError; only the full dialect imports.

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
    full_names: list[str] = []
    for element in root.findall("decision"):
        dialect = element.get(_DIALECT, "bulk")
        if dialect == "full":
            full_names.append(element.get("name", ""))
            continue
        if dialect != "bulk":
            parts = {"dialect": repr(dialect)}
            faults.append(Fault(name, element.get("name"), None, None, "unknown_dialect", parts))
            continue
        decision = _decision(element, name, types, names, faults)
        if decision is not None:
            decisions.append(decision)
    full_decisions = _full_decisions(xml, name, full_names, imports, faults)
    if not faults and not decisions and not full_decisions:
        faults.append(Fault(name, None, None, None, "no_decision"))
    if faults:
        raise FaultyModel(faults)
    return Model(
        file=name,
        name=root.get("name", name),
        decisions=tuple(decisions),
        full_decisions=full_decisions,
    )


def _full_decisions(
    xml: bytes,
    file: str,
    names: list[str],
    imports: Callable[[str], bytes] | None,
    faults: list[Fault],
) -> tuple[FullDecision, ...]:
    if not names:
        return ()
    model = FullModel(xml, file, imports=imports, strict=True)
    faults += model.faults()
    keys = [model.key(name, "decision") for name in names]
    return tuple(FullDecision(model, key) for key in keys if key is not None)


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
        faults.append(Fault(file, title, None, None, "not_a_table"))
        return None
    reader = TableReader(file=file, name=title, types=types, types_of_names=names)
    variable = element.find("variable")
    read = reader.read(table, result_type=None if variable is None else variable.get("typeRef"))
    faults.extend(reader.faults)
    if read is None:
        return None
    return Decision(identifier=element.get("id", title), name=title, table=read, file=file)
