"""Sessions, languages and forms: for pages, which people visit, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string


class PageMiddleware:
    """
    Leads pages through `PAGE_MIDDLEWARE`, and machines (`MACHINE_PATHS`) past it.

    A machine has no session: a cookie that comes with its request means nothing there, so that no
    form of another site can act by it. What a machine may do is told by its token alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._for_machines = self._for_pages = get_response
        self._before_views: list[Callable[..., HttpResponse | None]] = []
        for path in reversed(settings.PAGE_MIDDLEWARE):
            middleware = import_string(path)(self._for_pages)
            if hasattr(middleware, "process_view"):
                self._before_views.insert(0, middleware.process_view)
            self._for_pages = convert_exception_to_response(middleware)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return (self._for_machines if is_for_machines(request) else self._for_pages)(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Let each of them look at the view that a page was found to have."""
        if is_for_machines(request):
            return None
        answers = (look(request, *view) for look in self._before_views)
        return next((answer for answer in answers if answer is not None), None)


def is_for_machines(request: HttpRequest) -> bool:
    """Say whether an address is one that only machines ask for."""
    return request.path_info.startswith(settings.MACHINE_PATHS)
