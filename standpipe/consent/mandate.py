"""A mandate: somebody acts for somebody else, in one application and nothing beside it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from standpipe.kernel.text import Text

ForWhom = Literal["self", "child", "someone_else", "organisation"]
Basis = Literal[
    "parent",
    "power_of_attorney",
    "deputy",
    "appointee",
    "agreed_present",
    "agreed_verbally",
    "officer_of_organisation",
]
# Those on which somebody may agree in another's stead; an agreement to be helped is not one.
LEGAL_POWERS: frozenset[Basis] = frozenset(
    {"parent", "power_of_attorney", "deputy", "appointee", "officer_of_organisation"}
)
BASIS_WORDS: Mapping[Basis, Text] = {
    "parent": Text("parental responsibility", "cyfrifoldeb rhiant"),
    "power_of_attorney": Text("a lasting power of attorney", "atwrneiaeth arhosol"),
    "deputy": Text(
        "an appointment as deputy by the Court of Protection",
        "penodiad yn ddirprwy gan y Llys Gwarchod",
    ),
    "appointee": Text(
        "an appointment to deal with their benefits", "penodiad i ymdrin â’u budd-daliadau"
    ),
    "agreed_present": Text(
        "their agreement, given beside you", "eu cytundeb, a roddwyd wrth eich ochr"
    ),
    "agreed_verbally": Text("their spoken agreement", "eu cytundeb llafar"),
    "officer_of_organisation": Text("your work for the organisation", "eich gwaith i’r sefydliad"),
}


@dataclass(frozen=True, slots=True)
class Mandate:
    """
    That a representative acts for a person, or an organisation, in one application.

    `representative` None: a system or an officer acts, and nobody comes back to it. `basis`
    None until it was told. `what` names the application, as the audit log does.
    """

    id: UUID
    person: UUID
    representative: UUID | None
    organisation: UUID
    application: UUID
    what: str
    basis: Basis | None
    relationship: str
    name: str
    recorded_by: str
    at: datetime
    revoked_at: datetime | None

    @property
    def may_agree(self) -> bool:
        """Whether it reaches as far as agreeing to a check in the person's stead."""
        return self.revoked_at is None and self.basis in LEGAL_POWERS
