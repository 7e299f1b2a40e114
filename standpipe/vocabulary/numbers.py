"""Values that are numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from standpipe.vocabulary.attribute import Attribute
from standpipe.vocabulary.cleaning import clean
from standpipe.vocabulary.fault_texts import fault_text
from standpipe.vocabulary.part_faults import PartFault


def whole_number(attribute: Attribute, value: object, on: date) -> int:
    """Settle a whole number, written with or without commas."""
    if isinstance(value, str):
        text = re.sub(r"[\s,]", "", clean(attribute, value))
        if not text:
            raise PartFault("", attribute.missing)
        # Nobody means a number of more digits; and int() of very many takes very long.
        value = int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else None
    if isinstance(value, bool) or not isinstance(value, int):
        raise PartFault("", fault_text("number", label=attribute.label))
    _in_range(attribute, value)
    return value


def money(attribute: Attribute, value: object, on: date) -> str:
    """Settle an amount in pounds, kept as text with two decimals."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**18 else "too much"
    text = re.sub(r"[\s,£]", "", clean(attribute, value))
    if not text:
        raise PartFault("", attribute.missing)
    try:
        if not re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,2})?", text):
            raise InvalidOperation
        amount = Decimal(text)
    except InvalidOperation:
        raise PartFault("", fault_text("money", label=attribute.label)) from None
    _in_range(attribute, amount)
    return f"{amount:.2f}"


def _in_range(attribute: Attribute, number: int | Decimal) -> None:
    limits = attribute.limits
    if not limits.smallest <= number <= limits.largest:
        words = {"smallest": f"{limits.smallest:,}", "largest": f"{limits.largest:,}"}
        raise PartFault("", fault_text("range", label=attribute.label, **words))
