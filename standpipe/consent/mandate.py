"""A mandate: somebody acts for somebody else, in one application and nothing beside it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
# Why a mandate ended, where it was not its own people who ended it.
EndedBecause = Literal["power_ended", "taken_back", "person_died"]
ENDED_WORDS: Mapping[EndedBecause, Text] = {
    "power_ended": Text(
        "their power or authority has ended", "mae eu pŵer neu eu hawdurdod wedi dod i ben"
    ),
    "taken_back": Text(
        "the person took their agreement back", "mae’r person wedi tynnu eu cytundeb yn ôl"
    ),
    "person_died": Text("the person died", "mae’r person wedi marw"),
}
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


# Parental responsibility ends with childhood: Children Act 1989, s. 105(1).
CHILDHOOD_YEARS = 18


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
    ended_because: EndedBecause | None

    @property
    def may_agree(self) -> bool:
        """Whether it reaches as far as agreeing to a check in the person's stead."""
        return self.revoked_at is None and self.basis in LEGAL_POWERS

    def reaches_what_is_held(self, *, born: date | None, on: date) -> bool:
        """
        Say whether it reaches what was granted to the person, long after it was asked for.

        Only a power in law does, and a parent's as long as the person is a child.
        """
        if not self.may_agree:
            return False
        if self.basis != "parent":
            return True
        return born is not None and _years(born, on) < CHILDHOOD_YEARS


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
