"""Answers as they are shown back to people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from standpipe.kernel.text import Text
from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.dates import date_in_words
from standpipe.vocabulary.unknown import is_unknown

_NOT_PROVIDED = Text("Not provided", "Heb ei ddarparu")
_NOT_KNOWN = Text("I do not know", "Nid wyf yn gwybod")
_YES, _NO = Text("Yes", "Ydy"), Text("No", "Nac ydy")
_AGREED = Text("Agreed", "Cytunwyd")


def show_answer(attribute: Attribute, value: Any, *, language: str) -> str | list[str]:
    """Return a value as the person would write it; a list where it has several lines."""
    if value is None:
        return _NOT_PROVIDED.in_(language)
    if is_unknown(value):
        return (attribute.unknown or _NOT_KNOWN).in_(language)
    match attribute.type:
        case "date":
            return date_in_words(date.fromisoformat(value), language=language)
        case "boolean":
            return (_YES if value else _NO).in_(language)
        case "declaration":
            return _AGREED.in_(language)
        case "choice":
            return attribute.choice(value).label.in_(language)
        case "choices":
            return [attribute.choice(code).label.in_(language) for code in value]
        case "name":
            return f"{value['given']} {value['family']}"
        case "address":
            parts = ("line1", "line2", "town", "county", "postcode")
            return [value[part] for part in parts if value.get(part)]
        case "national_insurance_number":
            return f"{value[:2]} {value[2:4]} {value[4:6]} {value[6:8]} {value[8:]}"
        case "money":
            return f"£{Decimal(value):,.2f}".removesuffix(".00")
        case "file" | "photo":
            return str(value["name"])
        case "long_text":
            return str(value).split("\n")
        case _:
            return str(value)
