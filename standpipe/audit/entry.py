"""What an entry of the audit log says, and how entries are chained. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from standpipe.kernel.canonical import canonical_json, digest

# Several chains, so that writers seldom wait for each other; each is verified by itself.
CHAINS = 64
FIRST_HASH = "0" * 64


class Doer(Protocol):
    """Whoever acts, as the log names them."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def organisation(self) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done: by whom, when, about whom (`subjects`), to what, why and on what basis."""

    id: UUID
    verb: str
    at: datetime
    actor_kind: str
    actor_id: str
    actor_name: str
    actor_organisation: UUID | None
    organisation: UUID | None
    subjects: tuple[UUID, ...]
    what: str
    purpose: str | None
    basis: str | None
    detail: Mapping[str, Any]

    def body(self) -> str:
        """Return the canonical text that is hashed."""
        return canonical_json(
            {
                "id": self.id,
                "verb": self.verb,
                "at": self.at,
                "actor": {
                    "kind": self.actor_kind,
                    "id": self.actor_id,
                    "name": self.actor_name,
                    "organisation": self.actor_organisation,
                },
                "organisation": self.organisation,
                "subjects": [str(subject) for subject in self.subjects],
                "what": self.what,
                "purpose": self.purpose,
                "basis": self.basis,
                "detail": dict(self.detail),
            }
        )


def chained(previous_hash: str, body: str) -> str:
    """Return the hash of an entry: SHA-256 over the hash before it and its own text."""
    return digest(previous_hash + body)


def root(heads: Sequence[tuple[int, int, str]]) -> str:
    """Return one hash over the heads (chain, length, hash) of all chains, in chain order."""
    return digest("".join(f"{chain}:{length}:{head};" for chain, length, head in sorted(heads)))
