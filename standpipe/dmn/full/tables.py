"""Decision tables with any FEEL in their cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from standpipe.dmn.document import text_of
from standpipe.dmn.feel.arithmetic import calculate
from standpipe.dmn.feel.evaluation import Closure
from standpipe.dmn.feel.names import Names, normal_name
from standpipe.dmn.feel.scope import Scope
from standpipe.dmn.feel.values import compare, equal

if TYPE_CHECKING:
    from standpipe.dmn.full.boxed import Boxes


@dataclass(frozen=True, slots=True)
class _Output:
    name: str | None
    values: Closure | None
    default: Closure | None


def compile_table(boxes: Boxes, element: Element, names: Names) -> Closure:
    """Return a function from scope to what the table gives."""
    inputs = [
        boxes.expression(text_of(one.find("inputExpression")), names)
        for one in element.findall("input")
    ]
    cell_names = names.inner(("?",))
    outputs = [_output(boxes, one, names) for one in element.findall("output")]
    rules = [
        _rule(boxes, element, rule, number, names, cell_names)
        for number, rule in enumerate(element.findall("rule"), start=1)
    ]
    policy = element.get("hitPolicy", "UNIQUE").upper()
    aggregation = element.get("aggregation")

    def decide(scope: Scope) -> Any:
        values = [one(scope) for one in inputs]
        matched = [
            rule
            for rule in rules
            if all(
                test(scope, value) is True for test, value in zip(rule.tests, values, strict=False)
            )
        ]
        if not matched:
            return _nothing_matched(outputs, scope)
        if policy == "FIRST":
            del matched[1:]
        scope.watch.rows += [rule.id for rule in matched]
        hits = [[entry(scope) for entry in rule.entries] for rule in matched]
        if policy in ("PRIORITY", "OUTPUT ORDER"):
            hits = _by_priority(hits, outputs, scope)
        if policy == "UNIQUE" and len(hits) > 1:
            return scope.note("more than one row of a UNIQUE table holds")
        if policy == "ANY" and any(equal(hits[0], hit) is not True for hit in hits):
            return scope.note("the rows of an ANY table disagree")
        if policy in ("UNIQUE", "ANY", "FIRST", "PRIORITY"):
            return _row(hits[0], outputs)
        rows = [_row(hit, outputs) for hit in hits]
        return rows if aggregation is None else _aggregate(aggregation, rows, scope)

    return decide


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    tests: list[Callable[[Scope, Any], bool | None]]
    entries: list[Closure]


def _rule(
    boxes: Boxes, table: Element, rule: Element, number: int, names: Names, cell_names: Names
) -> _Rule:
    columns = [text_of(one.find("inputExpression")) for one in table.findall("input")]
    columns += [one.get("name") for one in table.findall("output")]
    boxes.row = number
    tests, entries = [], []
    cells = [*rule.findall("inputEntry"), *rule.findall("outputEntry")]
    for place, cell in enumerate(cells):
        boxes.cell = columns[place] if place < len(columns) else None
        if cell.tag == "inputEntry":
            tests.append(boxes.tests(text_of(cell) or "-", cell_names))
        else:
            entries.append(boxes.expression(text_of(cell), names))
    boxes.row = boxes.cell = None
    return _Rule(rule.get("id") or f"row {number}", tests, entries)


def _output(boxes: Boxes, element: Element, names: Names) -> _Output:
    name = element.get("name")
    allowed = text_of(element.find("outputValues"))
    default = text_of(element.find("defaultOutputEntry"))
    return _Output(
        normal_name(name) if name else None,
        boxes.expression(f"[{allowed}]", names) if allowed else None,
        boxes.expression(default, names) if default else None,
    )


def _row(values: list[Any], outputs: list[_Output]) -> Any:
    if len(outputs) == 1:
        return values[0] if values else None
    return {output.name or "": value for output, value in zip(outputs, values, strict=False)}


def _nothing_matched(outputs: list[_Output], scope: Scope) -> Any:
    if all(output.default is None for output in outputs):
        return scope.note("no row holds")
    return _row([one.default(scope) if one.default else None for one in outputs], outputs)


def _by_priority(hits: list[list[Any]], outputs: list[_Output], scope: Scope) -> list[list[Any]]:
    orders = [output.values(scope) if output.values else [] for output in outputs]

    def rank(hit: list[Any]) -> list[int]:
        return [
            next(
                (place for place, one in enumerate(order) if equal(one, value) is True), len(order)
            )
            for order, value in zip(orders, hit, strict=False)
        ]

    return sorted(hits, key=rank)


def _aggregate(aggregation: str, rows: list[Any], scope: Scope) -> Any:
    if aggregation == "COUNT":
        return Decimal(len(rows))
    if aggregation == "SUM":
        total = rows[0]
        for row in rows[1:]:
            total = calculate("+", total, row)
        return total
    wanted = -1 if aggregation == "MIN" else 1
    found = rows[0]
    for row in rows[1:]:
        order = compare(row, found)
        if order is None:
            return scope.note("the outputs have no order")
        if order == wanted:
            found = row
    return found
