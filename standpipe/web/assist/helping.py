"""Acting in a person's name on the pages of their application, as they agreed to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from standpipe.applications.actions import in_their_name
from standpipe.web.access import Who, open_to
from standpipe.web.read_out import Helped

# Whoever an organisation lets help; a charity's advisers as well as a council's own staff.
HELPERS: tuple[Who, ...] = ("caseworker", "manager", "adviser")


def helped(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """
    Return a page of an applicant as a page of whoever helps them.

    :raises NoSuchApplication: if they do not help with it; the guard answers "not found"
    """

    @open_to(*HELPERS, methods=view.methods)  # type: ignore[attr-defined]
    @wraps(view, updated=())
    def page(request: HttpRequest, reference: str, **more: Any) -> HttpResponse:
        request.helped = Helped(request.actor.name)  # type: ignore[attr-defined]
        request.actor = in_their_name(reference, actor=request.actor)  # type: ignore[attr-defined]
        return view(request, reference, **more)

    return page
