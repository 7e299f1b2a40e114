"""Amounts as people read them. Pure."""

from __future__ import annotations

from standpipe.packs.fees import Charge
from standpipe.web.wording import say


def pounds(pence: int) -> str:
    """Return an amount of pence as £10 or £10.50."""
    return f"£{pence // 100:,}" if pence % 100 == 0 else f"£{pence / 100:,.2f}"


def for_each(charge: Charge, *, language: str) -> str | None:
    """Return how an amount comes about, such as 3 × £10; None where it is for one alone."""
    if charge.fee.per is None or charge.count is None:
        return None
    return say(
        "pay.for_each",
        language=language,
        count=charge.count,
        each=pounds(charge.fee.amount_pence),
        label=charge.fee.label.in_(language) if charge.fee.label else "",
    )
