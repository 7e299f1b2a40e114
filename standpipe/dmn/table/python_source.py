"""
A table as a Python function: source made only from typed cells, never from text of a file.

Names and constants reach the function through its globals, so nothing written in a model is ever
part of the source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, NoReturn

from standpipe.dmn.facts import ValueType
from standpipe.dmn.table.cells import AnyOf, Anything, Cell, Compares, Equals, Not, Within
from standpipe.dmn.table.definition import Input, Table
from standpipe.dmn.table.formulas import compile_formula
from standpipe.dmn.table.hits import outcome_of
from standpipe.dmn.table.outcome import Outcome

_CHECKS: Final[Mapping[ValueType, str]] = {
    "string": "{x}.__class__ is not str and {x} is not None",
    "number": "{x}.__class__ is not int and {x} is not None and not number({x})",
    "boolean": "{x} is not True and {x} is not False and {x} is not None",
    "date": "{x}.__class__ is not date and {x} is not None",
}


class NotPlain(Exception):
    """A fact is not a value of its input: it is unknown, or wrong; the slow path says which."""


def _not_plain() -> NoReturn:
    raise NotPlain


def _is_finite_decimal(value: object) -> bool:
    return type(value) is Decimal and value.is_finite()


class _Source:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.globals: dict[str, Any] = {
            "not_plain": _not_plain,
            "number": _is_finite_decimal,
            "date": date,
        }

    def add(self, line: str, *, indent: int = 1) -> None:
        self.lines.append("    " * indent + line)

    def hold(self, value: object) -> str:
        """Return the name of a global holding a value; whole numbers stand for themselves."""
        if value is None or value.__class__ in (bool, int):
            return repr(value)
        name = f"k{len(self.globals)}"
        self.globals[name] = value
        return name

    def compiled(self) -> dict[str, Any]:
        """Return the globals in which the functions of the source are defined."""
        code = compile("\n".join(self.lines), "<decision table>", "exec")
        exec(code, self.globals)  # noqa: S102 - the source holds nothing but what this module wrote
        return self.globals


def compile_table(table: Table) -> Callable[[Mapping[str, object]], Outcome]:
    """
    Return a function from facts to outcome.

    It raises KeyError or NotPlain where a fact is missing, unknown or wrong, and RowsDisagree.
    """
    source = _Source()
    source.add("def decide(facts):", indent=0)
    plain = {column.name for column in table.inputs if column.formula is None}
    for fact in table.facts:
        if fact.name not in plain:
            source.add(f"fact = facts[{source.hold(fact.name)}]")
            source.add(f"if {_wrong(fact, 'fact', source)}: not_plain()")
    for place, column in enumerate(table.inputs):
        x = f"x{place}"
        if column.formula is not None:
            source.add(f"{x} = {source.hold(compile_formula(column.formula))}(facts)")
        else:
            source.add(f"{x} = facts[{source.hold(column.name)}]")
        source.add(f"if {_wrong(column, x, source)}: not_plain()")
    if table.hit_policy == "FIRST":
        _first(table, source)
    else:
        _every(table, source)
    made: Callable[[Mapping[str, object]], Outcome] = source.compiled()["decide"]
    return made


def compile_cells(table: Table) -> list[list[Callable[[Any], bool] | None]]:
    """Return a function for each cell of each row that tells whether it holds; None for `-`."""
    source = _Source()
    names: list[list[str | None]] = []
    for number, row in enumerate(table.rows):
        names.append([])
        for place, cell in enumerate(row.cells):
            if isinstance(cell, Anything):
                names[-1].append(None)
                continue
            name = f"cell_{number}_{place}"
            source.add(f"def {name}(x): return {_condition(cell, 'x', source)}", indent=0)
            names[-1].append(name)
    made = source.compiled()
    return [[None if name is None else made[name] for name in row] for row in names]


def _wrong(column: Input, x: str, source: _Source) -> str:
    wrong = _CHECKS[column.type].format(x=x)
    if column.allowed is None or column.type == "boolean":
        return wrong
    if column.allowed_values and column.type == "string":
        # Text equals nothing but text, so that being listed says the type as well.
        return f"{x} not in {source.hold(frozenset(column.allowed_values) | {None})}"
    return f"({wrong}) or ({x} is not None and not {_condition(column.allowed, x, source)})"


def _first(table: Table, source: _Source) -> None:
    for row in table.rows:
        outcome = source.hold(outcome_of(table, [row]))
        condition = _row_condition(row.cells, source)
        if condition == "True":
            source.add(f"return {outcome}")
            return
        source.add(f"if {condition}: return {outcome}")
    source.add(f"return {source.hold(outcome_of(table, []))}")


def _every(table: Table, source: _Source) -> None:
    source.add("hits = []")
    for row in table.rows:
        source.add(f"if {_row_condition(row.cells, source)}: hits.append({source.hold(row)})")
    singles = {row.id: outcome_of(table, [row]) for row in table.rows}
    source.add(f"if not hits: return {source.hold(outcome_of(table, []))}")
    source.add(f"if len(hits) == 1: return {source.hold(singles)}[hits[0].id]")
    source.add(f"return {source.hold(lambda rows: outcome_of(table, rows))}(hits)")


def _row_condition(cells: tuple[Cell, ...], source: _Source) -> str:
    tests = [
        _condition(cell, f"x{place}", source)
        for place, cell in enumerate(cells)
        if not isinstance(cell, Anything)
    ]
    return " and ".join(tests) or "True"


def _condition(cell: Cell, x: str, source: _Source, *, wanted: bool = True) -> str:
    """
    Return an expression that is true exactly where the cell is `wanted`.

    Null makes comparisons neither true nor false, so either wish fails on it.
    """
    match cell:
        case Anything():
            return repr(wanted)
        case Equals(None):
            return f"{x} is {'' if wanted else 'not '}None"
        case Equals(bool() as value):
            return f"{x} is {'' if wanted else 'not '}{value}"
        case Equals(value):
            return f"{x} {'==' if wanted else '!='} {source.hold(value)}"
        case Compares(operator, value):
            sign = operator if wanted else _OPPOSITE[operator]
            return f"({x} is not None and {x} {sign} {source.hold(value)})"
        case Within(low, high, low_closed, high_closed):
            left = "<=" if low_closed else "<"
            right = "<=" if high_closed else "<"
            between = f"{source.hold(low)} {left} {x} {right} {source.hold(high)}"
            return f"({x} is not None and {'' if wanted else 'not '}{between})"
        case Not(test):
            return _condition(test, x, source, wanted=not wanted)
        case AnyOf(tests):
            values = frozenset(test.value for test in tests if isinstance(test, Equals))
            if len(values) == len(tests) > 1 and not any(v.__class__ is bool for v in values):
                return f"{x} {'' if wanted else 'not '}in {source.hold(values)}"
            joiner = " or " if wanted else " and "
            parts = [_condition(test, x, source, wanted=wanted) for test in tests]
            return f"({joiner.join(parts)})"
    raise AssertionError(cell)


_OPPOSITE: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
