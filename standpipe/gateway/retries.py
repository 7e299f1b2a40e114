"""When to try a call again, and after how long. Pure."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime

_FIRST_WAIT_SECONDS = 0.2
_LONGEST_WAIT_SECONDS = 5.0


def wait_before_retry(attempt: int, *, retry_after: float | None, chance: float) -> float:
    """
    Return the seconds to wait after a failed attempt (the first is 1).

    `chance` in [0, 1) spreads callers out, so that they do not all come back at once: between
    half and all of a wait that doubles each time. `retry_after` is what the other side asked for
    and is never undercut.
    """
    longest = min(_FIRST_WAIT_SECONDS * 2.0 ** (attempt - 1), _LONGEST_WAIT_SECONDS)
    wait = longest / 2 + longest / 2 * chance
    return wait if retry_after is None else max(retry_after, wait)


def read_retry_after(header: str | None, *, at: datetime) -> float | None:
    """Return the seconds of a Retry-After header (RFC 9110, 10.2.3), never below 0; None if bad."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
        return max(0.0, (moment - at).total_seconds())
    except (ValueError, TypeError):
        return None
