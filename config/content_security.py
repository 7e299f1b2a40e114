"""What a page may load, and where its forms may lead: one strict policy for every answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_FROM_HERE = ("script", "style", "img", "font", "connect", "manifest")
POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in _FROM_HERE),
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)


class ContentSecurityMiddleware:
    """Sends the policy with every answer, errors too (https://www.w3.org/TR/CSP3/)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A file that somebody sent comes with a stricter one.
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response
