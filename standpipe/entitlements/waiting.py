"""How long an order waits for its next try. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

# Longer than any call through a connector: whoever took it on is then taken for dead.
LEASE = timedelta(minutes=2)
_FIRST = timedelta(seconds=5)
_LONGEST = timedelta(hours=1)


def next_try(tries: int, *, at: datetime) -> datetime:
    """Return when to try again after so many tries: sooner at first, then every hour."""
    doubled = timedelta(seconds=_FIRST.total_seconds() * 2.0 ** min(max(tries - 1, 0), 12))
    return at + min(doubled, _LONGEST)
