"""Help with one application: by whom, how the person agreed to it, and how far it reaches. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from standpipe.kernel.text import Text

# The same words as of a mandate: how the person agreed, or by what power somebody speaks for them.
Basis = Literal[
    "agreed_present",
    "agreed_verbally",
    "power_of_attorney",
    "deputy",
    "appointee",
    "parent",
]

BASES: Mapping[Basis, Text] = {
    "agreed_verbally": Text("They said yes on the phone", "Dywedasant ie ar y ffôn"),
    "agreed_present": Text("They are here and said yes", "Maent yma a dywedasant ie"),
    "power_of_attorney": Text(
        "Somebody speaks for them by a lasting power of attorney",
        "Mae rhywun yn siarad drostynt drwy atwrneiaeth arhosol",
    ),
    "deputy": Text(
        "Somebody speaks for them as a deputy of the Court of Protection",
        "Mae rhywun yn siarad drostynt fel dirprwy’r Llys Gwarchod",
    ),
    "appointee": Text(
        "Somebody speaks for them as their appointee for benefits",
        "Mae rhywun yn siarad drostynt fel eu penodai ar gyfer budd-daliadau",
    ),
    "parent": Text("Their parent speaks for them", "Mae eu rhiant yn siarad drostynt"),
}
# Of these we ask to see a paper, and note which.
LEGAL_POWERS: frozenset[Basis] = frozenset({"power_of_attorney", "deputy", "appointee", "parent"})


@dataclass(frozen=True, slots=True)
class Assistance:
    """
    That a member of staff helps a person with one application, and with nothing beside it.

    `wording` is what the person heard or read when they agreed, `evidence` which paper was seen
    of a legal power. It ends when the application is sent, unless `may_follow`, or before, when
    the person takes it back.
    """

    id: UUID
    person: UUID
    helper: str
    helper_name: str
    helper_organisation: UUID
    organisation: UUID
    what: str
    basis: Basis
    evidence: str
    undertaking: str
    wording: str
    receipt: str
    may_follow: bool
    at: datetime
    ended_at: datetime | None

    def reaches(self, what: str, *, is_open: bool) -> bool:
        """Say whether it opens a thing (`application:REF`) that is, or is not, open still."""
        return self.ended_at is None and self.what == what and (is_open or self.may_follow)
