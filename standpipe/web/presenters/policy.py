"""Drafts of rules as pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from standpipe.dmn import Change, Decision, Fault
from standpipe.eligibility.rules import DecisionStep
from standpipe.packs.fees import Fee
from standpipe.packs.pack import ServicePack
from standpipe.policy.changes import cell_changes, situations
from standpipe.policy.checking import Checked, result_of
from standpipe.policy.draft import DraftView
from standpipe.policy.grid import Column, Grid
from standpipe.policy.template_text import FOLDERS
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.presenters.money import pounds
from standpipe.web.presenters.times import moment
from standpipe.web.wording import say

COLOURS = {"draft": "blue", "proposed": "yellow", "published": "green", "discarded": "grey"}
# Characters in a line of the box with the law, where it is narrowest.
NARROWEST = 18
# How wide an input of each type is.
WIDTHS = {"number": "5", "boolean": "5", "date": "10", "string": "10"}


def service_rows(services: Mapping[str, ServicePack], *, language: str) -> list[dict[str, Any]]:
    """Return the services with their versions and tables."""
    return [
        {
            "name": name,
            "label": pack.label.in_(language),
            "version": pack.version,
            "tables": [step.title.in_(language) for step in pack.latest_steps],
        }
        for name, pack in services.items()
    ]


def draft_rows(
    drafts: Iterable[DraftView], services: Mapping[str, ServicePack], *, language: str
) -> list[dict[str, Any]]:
    """Return the drafts as they are listed."""
    return [
        {
            "id": str(one.id),
            "service": services[one.service].label.in_(language)
            if one.service in services
            else one.service,
            "state": state_tag(one, language=language),
            "author": one.author_name,
            "changed": moment(one.changed_at, language=language),
        }
        for one in drafts
    ]


def state_tag(draft: DraftView, *, language: str) -> dict[str, str]:
    """Return the state in words, with its colour."""
    text = say(f"policy.state.{draft.state}", language=language)
    return {"text": text, "colour": COLOURS[draft.state]}


def draft_page(
    draft: DraftView,
    base: ServicePack,
    files: Mapping[str, str],
    checked: Checked,
    *,
    is_author: bool,
    on: date,
    language: str,
) -> dict[str, Any]:
    """Return a draft whole."""
    cells = cell_changes(base.files, files, base)
    changed = {one.table for one in cells}
    return {
        "draft": draft,
        "service": base.label.in_(language),
        "state": state_tag(draft, language=language),
        "is_author": is_author,
        "today": on,
        "tables": [
            {
                "id": step.id,
                "title": step.title.in_(language),
                "rows": len(step.decision.rows),
                "changed": step.decision.name in changed,
            }
            for step in base.latest_steps
        ],
        "has_fees": bool(base.fees),
        "changed_texts": _changed_texts(draft.texts),
        "cells": cells,
        "fees": _fee_changes(base, checked.pack, language=language),
        "situations": _situations(base, checked, language=language),
        "holes": fault_lines(checked.holes, language=language),
        "others": checked.others,
        "failed": _failed(checked, language=language),
        "examples": checked.examples,
        "ready": checked.ready and bool(draft.texts),
        "valid_from": date_in_words(draft.valid_from, language=language)
        if draft.valid_from
        else "",
        "published": moment(draft.published_at, language=language) if draft.published_at else "",
    }


def _changed_texts(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the messages and letters that a draft changes, each once."""
    paths = [path.removesuffix(".md").rpartition(".")[0] for path in texts if path.endswith(".md")]
    parted = [path.partition("/") for path in dict.fromkeys(sorted(paths))]
    return [{"folder": folder, "name": name} for folder, _, name in parted if folder in FOLDERS]


def grid_page(
    draft: DraftView,
    step: DecisionStep,
    grid: Grid,
    checked: Checked,
    faults: Sequence[Fault],
    sent: Mapping[str, str],
    *,
    language: str,
) -> dict[str, Any]:
    """Return one table as a grid, what was written into it kept, each fault at its cell."""
    wrong = {
        (fault.row, fault.cell): said(fault, language=language)
        for fault in faults
        if fault.table == grid.name
    }
    columns = [_column(column, language=language) for column in grid.columns]
    # The law stands beside the number of the row, before what it decides.
    columns.sort(key=lambda one: one["kind"] != "annotation")
    order = {column.key: place for place, column in enumerate(grid.columns)}
    rows = [
        {
            "number": row.number,
            "id": row.id,
            "cells": [
                _cell(
                    row.number,
                    one,
                    row.texts[order[one["key"]]],
                    wrong.get((row.number, one["told"])),
                    sent,
                )
                for one in columns
            ],
        }
        for row in grid.rows
    ]
    errors = [
        {
            "href": f"#c{fault.row}-{_key_of(grid, fault.cell)}",
            "text": say(
                "policy.table.fault",
                language=language,
                row=fault.row,
                column=fault.cell,
                message=fault.message.in_(language),
                mend=fault.mend.in_(language),
            ),
        }
        for fault in faults
    ]
    return {
        "draft": draft,
        "step": {"id": step.id, "title": step.title.in_(language), "file": step.decision.file},
        "policy": grid.hit_policy,
        "columns": columns,
        "rows": rows,
        "errors": errors,
        "sent": sent,
        "holes": fault_lines(
            [one for one in checked.holes if one.table == grid.name], language=language
        ),
        "failed": len(checked.failed),
        "examples": checked.examples,
        "changed": bool(draft.texts),
    }


