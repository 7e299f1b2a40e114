"""The messages and letters of a service, edited in two languages as part of a draft."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.policy.actions import change_text
from standpipe.policy.draft import DraftView
from standpipe.policy.queries import base_of, checked, open_draft
from standpipe.policy.template_text import (
    FaultyText,
    fields_of,
    read_fields,
    template_of,
)
from standpipe.web.access import open_to
from standpipe.web.presenters.texts import example_values, previews, text_rows
from standpipe.web.rendering import language_of
from standpipe.web.staff.opening import show_to_staff

FIELDS = ("subject_en", "body_en", "subject_cy", "body_cy")


@open_to("manager")
def texts(request: HttpRequest, draft: UUID) -> HttpResponse:
    """List the messages and letters of the draft's service."""
    view = open_draft(draft, actor=request.actor)
    values = {
        "draft": view,
        "groups": text_rows(base_of(view), view.texts, language=language_of(request)),
    }
    return show_to_staff(request, "policy/texts.html", values)


@open_to("manager", methods=("GET", "POST"))
def text(request: HttpRequest, draft: UUID, folder: str, name: str) -> HttpResponse:
    """Show one message or letter with a preview in both languages; save what was written."""
    view = open_draft(draft, actor=request.actor)
    sent = {field: request.POST.get(field, "") for field in FIELDS}
    if request.method != "POST":
        return _show(request, view, folder, name)
    try:
        if request.POST.get("act") == "preview":
            read_fields(base_of(view), folder, name, sent)
            return _show(request, view, folder, name, sent=sent)
        change_text(
            draft,
            folder,
            name,
            sent,
            seen=request.POST.get("seen", ""),
            actor=request.actor,
            at=request.at,
        )
    except FaultyText as faulty:
        return _show(request, view, folder, name, sent=sent, faulty=faulty)
    return HttpResponseRedirect(f"{resolve_url('draft_text', draft, folder, name)}#preview")


def _show(
    request: HttpRequest,
    view: DraftView,
    folder: str,
    name: str,
    *,
    sent: dict[str, str] | None = None,
    faulty: FaultyText | None = None,
) -> HttpResponse:
    language = language_of(request)
    pack = checked(view).pack or base_of(view)
    template = template_of(pack, folder, name)
    faults: dict[str, str] = {}
    for one in faulty.faults if faulty else ():
        said = one.message.in_(language)
        faults[one.field] = f"{faults[one.field]}. {said}" if one.field in faults else said
    if sent is not None and faulty is None:
        template, _ = read_fields(pack, folder, name, sent)
    values: dict[str, Any] = {
        "draft": view,
        "folder": folder,
        "name": name,
        "service": pack.label.in_(language),
        "fields": sent or fields_of(template),
        "faults": faults,
        "errors": [{"href": f"#{field}", "text": said} for field, said in faults.items()],
        "previews": previews(template, pack, folder) if faulty is None else [],
        "placeholders": example_values(template, pack, language=language),
    }
    return show_to_staff(request, "policy/text.html", values, status=422 if faulty else 200)
