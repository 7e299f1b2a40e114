"""A decision table from its XML; every cell is checked before any is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import TypeVar, cast, get_args
from xml.etree.ElementTree import Element

from standpipe.dmn.document import text_of
from standpipe.dmn.facts import Value, ValueType
from standpipe.dmn.faults import Fault
from standpipe.dmn.feel.names import is_name, normal_name
from standpipe.dmn.sayings import Saying
from standpipe.dmn.table.cell_reading import read_cell, read_value
from standpipe.dmn.table.cells import Anything, Cell, listed
from standpipe.dmn.table.constants import Mistyped, word
from standpipe.dmn.table.definition import Aggregation, HitPolicy, Input, Output, Row, Table
from standpipe.dmn.table.formulas import (
    Formula,
    facts_of,
    kind_of,
    read_as_expression,
    read_formula,
)
from standpipe.dmn.table.item_types import ColumnType, ItemTypes

_T = TypeVar("_T")

LAW_ANNOTATION = "Legislation"


class TableReader:
    """Reads one table and gathers its faults; `types_of_names` are those of the input data."""

    def __init__(
        self, *, file: str, name: str, types: ItemTypes, types_of_names: dict[str, str]
    ) -> None:
        self.file = file
        self.name = name
        self.types = types
        self.types_of_names = types_of_names
        self.faults: list[Fault] = []
        # Columns whose type is not known: complaining of each of their cells would help nobody.
        self.untyped: set[str] = set()
        self.kinds: dict[str, ValueType] = {}
        for fact, reference in types_of_names.items():
            # A formula may only use facts of one of the types that a table knows.
            with suppress(Mistyped):
                self.kinds[fact] = types.resolve(reference).base

    def read(self, element: Element, *, result_type: str | None) -> Table | None:
        """Return the table, or None if it has faults; `result_type` is that of its decision."""
        policy = element.get("hitPolicy", "UNIQUE").upper()
        aggregation = element.get("aggregation")
        if policy not in get_args(HitPolicy):
            self.fault("unknown_hit_policy", policy=repr(policy))
        if aggregation is not None and (
            aggregation not in get_args(Aggregation) or policy != "COLLECT"
        ):
            self.fault("unusable_aggregation", aggregation=repr(aggregation))
        inputs = self._inputs(element)
        outputs = self._outputs(element, result_type)
        if policy in ("PRIORITY", "OUTPUT ORDER"):
            for output in outputs:
                if not output[0].allowed_values:
                    self.fault("no_priority", cell=output[0].name, policy=policy)
        annotations = [
            (clause.get("name") or text_of(clause) or "").strip()
            for clause in element.findall("annotation")
        ]
        rows = [
            self._row(rule, number, inputs, outputs, annotations)
            for number, rule in enumerate(element.findall("rule"), start=1)
        ]
        if not rows:
            self.fault("no_rows")
        identifiers = [row.id for row in rows if row is not None]
        for repeated in {one for one in identifiers if identifiers.count(one) > 1}:
            self.fault("repeated_id", id=repr(repeated))
        if aggregation in ("SUM", "MIN", "MAX") and any(
            output.type != "number" for output, _ in outputs
        ):
            self.fault("needs_numbers", aggregation=aggregation)
        if aggregation and len(outputs) > 1:
            self.fault("needs_one_output", aggregation=aggregation)
        if self.faults:
            return None
        return Table(
            name=self.name,
            hit_policy=cast(HitPolicy, policy),
            aggregation=cast("Aggregation | None", aggregation),
            inputs=tuple(inputs),
            outputs=tuple(output for output, _ in outputs),
            rows=tuple(row for row in rows if row is not None),
            facts=self._facts(inputs),
        )

    def fault(
        self, code: str, *, row: int | None = None, cell: str | None = None, **parts: object
    ) -> None:
        """Note one thing that is wrong; `parts` fill the words of its code."""
        self.faults.append(Fault(self.file, self.name, row, cell, code, parts))

    def _refuse(self, error: Mistyped, *, row: int | None, cell: str) -> None:
        self.faults.append(Fault(self.file, self.name, row, cell, error.code, error.parts))

    def _checked(self, read: Callable[[], _T], fallback: _T, *, row: int | None, cell: str) -> _T:
        try:
            return read()
        except Mistyped as error:
            self._refuse(error, row=row, cell=cell)
            return fallback

    def _inputs(self, element: Element) -> list[Input]:
        inputs: list[Input] = []
        for number, clause in enumerate(element.findall("input"), start=1):
            expression = clause.find("inputExpression")
            name = normal_name(text_of(expression) or "")
            if not name:
                self.fault("nothing_asked", cell=f"input {number}")
                name = f"input {number}"
            if any(known.name == name for known in inputs):
                self.fault("repeated_input", cell=name)
            reference = None if expression is None else expression.get("typeRef")
            formula = self._formula(text_of(expression) or "", cell=name)
            if formula is not None:
                reference = reference or kind_of(formula)
            column = self._column_type(
                reference or self.types_of_names.get(name), clause.find("inputValues"), cell=name
            )
            if formula is not None and kind_of(formula) not in (None, column.base):
                found, wanted = word(kind_of(formula)), word(column.base)
                self.fault("formula_type", cell=name, found=found, wanted=wanted)
            inputs.append(Input(name, column.base, listed(column.allowed), column.allowed, formula))
        if not inputs:
            self.fault("no_inputs")
        return inputs

    def _formula(self, text: str, *, cell: str) -> Formula | None:
        """Return what a column works out; None where it just names a fact."""
        if not text or normal_name(text) in self.types_of_names:
            return None
        try:
            return read_formula(text, kinds=self.kinds)
        except Mistyped as error:
            # Words that are no formula of facts that are declared name one that is not.
            if is_name(text) and not read_as_expression(text, self.kinds):
                return None
            self._refuse(error, row=None, cell=cell)
            self.untyped.add(cell)
            return None

    def _facts(self, inputs: list[Input]) -> tuple[Input, ...]:
        facts: dict[str, Input] = {}
        for column in inputs:
            if column.formula is None:
                facts[column.name] = column
                continue
            for fact in facts_of(column.formula):
                allowed = self.types.resolve(self.types_of_names[fact.name]).allowed
                facts.setdefault(fact.name, Input(fact.name, fact.kind, listed(allowed), allowed))
        return tuple(facts.values())

    def _outputs(
        self, element: Element, result_type: str | None
    ) -> list[tuple[Output, ColumnType]]:
        clauses = element.findall("output")
        outputs: list[tuple[Output, ColumnType]] = []
        for clause in clauses:
            name = normal_name(clause.get("name") or (self.name if len(clauses) == 1 else ""))
            if not name:
                self.fault("unnamed_output")
                name = f"output {len(outputs) + 1}"
            if any(known.name == name for known, _ in outputs):
                self.fault("repeated_output", cell=name)
            reference = clause.get("typeRef") or (result_type if len(clauses) == 1 else None)
            column = self._column_type(reference, clause.find("outputValues"), cell=name)
            default = text_of(clause.find("defaultOutputEntry"))
            value: Value = None
            if default is not None:
                value = self._checked(
                    partial(read_value, default, kind=column.base, allowed=column.allowed),
                    None,
                    row=None,
                    cell=f"{name} (default)",
                )
            allowed = column.allowed
            outputs.append((Output(name, column.base, listed(allowed), value, allowed), column))
        if not outputs:
            self.fault("no_outputs")
        return outputs

    def _column_type(
        self, reference: str | None, values: Element | None, *, cell: str
    ) -> ColumnType:
        unknown = ColumnType("string")
        if reference is None:
            self.fault("no_type", cell=cell)
            self.untyped.add(cell)
            return unknown
        column = self._checked(lambda: self.types.resolve(reference), unknown, row=None, cell=cell)
        if column is unknown:
            self.untyped.add(cell)
            return unknown
        text = text_of(values)
        if not text:
            return column
        allowed: Cell | None = self._checked(
            lambda: read_cell(text, kind=column.base, allowed=column.allowed),
            None,
            row=None,
            cell=f"{cell} (allowed values)",
        )
        return ColumnType(column.base, allowed or column.allowed)

    def _row(
        self,
        rule: Element,
        number: int,
        inputs: list[Input],
        outputs: list[tuple[Output, ColumnType]],
        annotations: list[str],
    ) -> Row | None:
        tests = [text_of(entry) or "" for entry in rule.findall("inputEntry")]
        entries = [text_of(entry) or "" for entry in rule.findall("outputEntry")]
        for found, wanted, what in (
            (len(tests), len(inputs), "input"),
            (len(entries), len(outputs), "output"),
        ):
            if found != wanted:
                side = Saying(f"side.{what}")
                self.fault("wrong_count", row=number, found=found, wanted=wanted, side=side)
                return None
        anything: Cell = Anything()
        cells = tuple(
            self._checked(
                partial(read_cell, text, kind=column.type, allowed=column.allowed),
                anything,
                row=number,
                cell=column.name,
            )
            for text, column in zip(tests, inputs, strict=True)
            if column.name not in self.untyped
        )
        values = tuple(
            self._checked(
                partial(read_value, text, kind=column.base, allowed=column.allowed),
                None,
                row=number,
                cell=output.name,
            )
            for text, (output, column) in zip(entries, outputs, strict=True)
            if output.name not in self.untyped
        )
        notes = dict(zip(annotations, self._annotations(rule), strict=False))
        return Row(
            id=rule.get("id") or f"{self.name}-{number}",
            number=number,
            law=notes.get(LAW_ANNOTATION) or None,
            annotations=notes,
            cells=cells,
            cell_texts=tuple(tests),
            values=values,
        )

    def _annotations(self, rule: Element) -> Iterable[str]:
        return [text_of(entry) or "" for entry in rule.findall("annotationEntry")]
