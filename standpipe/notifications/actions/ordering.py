"""The next step of a message, ordered with the message."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from standpipe.jobs import ordering


def order(
    verb: Literal["deliver", "follow"],
    message: UUID,
    *,
    organisation: UUID,
    at: datetime | None = None,
    first: bool = False,
) -> None:
    """
    Order the next step of a message, at once or at a time; an order that waits is enough.

    `first` says that none can wait: the message was written in this very transaction.
    """
    name = f"notifications.{verb}"
    ordering.order(
        name,
        queue="messages",
        lock=f"{name}:{message}",
        at=at,
        first=first,
        message_id=str(message),
        organisation_id=str(organisation),
    )
