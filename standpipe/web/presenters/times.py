"""Moments as people read them, in the time of the place. Pure."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from standpipe.vocabulary.dates import date_in_words

LOCAL = ZoneInfo("Europe/London")


def moment(at: datetime, *, language: str) -> str:
    """Return a moment as 22 November 2026, 4:05pm."""
    local = at.astimezone(LOCAL)
    hour = local.hour % 12 or 12
    half = ("yb" if local.hour < 12 else "yp") if language == "cy" else f"{local:%p}".lower()
    return f"{date_in_words(local.date(), language=language)}, {hour}:{local:%M}{half}"


def whole_minutes(start: datetime, end: datetime) -> int:
    """Return the minutes between two moments, begun ones counted, at least 1."""
    return max(1, -int(-(end - start).total_seconds() // 60))
