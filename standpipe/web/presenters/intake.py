"""A file of another register, as a page shows it."""

from __future__ import annotations

from typing import Any

from standpipe.entitlements.actions.taking_in import Checked
from standpipe.packs.register_import import RegisterImport

MOST_SHOWN = 100


def column_rows(definition: RegisterImport | None) -> list[dict[str, Any]]:
    """Return each column with the names it may have, and whether it must be there."""
    if definition is None:
        return []
    required = set(definition.required)
    status = [definition.status.names] if definition.status else []
    every = [
        definition.number,
        definition.starts_on,
        definition.expires_on,
        *status,
        *(one.names for one in definition.answers),
    ]
    return [
        {"name": names[0], "others": ", ".join(names[1:]), "required": names in required}
        for names in every
    ]


def report_values(found: Checked, *, language: str) -> dict[str, Any]:
    """Return what became of the rows of a file."""
    report = found.report
    return {
        "intake": found.intake,
        "name": found.name,
        "rows": report.rows,
        "good": len(report.good),
        "refused": len(report.refused),
        "blank": report.blank,
        "kept": ", ".join(report.kept_as_they_are),
        "wrong": [
            {
                "line": one.line,
                "column": one.column,
                "cell": one.cell,
                "message": one.message.in_(language),
            }
            for one in report.wrong[:MOST_SHOWN]
        ],
        "more": max(0, len(report.wrong) - MOST_SHOWN),
    }
