"""What happened, newest first. Pure."""

from __future__ import annotations

from standpipe.applications.application import ApplicationView
from standpipe.web.presenters.times import moment


def timeline(view: ApplicationView, *, language: str) -> list[dict[str, str]]:
    """Return what happened to an application, as its person reads it."""
    return [
        {
            "when": moment(item.at, language=language),
            "words": item.words.in_(language),
            "detail": item.detail,
        }
        for item in reversed(view.timeline)
    ]
