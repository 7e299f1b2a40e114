"""The language of a page: the person's choice, kept in a cookie."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers

from standpipe.kernel.text import LANGUAGES

COOKIE = "language"
A_YEAR_SECONDS = 365 * 24 * 60 * 60


class LanguageMiddleware:
    """
    Sets `request.language` from the cookie, else from what the browser asks for.

    A link to the same page with `?lang=cy` sets the cookie and brings the person back to where
    they were, so that it works without JavaScript.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.GET.get("lang")
        if chosen in LANGUAGES and request.method in ("GET", "HEAD"):
            return _come_back(request, chosen)
        language = request.COOKIES.get(COOKIE, "")
        if language not in LANGUAGES:
            language = _preferred(request)
        request.language = language  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie", "Accept-Language"])
        return response


def _preferred(request: HttpRequest) -> str:
    preferred = translation.get_language_from_request(request)
    return "cy" if preferred.startswith("cy") else "en"


def _come_back(request: HttpRequest, language: str) -> HttpResponse:
    query = request.GET.copy()
    del query["lang"]
    # The path alone: an address with a host in it could lead away from this site.
    path = "/" + request.path.lstrip("/")
    response = HttpResponseRedirect(f"{path}?{query.urlencode()}" if query else path)
    response.set_cookie(
        COOKIE,
        language,
        max_age=A_YEAR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
