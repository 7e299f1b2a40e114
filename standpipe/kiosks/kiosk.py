"""A public computer, and when it forgets whoever walked away from it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

# A person is warned, and then has a minute to say that they need more time (WCAG 2.2.1 asks for
# twenty seconds); as often as they need it.
WARN_AFTER = timedelta(minutes=2)
WIPE_AFTER = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A computer that an organisation lets people use, by the name that it has on its desk."""

    id: UUID
    organisation: UUID
    name: str
    key_sha256: str


def is_left(last_used: datetime, *, at: datetime) -> bool:
    """Say whether nobody has used it for so long that what it knows must go."""
    return at - last_used >= WIPE_AFTER
