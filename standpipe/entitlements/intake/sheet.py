"""A CSV file as spreadsheets make them: its columns, and its rows with their lines. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from standpipe.kernel.errors import Refused
from standpipe.kernel.text import Text

LONGEST_CELL = 5000
_DELIMITERS = (",", ";", "\t")


class Unreadable(Refused):
    """The file is no table that can be read at all; `message` tells how to mend it."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line on which it begins (from 1), and its cells from the left."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole file: the names of its columns, and its rows below them."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(content: bytes) -> Sheet:
    """
    Read a CSV file: UTF-8 with or without a mark, or Windows-1252; commas, semicolons or tabs.

    :raises Unreadable: if it is no such file, or has no row of names
    """
    text = _text(content)
    rows = list(_rows(text))
    filled = [row for row in rows if not row.is_blank]
    if not filled:
        raise Unreadable(
            Text(
                "The file is empty. Save the table with its row of names as CSV.",
                "Mae'r ffeil yn wag. Cadwch y tabl gyda'i res o enwau fel CSV.",
            )
        )
    head = filled[0]
    return Sheet(
        columns=tuple(cell.strip() for cell in head.cells),
        rows=tuple(row for row in rows if row.line > head.line),
    )


def _text(content: bytes) -> str:
    if content[:2] in (b"PK", b"\xd0\xcf"):
        raise Unreadable(
            Text(
                "This is a spreadsheet. Save it as CSV (UTF-8), and upload that.",
                "Taenlen yw hon. Cadwch hi fel CSV (UTF-8), a lanlwythwch honno.",
            )
        )
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(
        Text(
            "The file is not text. Save it as CSV (UTF-8).",
            "Nid testun yw'r ffeil. Cadwch hi fel CSV (UTF-8).",
        )
    )


def _rows(text: str) -> Iterator[Row]:
    # Universal line ends inside quotes stay as they are.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(
                Text(
                    f"Line {line} is no row of CSV: {error}. Mend its quotation marks.",
                    f"Nid yw llinell {line} yn rhes CSV: {error}. Cywirwch ei dyfynodau.",
                )
            ) from None
        yield Row(line, tuple(cells))
        line = reader.line_num + 1


def _delimiter(text: str) -> str:
    """Return what parts the cells of the first line that is not blank; a comma if nothing does."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=head.count)
