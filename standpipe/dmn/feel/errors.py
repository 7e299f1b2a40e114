"""What can go wrong while FEEL is read."""

from __future__ import annotations


class FeelSyntaxError(ValueError):
    """A text is not FEEL; `position` counts characters from 0, `mend` says what to write."""

    def __init__(self, message: str, *, position: int, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.mend = mend or "Write it as FEEL 1.5."
