"""A decision table as a spreadsheet (XLSX), there and back without loss. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from standpipe.policy.grid import Column, Grid
from standpipe.policy.table_text import Column as Head

MOST_BYTES = 2_000_000
# What a small archive may hold when it is opened up.
MOST_UNPACKED = 40_000_000
MOST_ROWS, MOST_COLUMNS = 2_000, 200
_ROW_ID = "Row id"
_WIDTHS = {"input": 16, "output": 18, "annotation": 50}


class FaultySheet(ValueError):
    """A spreadsheet that cannot be taken; each fault names its cell."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = tuple(faults)


def to_sheet(grid: Grid, *, about: Mapping[str, str]) -> bytes:
    """Return a table as a spreadsheet: one sheet the table, one what it is."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Table"
    for place, text in enumerate([_ROW_ID, *(_head(one) for one in grid.columns)], start=1):
        cell = _text(sheet.cell(1, place), text)
        cell.font = Font(bold=True)
        kind = grid.columns[place - 2].kind if place > 1 else "input"
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[kind]
    for row in grid.rows:
        for place, text in enumerate([row.id, *row.texts], start=1):
            _text(sheet.cell(row.number + 1, place), text)
    sheet.freeze_panes = "B2"
    notes = book.create_sheet("About")
    facts = {**about, "Table": grid.name, "Hit policy": grid.hit_policy}
    for number, (name, text) in enumerate(facts.items(), start=1):
        _text(notes.cell(number, 1), name).font = Font(bold=True)
        _text(notes.cell(number, 2), text)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def from_sheet(content: bytes, grid: Grid) -> list[tuple[str, dict[Head, str]]]:
    """
    Return the rows of a spreadsheet: the id of each with its texts, for `with_rows`.

    Rows without an id are new. Columns are found by their heads, in whatever order they stand.

    :raises FaultySheet: naming each cell that cannot be taken
    """
    lines = _lines(content)
    heads = [str(one or "").strip() for one in lines[0]] if lines else []
    wanted = {_head(one): one for one in grid.columns}
    missing = [head for head in (_ROW_ID, *wanted) if heads.count(head) != 1]
    if missing:
        raise FaultySheet([f"The column “{head}” must stand there once." for head in missing])
    faults: list[str] = []
    rows: list[tuple[str, dict[Head, str]]] = []
    for number, line in enumerate(lines[1:], start=2):
        if all(value in (None, "") for value in line):
            continue
        texts: dict[Head, str] = {}
        identifier = ""
        for place, head in enumerate(heads):
            value = line[place] if place < len(line) else None
            text = _read(value)
            if text is None:
                faults.append(f"{get_column_letter(place + 1)}{number}: type text, no formula.")
            elif head == _ROW_ID:
                identifier = text
            elif head in wanted:
                column = wanted[head]
                blank = "-" if column.kind == "input" else ""
                texts[(column.kind, column.place)] = text or blank
        rows.append((identifier or f"row_{number}", texts))
    if not rows:
        faults.append("The sheet has no rows.")
    names = [identifier for identifier, _ in rows]
    faults += [f"Two rows bear the id {one}." for one in {n for n in names if names.count(n) > 1}]
    if faults:
        raise FaultySheet(faults)
    return rows


def _lines(content: bytes) -> list[tuple[object, ...]]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
        if len(content) > MOST_BYTES or unpacked > MOST_UNPACKED:
            raise FaultySheet(["The file is too large for a table of rules."])
        book = load_workbook(BytesIO(content), read_only=True)
        sheet = book["Table"] if "Table" in book.sheetnames else book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        return list(rows)
    except FaultySheet:
        raise
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError):
        raise FaultySheet(["This is no XLSX file. Save it as XLSX and try again."]) from None


def _head(column: Column) -> str:
    """Return what stands above a column; an output may bear the name of an input."""
    return f"{column.name} (answers)" if column.kind == "output" else column.name


def _text(cell: Cell, text: str) -> Cell:
    """Write a text that no spreadsheet takes for a formula or a number."""
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _read(value: object) -> str | None:
    """Return what somebody typed as FEEL writes it; None if it is a formula."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return format(Decimal(repr(value)).normalize(), "f")
        case datetime():
            return f'date("{value.date().isoformat()}")'
        case date():
            return f'date("{value.isoformat()}")'
    text = str(value).strip()
    return None if text.startswith("=") else text
