"""Messages that no machine sends: letters to post, calls to make, and what did not arrive. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from standpipe.documents.letters import Letter
from standpipe.places.place import Organisation


@dataclass(frozen=True, slots=True)
class ByHand:
    """
    One message that waits for staff.

    `what` names what it is about; `trouble` says why it failed, empty where it did not.
    """

    id: UUID
    what: str
    name: str
    channel: str
    to: str
    language: str
    subject: str
    body: str
    trouble: str
    written_at: datetime

    @property
    def reference(self) -> str:
        """The reference of the application that it is about."""
        return self.what.partition(":")[2].partition("#")[0]

    def as_letter(self, organisation: Organisation) -> Letter:
        """Return it as staff print it, for an envelope with a window."""
        return Letter(
            language=self.language,
            organisation=organisation.name.in_(self.language),
            organisation_address=organisation.contact.address,
            to=self.to.splitlines(),
            on=self.written_at.date(),
            subject=self.subject,
            paragraphs=re.split(r"\n\s*\n", self.body),
            reference=self.reference,
            colour=organisation.look.brand,
        )
