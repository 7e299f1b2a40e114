"""Amounts as people read them. Pure."""


def pounds(pence: int) -> str:
    """Return an amount of pence as £10 or £10.50."""
    return f"£{pence // 100:,}" if pence % 100 == 0 else f"£{pence / 100:,.2f}"
