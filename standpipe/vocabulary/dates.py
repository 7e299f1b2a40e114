"""Dates as people type them, in three boxes, and as they are written for them to read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from standpipe.kernel.text import Text
from standpipe.vocabulary.fault_texts import fault_text, missing_parts_text
from standpipe.vocabulary.part_faults import PartFault

MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "cy": [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ],
}


def date_in_words(day: date, *, language: str) -> str:
    """Return a day as it is written in a letter: 31 March 1980, 31 Mawrth 1980."""
    months = MONTHS["cy" if language == "cy" else "en"]
    return f"{day.day} {months[day.month - 1]} {day.year}"


def read_date(label: Text, boxes: Mapping[str, str]) -> tuple[str | None, list[PartFault]]:
    """Return YYYY-MM-DD from the boxes day, month and year, or what is wrong with which box."""
    typed = {part: unicodedata.normalize("NFKC", boxes[part]).strip() for part in boxes}
    missing = [part for part in ("day", "month", "year") if not typed[part]]
    if missing:
        parts = missing_parts_text(missing)
        return None, [PartFault(missing[0], fault_text("date_parts", label=label, parts=parts))]
    if not re.fullmatch(r"[0-9]{4}", typed["year"]):
        return None, [PartFault("year", fault_text("year"))]
    month = _month(typed["month"])
    try:
        if month is None or not re.fullmatch(r"[0-9]{1,2}", typed["day"]):
            raise ValueError
        return date(int(typed["year"]), month, int(typed["day"])).isoformat(), []
    except ValueError:
        wrong = "month" if month is None else "day"
        return None, [PartFault(wrong, fault_text("date_unreal", label=label))]


def _month(typed: str) -> int | None:
    """Return the month of "3", "03", "March", "mar" or "Mawrth"; None if there is no such month."""
    if re.fullmatch(r"[0-9]{1,2}", typed):
        return int(typed) if 1 <= int(typed) <= 12 else None
    if len(typed) < 3:
        return None
    starts = {
        number
        for names in MONTHS.values()
        for number, name in enumerate(names, start=1)
        if name.lower().startswith(typed.lower())
    }
    return starts.pop() if len(starts) == 1 else None
