"""Money is whole pence; it becomes pounds only where a person reads it."""


def show_pounds(pence: int) -> str:
    """Return an amount as GOV.UK writes it: £10, £1,250.50."""
    pounds, rest = divmod(pence, 100)
    return f"£{pounds:,}" if rest == 0 else f"£{pounds:,}.{rest:02}"
