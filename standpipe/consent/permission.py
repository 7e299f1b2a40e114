"""A permission to read personal data: on whose behalf, whose data, for what, on which basis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from standpipe.identity.actor import Actor

# UK GDPR article 6(1): (a) consent, (e) public task; `own` is a person's access to their own.
Basis = Literal["own", "public_task", "consent"]

_SEAL = object()


@dataclass(frozen=True, slots=True)
class Permission:
    """
    Leave to read; only `consent.actions` makes one.

    `subject` None means: any person the organisation has business with, each use being
    recorded with the persons that it showed. `attributes` None means: all that the
    business in hand holds.
    """

    actor: Actor
    subject: UUID | None
    organisation: UUID | None
    purpose: str
    basis: Basis
    attributes: frozenset[str] | None
    at: datetime
    grant: UUID | None
    receipt: str | None
    seal: object

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise TypeError("A permission is made by consent.actions alone.")

    def covers(self, attribute: str) -> bool:
        """Say whether an attribute may be read under it."""
        return self.attributes is None or attribute in self.attributes
