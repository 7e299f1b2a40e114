"""Answers of the API: JSON, and problems as RFC 9457 says, each with how to mend it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from standpipe.kernel.canonical import canonical_json


def json_answer(body: Mapping[str, Any] | list[Any], *, status: int = 200) -> HttpResponse:
    """Return a body as JSON; never kept by caches, for it may be about somebody."""
    return _answer(canonical_json(body), status, "application/json")


def text_answer(text: str, *, status: int = 200) -> HttpResponse:
    """Return text that is JSON already."""
    return _answer(text, status, "application/json")


def problem_text(status: int, title: str, detail: str, errors: Sequence[Any] = ()) -> str:
    """Return a problem as JSON text."""
    body: dict[str, Any] = {"status": status, "title": title, "detail": detail}
    if errors:
        body["errors"] = list(errors)
    return json.dumps(body, ensure_ascii=False)


def problem(status: int, title: str, detail: str, errors: Sequence[Any] = ()) -> HttpResponse:
    """Return a problem: what it is, what to do about it, and each field at fault."""
    text = problem_text(status, title, detail, errors)
    return _answer(text, status, "application/problem+json")


def _answer(text: str, status: int, media_type: str) -> HttpResponse:
    response = HttpResponse(text, status=status, content_type=media_type)
    response.headers["Cache-Control"] = "no-store"
    return response