def said(fault: Fault, *, language: str) -> str:
    """Return what is wrong and how to mend it, as one text."""
    return f"{fault.message.in_(language)} {fault.mend.in_(language)}"


def fault_lines(faults: Iterable[Fault], *, language: str) -> list[dict[str, str]]:
    """Return faults with where each is: the table, and the row if it is one row's."""
    return [
        {
            "where": say("policy.way.row", language=language, table=one.table, row=one.row)
            if one.row
            else one.table or one.file,
            "text": said(one, language=language),
        }
        for one in faults
    ]


def fee_rows(fees: Iterable[Fee], *, language: str) -> list[dict[str, str]]:
    """Return fees with the days from which they apply."""
    return [
        {
            "since": date_in_words(fee.since, language=language) if fee.since else "",
            "amount": " ".join(
                [pounds(fee.amount_pence), *([fee.label.in_(language)] if fee.label else [])]
            ),
            "law": fee.law or "",
        }
        for fee in fees
    ]


def read_date(sent: Mapping[str, str], name: str) -> date | None:
    """Read a day, month and year as three inputs send them; None if there is no such day."""
    parts = [str(sent.get(f"{name}-{part}", "")).strip() for part in ("year", "month", "day")]
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def read_pence(text: str) -> int | None:
    """Read an amount of pounds such as 10, £10 or 10.50; None if it is none."""
    whole, dot, part = text.strip().removeprefix("£").partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) <= 6):
        return None
    if dot and not (part.isascii() and part.isdigit() and len(part) == 2):
        return None
    return int(whole) * 100 + int(part or 0)


def answer_words(value: object, *, language: str) -> str:
    """Return what a table says, or is told, in words."""
    if isinstance(value, tuple):
        return ", ".join(answer_words(one, language=language) for one in value if one is not None)
    if isinstance(value, bool):
        return say("policy.yes" if value else "policy.no", language=language)
    return say("policy.nothing", language=language) if value is None else str(value)


def _column(column: Column, *, language: str) -> dict[str, str]:
    kinds = {"input": "asks", "output": "answers", "annotation": "note"}
    is_law = column.name == "Legislation"
    return {
        "key": column.key,
        "kind": column.kind,
        "name": say("policy.table.law", language=language) if is_law else column.name,
        "told": column.name,
        "note": say(f"policy.table.{kinds[column.kind]}", language=language),
        "allowed": column.allowed,
        "width": WIDTHS.get(column.type, "10"),
    }


def _cell(
    row: int,
    column: Mapping[str, str],
    text: str,
    fault: str | None,
    sent: Mapping[str, str],
) -> dict[str, Any]:
    name = f"{row}.{column['key']}"
    return {
        "id": f"c{row}-{column['key']}",
        "name": name,
        "text": sent.get(name, text),
        "column": column,
        "fault": fault,
        "lines": max(3, -(-len(text) // NARROWEST)),
    }


def _key_of(grid: Grid, name: str | None) -> str:
    column = grid.column(name or "")
    return column.key if column else "i0"


def _fee_changes(
    base: ServicePack, pack: ServicePack | None, *, language: str
) -> list[dict[str, str]]:
    if pack is None:
        return []
    before = fee_rows(base.fees, language=language)
    return [one for one in fee_rows(pack.fees, language=language) if one not in before]


def _situations(base: ServicePack, checked: Checked, *, language: str) -> list[dict[str, Any]]:
    if checked.pack is None or checked.holes:
        return []
    titles = {step.decision.name: step for step in base.latest_steps}
    return [
        {
            "table": titles[one.table].title.in_(language),
            "count": one.count,
            "more": 0 if one.count is None else one.count - len(one.changes),
            "changes": [
                _change(change, titles[one.table].decision, language=language)
                for change in one.changes
            ],
        }
        for one in situations(base, checked.pack)
    ]


def _change(change: Change, decision: Decision, *, language: str) -> dict[str, str]:
    told = [
        say(
            "policy.change.is",
            language=language,
            name=name,
            value=answer_words(value, language=language),
        )
        for name, value in change.situation.items()
    ]
    return {
        "where": "; ".join(told) or say("policy.change.always", language=language),
        "before": answer_words(change.before, language=language),
        "after": answer_words(change.after, language=language),
    }


def _failed(checked: Checked, *, language: str) -> list[dict[str, Any]]:
    found = []
    for one in checked.failed:
        said = result_of(one.example, checked.pack) if checked.pack else None
        outcome = (
            checked.pack.outcomes.get(said.expect["outcome"]) if said and checked.pack else None
        )
        asked = [] if said is None or checked.pack is None else said.answers
        vocabulary = checked.pack.vocabulary if checked.pack else {}
        found.append(
            {
                "file": one.example.file,
                "situation": one.example.situation,
                "why": one.why,
                "now": outcome.label.in_(language) if outcome else "",
                "asks": [
                    vocabulary[need.partition("/")[2].partition("@")[0]].label.in_(language)
                    for need in asked
                ],
                "can_accept": said is not None,
            }
        )
    return found
