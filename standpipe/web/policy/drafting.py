"""One draft: its tables as grids, its fee, its examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.dmn import Fault, FaultyModel
from standpipe.eligibility.rules import DecisionStep
from standpipe.policy.actions import accept_example, change_cells, change_fee, change_row
from standpipe.policy.draft import DraftView, NotReady
from standpipe.policy.grid import Grid, grid_of
from standpipe.policy.queries import base_of, checked, files_of, open_draft
from standpipe.policy.table_text import Place
from standpipe.web.access import open_to
from standpipe.web.presenters.policy import fee_rows, grid_page, read_date, read_pence
from standpipe.web.rendering import language_of, words_in
from standpipe.web.staff.opening import show_to_staff

ROW_ACTS = ("copy", "remove", "up", "down")


@open_to("manager", methods=("GET", "POST"))
def table(request: HttpRequest, draft: UUID, step: str) -> HttpResponse:
    """Show one table as a grid; save what was written into it."""
    view = open_draft(draft, actor=request.actor)
    chosen = step_of(view, step)
    if request.method != "POST":
        return show_table(request, view, chosen)
    sent = {name: text.strip() for name, text in request.POST.items()}
    try:
        change_cells(
            draft,
            chosen.decision.name,
            _changes(_grid(view, chosen), sent),
            seen=sent.get("seen", ""),
            actor=request.actor,
            at=request.at,
        )
        if sent.get("act") == "row":
            _change_row(request, draft, chosen, sent)
    except FaultyModel as faulty:
        return show_table(request, view, chosen, faults=faulty.faults, sent=sent)
    return HttpResponseRedirect(f"{resolve_url('draft_table', draft, step)}#after")


@open_to("manager", methods=("GET", "POST"))
def fees(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show the fees of the draft; set one from a day on."""
    view = open_draft(draft, actor=request.actor)
    say = words_in(request)
    sent = {name: text.strip() for name, text in request.POST.items()}
    faults: dict[str, str] = {}
    if request.method == "POST":
        since, pence = read_date(sent, "since"), read_pence(sent.get("amount", ""))
        if since is None or since < request.at.date():
            faults["since"] = say("policy.fee.no_since")
        if pence is None:
            faults["amount"] = say("policy.fee.no_amount")
        if not sent.get("law"):
            faults["law"] = say("policy.fee.no_law")
        if not faults and since is not None and pence is not None:
            refusal = _set_fee(request, draft, since, pence, sent)
            if refusal is None:
                return HttpResponseRedirect(resolve_url("draft", draft))
            faults["amount"] = refusal
    pack = checked(view).pack or base_of(view)
    values = {
        "draft": view,
        "fees": fee_rows(pack.fees, language=language_of(request)),
        "sent": sent,
        "faults": faults,
        "errors": [{"href": f"#{_field(name)}", "text": text} for name, text in faults.items()],
    }
    return show_to_staff(request, "policy/fees.html", values, status=422 if faults else 200)


@open_to("manager", methods=("POST",))
def example(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Let what the draft says of an example be expected from now on."""
    accept_example(
        draft,
        request.POST.get("file", ""),
        request.POST.get("situation", ""),
        actor=request.actor,
        at=request.at,
    )
    return HttpResponseRedirect(f"{resolve_url('draft', draft)}#examples")


def step_of(view: DraftView, step: str) -> DecisionStep:
    """Return a table of a draft's service by the id of its step; not found without one."""
    found = next((one for one in base_of(view).latest_steps if one.id == step), None)
    if found is None:
        raise Http404
    return found


def show_table(
    request: HttpRequest,
    view: DraftView,
    step: DecisionStep,
    *,
    faults: Sequence[Fault] = (),
    sent: Mapping[str, str] | None = None,
    brought: str = "",
) -> HttpResponse:
    """Show a table, with what was typed into it, and what is wrong with that or with a file."""
    values: dict[str, Any] = grid_page(
        view,
        step,
        _grid(view, step),
        checked(view),
        faults,
        sent or {},
        language=language_of(request),
    )
    values["brought"] = brought
    if brought:
        values["errors"] = [{"href": "#file", "text": brought}]
    status = 422 if faults or brought else 200
    return show_to_staff(request, "policy/table.html", values, status=status)


def _grid(view: DraftView, step: DecisionStep) -> Grid:
    path = step.decision.file
    return grid_of(files_of(view)[path], step.decision.name, file=path)


def _changes(grid: Grid, sent: Mapping[str, str]) -> dict[Place, str]:
    changes: dict[Place, str] = {}
    for row in grid.rows:
        for column, text in zip(grid.columns, row.texts, strict=True):
            written = sent.get(f"{row.number}.{column.key}", text)
            # Lines of a text area end otherwise than those of the file.
            if written.split() != text.split():
                changes[(row.number, column.kind, column.place)] = written
    return changes


def _change_row(
    request: HttpRequest, draft: UUID, step: DecisionStep, sent: Mapping[str, str]
) -> None:
    number, how = sent.get("row", ""), sent.get("how", "")
    if not (number.isascii() and number.isdigit()) or how not in ROW_ACTS:
        raise NotReady(words_in(request)("policy.row.choose"))
    mark = open_draft(draft, actor=request.actor).mark
    change_row(
        draft,
        step.decision.name,
        int(number),
        how=how,
        seen=mark,
        actor=request.actor,
        at=request.at,
    )


def _set_fee(
    request: HttpRequest, draft: UUID, since: date, pence: int, sent: Mapping[str, str]
) -> str | None:
    """Set it, or return why not."""
    try:
        change_fee(
            draft,
            since=since,
            amount_pence=pence,
            law=sent["law"],
            refundable=sent.get("refundable") == "yes",
            actor=request.actor,
            at=request.at,
        )
    except NotReady as refused:
        return str(refused)
    return None


def _field(name: str) -> str:
    return "since-day" if name == "since" else name
