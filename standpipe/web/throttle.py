"""So many tries, and then a pause: for what a stranger could guess at."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def allowed(request: HttpRequest, act: str, *, most: int, minutes: int) -> bool:
    """Count a try of an act from the visitor's address; False beyond so many in so long."""
    key = f"throttle:{act}:{_address(request)}"
    if cache.add(key, 1, timeout=minutes * 60):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:
        # It ran out in between: this is the first of a new count.
        cache.set(key, 1, timeout=minutes * 60)
        return True


def _address(request: HttpRequest) -> str:
    if settings.ENV.trust_proxy:
        # The last one is what our own proxy saw; those before it anybody can write.
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return request.META.get("REMOTE_ADDR", "")
