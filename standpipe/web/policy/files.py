"""
Tables that leave as DMN or as spreadsheets, and come back.

What reads and writes spreadsheets is loaded when the first one comes: it takes a second, which
every start of the server would take longer.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import content_disposition_header

from standpipe.dmn import FaultyModel
from standpipe.dmn.document import in_version_1_3
from standpipe.eligibility.rules import DecisionStep
from standpipe.policy.actions import replace_table
from standpipe.policy.draft import DraftView, NotReady
from standpipe.policy.grid import Grid, grid_of
from standpipe.policy.queries import base_of, files_of, open_draft
from standpipe.policy.table_text import with_rows
from standpipe.web.access import open_to
from standpipe.web.policy.drafting import show_table, step_of
from standpipe.web.presenters.policy import fault_lines
from standpipe.web.rendering import language_of, words_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@open_to("manager")
def as_dmn(request: HttpRequest, draft: UUID, step: str) -> HttpResponse:
    """Send the file of a table as DMN 1.5, every byte as it is kept; `?version=1.3` as older."""
    view = open_draft(draft, actor=request.actor)
    path = step_of(view, step).decision.file
    name, text = path.rpartition("/")[2], files_of(view)[path]
    if request.GET.get("version") == "1.3":
        name, text = name.replace(".dmn", "-1.3.dmn"), in_version_1_3(text)
    return _sent(text.encode(), name, "application/xml; charset=utf-8")


@open_to("manager")
def as_sheet(request: HttpRequest, draft: UUID, step: str) -> HttpResponse:
    """Send a table as a spreadsheet."""
    from standpipe.policy.sheet import to_sheet

    view = open_draft(draft, actor=request.actor)
    chosen = step_of(view, step)
    about = {
        "Service": view.service,
        "Version": base_of(view).version,
        "File": chosen.decision.file,
        "State": view.state,
    }
    return _sent(to_sheet(_grid(view, chosen), about=about), f"{step}.xlsx", XLSX)


@open_to("manager", methods=("POST",))
def bring_back(request: HttpRequest, draft: UUID, step: str) -> HttpResponse:
    """Take a table that was changed elsewhere, checked like one that was typed."""
    from standpipe.policy.sheet import MOST_BYTES, FaultySheet

    view = open_draft(draft, actor=request.actor)
    chosen = step_of(view, step)
    sent = request.FILES.get("file")
    if sent is None or sent.size > MOST_BYTES:
        words = words_in(request)("policy.table.no_file")
        return show_table(request, view, chosen, brought=words)
    content = sent.read()
    try:
        text = _text(content, view, chosen)
        replace_table(draft, chosen.decision.file, text, actor=request.actor, at=request.at)
    except FaultySheet as faulty:
        return show_table(request, view, chosen, brought=" ".join(faulty.faults))
    except FaultyModel as faulty:
        lines = fault_lines(faulty.faults[:10], language=language_of(request))
        words = " ".join(f"{line['where']}: {line['text']}" for line in lines)
        return show_table(request, view, chosen, brought=words)
    except NotReady as refused:
        return show_table(request, view, chosen, brought=str(refused))
    return HttpResponseRedirect(f"{resolve_url('draft_table', draft, step)}#after")


def _text(content: bytes, view: DraftView, step: DecisionStep) -> str:
    from standpipe.policy.sheet import FaultySheet, from_sheet

    if content[:2] == b"PK":
        grid = _grid(view, step)
        xml = files_of(view)[step.decision.file]
        return with_rows(xml, step.decision.name, from_sheet(content, grid))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FaultySheet(["The file is neither XLSX nor DMN in UTF-8."]) from None


def _grid(view: DraftView, step: DecisionStep) -> Grid:
    path = step.decision.file
    return grid_of(files_of(view)[path], step.decision.name, file=path)


def _sent(content: bytes, name: str, kind: str) -> HttpResponse:
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"},
    )
