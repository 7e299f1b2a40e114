"""What can go wrong while FEEL is read."""

from __future__ import annotations

from standpipe.dmn.sayings import Saying


class FeelSyntaxError(ValueError):
    """A text is not FEEL; `position` counts characters from 0, `mend` says what to write."""

    def __init__(self, message: Saying, *, position: int, mend: Saying) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.mend = mend

    def __str__(self) -> str:
        return self.message.text.en


def unreadable(what: str, *, position: int, **parts: object) -> FeelSyntaxError:
    """Return the error for what `sayings.yaml` calls `feel.…`; `parts` fill its words."""
    return FeelSyntaxError(
        Saying(f"feel.{what}.message", parts),
        position=position,
        mend=Saying(f"feel.{what}.mend", parts),
    )
