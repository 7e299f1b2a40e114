"""Where an entry of the register stands. Pure."""

from __future__ import annotations

from datetime import date
from typing import Literal, cast

from standpipe.kernel.text import Text

Kept = Literal["ordered", "issued", "replaced", "cancelled"]
Status = Literal["ordered", "issued", "replaced", "cancelled", "expired"]

LIVE: frozenset[Status] = frozenset({"ordered", "issued"})
WORDS: dict[Status, Text] = {
    "ordered": Text("Ordered", "Wedi'i archebu"),
    "issued": Text("Issued", "Wedi'i gyhoeddi"),
    "replaced": Text("Replaced", "Wedi'i ddisodli"),
    "cancelled": Text("Cancelled", "Wedi'i ganslo"),
    "expired": Text("Expired", "Wedi dod i ben"),
}


def status_on(kept: str, *, expires_on: date, on: date) -> Status:
    """Return the status of a day: what is live and past its last day has expired."""
    status = cast(Status, kept)
    return "expired" if status in LIVE and expires_on < on else status
