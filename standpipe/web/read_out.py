"""What staff say where the person they help does not see the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from standpipe.applications.actions.returning import papers_of
from standpipe.applications.application import ApplicationView
from standpipe.documents.queries import DocumentLine
from standpipe.packs.form import Page
from standpipe.packs.loaded import vocabulary
from standpipe.web.presenters.assist import READ_OUT
from standpipe.web.presenters.fields import Component
from standpipe.web.presenters.script import Line, as_said, question_script
from standpipe.web.rendering import language_of, words_in


@dataclass(frozen=True, slots=True)
class Helped:
    """What a page shows beside itself where somebody helps: who, and in which way."""

    helper: str
    channel: str = "phone"
    papers: tuple[DocumentLine, ...] = ()


def shown_to(request: HttpRequest, view: ApplicationView) -> None:
    """Note in which way the person whose page it is asks, for what stands above it."""
    helped: Helped | None = getattr(request, "helped", None)
    if helped is not None:
        papers: tuple[DocumentLine, ...] = ()
        if view.channel == "paper":
            papers = tuple(papers_of(view.reference, actor=request.actor, at=request.at))
        request.helped = replace(helped, channel=view.channel, papers=papers)  # type: ignore[attr-defined]


def is_read_out(request: HttpRequest, view: ApplicationView) -> bool:
    """Say whether a page is for somebody who reads it out."""
    return getattr(request, "helped", None) is not None and view.channel in READ_OUT


def page_script(request: HttpRequest, view: ApplicationView, page: Page) -> list[Line] | None:
    """Return what to say for a page; None where nothing is read out."""
    if not is_read_out(request, view):
        return None
    say = words_in(request)
    if page.kind == "consult":
        return [Line(note=say("assist.script.consult"))]
    lines = question_script(view, page, vocabulary(), language=language_of(request))
    return [*lines, Line(note=say("assist.script.file"))] if page.kind == "upload" else lines


def check_script(
    request: HttpRequest, view: ApplicationView, declarations: Sequence[Component]
) -> dict[str, Any]:
    """Return what to say when answers are read back, and the declarations as a yes or no."""
    if not is_read_out(request, view):
        return {"components": list(declarations)}
    return {
        "script": [Line(note=words_in(request)("assist.script.answers"))],
        "components": as_said(declarations, language=language_of(request)),
    }
