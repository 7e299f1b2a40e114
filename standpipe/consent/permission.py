"""A permission to read personal data: on whose behalf, whose data, for what, on which basis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from standpipe.identity.actor import Actor

# UK GDPR article 6(1): (a) consent, (e) public task; `own` is a person's access to their own,
# `mandate` that of whoever acts for them, `help` that of staff who help them with one
# application, as they agreed to.
Basis = Literal["own", "mandate", "help", "public_task", "consent"]

_SEAL = object()


@dataclass(frozen=True, slots=True)
class Permission:
    """
    Leave to read; only `consent.actions` makes one.

    `subject` None means: any person the organisation has business with, each use being
    recorded with the persons that it showed. `attributes` None means: all that the
    business in hand holds. `scope` names the one thing that it is bounded to, and all that
    was written about it; None where it is not bounded.
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
    scope: str | None = None

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise TypeError("A permission is made by consent.actions alone.")

    def covers(self, attribute: str) -> bool:
        """Say whether an attribute may be read under it."""
        return self.attributes is None or attribute in self.attributes

    @property
    def is_personal(self) -> bool:
        """Whether it is of the person, or of who stands in for them or beside them."""
        return self.basis in ("own", "mandate", "help")

    def reaches(self, what: str) -> bool:
        """Say whether a thing (`application:REF`) is within its bounds."""
        return self.scope is None or what == self.scope or what.startswith(f"{self.scope}#")
