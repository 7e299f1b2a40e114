"""What was wrong with a file, as a file to mend it by. Pure."""

from __future__ import annotations

from standpipe.entitlements.intake.checking import Report
from standpipe.kernel.csv_text import csv_text
from standpipe.kernel.text import Text

_HEADS = (
    Text("Line", "Llinell"),
    Text("Column", "Colofn"),
    Text("What stands there", "Beth sydd yno"),
    Text("How to mend it", "Sut i'w gywiro"),
)


def report_csv(report: Report, *, language: str) -> str:
    """Return every fault of every refused row, in the order of the file."""
    return csv_text(
        [
            [head.in_(language) for head in _HEADS],
            *([one.line, one.column, one.cell, one.message.in_(language)] for one in report.wrong),
        ]
    )
