"""Who is acting. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Kind = Literal["anonymous", "person", "on_behalf", "staff", "client", "system"]
Role = Literal[
    "caseworker",
    "manager",
    "adviser",
    "enforcement",
    "information_governance",
    "developer",
    "assessor",
]
Scope = Literal[
    "applications:write",
    "applications:read",
    "cases:read",
    "cases:write",
    "entitlements:check",
    "assessments:read",
    "assessments:write",
    "entitlements:read",
    "entitlements:write",
]


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Whoever asks for something to be done.

    `person` is the one whose own data they may see; `organisation` the one they act for.
    A representative acts as the `person` of their `mandate`, in its application alone.
    `roles` are those of staff, `scopes` those of an API client. `at_shared_device` says that
    others use the same device afterwards. `helping` is the help by which staff act as `person`,
    in one application alone.
    """

    kind: Kind
    id: str
    name: str
    person: UUID | None = None
    organisation: UUID | None = None
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[Scope] = frozenset()
    at_shared_device: bool = False
    mandate: UUID | None = None
    helping: UUID | None = None

    def acts_for(self, organisation: UUID) -> bool:
        """Say whether they act for an organisation, as staff, as its system or as its worker."""
        return self.kind in ("staff", "client", "system") and self.organisation == organisation


ANONYMOUS = Actor(kind="anonymous", id="anonymous", name="A visitor")


def system(organisation: UUID | None, *, task: str) -> Actor:
    """Return the platform itself at work for an organisation, named by what it does."""
    return Actor(kind="system", id=task, name="Standpipe", organisation=organisation)
