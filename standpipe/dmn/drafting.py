"""A decision with one cell written otherwise: what a draft of a new rule begins with."""

from __future__ import annotations

from dataclasses import replace

from standpipe.dmn.decision import Decision
from standpipe.dmn.faults import Fault, FaultyModel
from standpipe.dmn.table.cell_reading import read_cell, read_value
from standpipe.dmn.table.constants import Mistyped
from standpipe.dmn.table.definition import Row, Table


def with_cell(decision: Decision, *, row: int, cell: str, text: str) -> Decision:
    """
    Return the decision with another text in one cell; the given one stays as it is.

    `row` counts from 1, `cell` is the name of an input or output.

    :raises FaultyModel: if the text could not stand in that cell
    """
    table = decision.table
    try:
        changed = _changed(table, table.rows[row - 1], cell, text)
    except Mistyped as error:
        fault = Fault(decision.file, decision.name, row, cell, error.code, error.parts)
        raise FaultyModel([fault]) from None
    rows = (*table.rows[: row - 1], changed, *table.rows[row:])
    return Decision(
        identifier=decision.id,
        name=decision.name,
        table=replace(table, rows=rows),
        file=decision.file,
    )


def _changed(table: Table, row: Row, cell: str, text: str) -> Row:
    for place, column in enumerate(table.inputs):
        if column.name == cell:
            test = read_cell(text, kind=column.type, allowed=column.allowed)
            return replace(
                row,
                cells=(*row.cells[:place], test, *row.cells[place + 1 :]),
                cell_texts=(*row.cell_texts[:place], text, *row.cell_texts[place + 1 :]),
            )
    for place, output in enumerate(table.outputs):
        if output.name == cell:
            value = read_value(text, kind=output.type, allowed=output.allowed)
            return replace(row, values=(*row.values[:place], value, *row.values[place + 1 :]))
    raise KeyError(cell)
