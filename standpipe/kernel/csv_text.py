"""Tables as CSV (RFC 4180) that no spreadsheet takes for formulas. Pure."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

# What a spreadsheet may run: https://owasp.org/www-community/attacks/CSV_Injection
_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV; a text that a spreadsheet could run gets an apostrophe before it."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_safe(one) for one in row])
    return written.getvalue()


def _safe(value: object) -> object:
    if isinstance(value, str) and value.lstrip(" ").startswith(_BEGINS):
        return f"'{value}"
    return value
