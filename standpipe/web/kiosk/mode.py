"""Whether a browser is a public computer, and what it may not do then."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from standpipe.jobs.clock import now
from standpipe.kiosks.kiosk import Kiosk, is_left
from standpipe.kiosks.queries import kiosk_of_hash
from standpipe.web.language import COOKIE as LANGUAGE

COOKIE = "kiosk"
SALT = "standpipe.kiosk"
A_YEAR_SECONDS = 365 * 24 * 60 * 60
# Where the session keeps when it was last used.
USED = "kiosk_used"
# Looking at these is no sign that somebody is there.
NOT_A_USE = frozenset({"kiosk_still_there", "kiosk_cleared", "look"})


class KioskMiddleware:
    """
    Sets `request.kiosk`, None where the browser is somebody's own.

    At a public computer it forgets whoever walked away, also without any script, and keeps
    everybody from signing in: a password typed there can be watched, and what an account opens
    is more than this visit needs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kiosk = kiosk_behind(request)
        request.kiosk = kiosk  # type: ignore[attr-defined]
        if kiosk is None:
            return self.get_response(request)
        used = request.session.get(USED)
        if used is not None and is_left(datetime.fromtimestamp(used, UTC), at=now()):
            return forget(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_: object
    ) -> HttpResponse | None:
        """Note that somebody is there; lead whoever would sign in back to the start."""
        match = request.resolver_match
        if request.kiosk is None or match is None:  # type: ignore[attr-defined]
            return None
        if match.url_name not in NOT_A_USE:
            request.session[USED] = now().timestamp()
        who = getattr(view, "open_to", frozenset())
        if match.route.startswith("accounts/") or not who & {"anyone", "applicant", "client"}:
            return HttpResponseRedirect(resolve_url("kiosk"))
        return None


def kiosk_behind(request: HttpRequest) -> Kiosk | None:
    """Return which public computer sends a request; None where it is none, or one no more."""
    with suppress(KeyError, ValueError, signing.BadSignature):
        kiosk, key_sha256 = signing.loads(request.COOKIES[COOKIE], salt=SALT)
        return kiosk_of_hash(UUID(kiosk), key_sha256)
    return None


def remember(response: HttpResponse, kiosk: Kiosk) -> HttpResponse:
    """Have a browser know that it is a public computer."""
    response.set_cookie(
        COOKIE,
        signing.dumps([str(kiosk.id), kiosk.key_sha256], salt=SALT),
        max_age=A_YEAR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(request: HttpRequest) -> HttpResponse:
    """
    Forget whoever used a public computer, here and there, and lead to a page that says so.

    The session is deleted on the server first, so that whatever a browser should keep in spite
    of everything opens nothing.
    """
    request.session.flush()
    # In the language of who leaves; the next person finds the browser's own again.
    said = urlencode({"in": getattr(request, "language", "en")})
    response = HttpResponseRedirect(f"{resolve_url('kiosk_cleared')}?{said}")
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, LANGUAGE, "messages"):
        response.delete_cookie(name, samesite="Lax")
    # Not "cookies": that would also forget that this is a public computer.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.headers["Cache-Control"] = "no-store"
    return response
