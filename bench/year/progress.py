"""How far the year is, and how long it will take yet; told where it does not mix with figures."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

_EVERY_SECONDS = 5


class Progress:
    """Tells every few seconds how far it is of so many applications."""

    def __init__(self, applications: int) -> None:
        self._applications = max(applications, 1)
        self._started = time.monotonic()
        self._told = 0.0

    def at(self, when: str, *, done: int, seconds: Sequence[float]) -> None:
        """Tell how far it is, unless that was told just now; `seconds` are those of the pages."""
        now = time.monotonic()
        if now - self._told < _EVERY_SECONDS:
            return
        self._told = now
        gone = now - self._started
        rate = done / gone if gone else 0.0
        left = f"{(self._applications - done) / rate / 60:.0f} min left" if rate else "just begun"
        p95 = sorted(seconds)[len(seconds) * 95 // 100] * 1000 if seconds else 0
        tell(
            f"{when}: {done:,} of {self._applications:,} applications, {rate:.1f} a second, "
            f"{len(seconds):,} pages, p95 {p95:.0f} ms, {left}"
        )


def tell(words: str) -> None:
    """Tell it at once."""
    print(words, file=sys.stderr, flush=True)
