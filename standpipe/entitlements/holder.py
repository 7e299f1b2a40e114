"""Who holds an entry, as far as a register is searched by it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from standpipe.kernel.canonical import digest


@dataclass(frozen=True, slots=True)
class Holder:
    """
    The holder as they were when it was granted; what is not known is empty or None.

    `identifier` is a number that is theirs alone; it is hashed and never kept.
    """

    name: str = ""
    birth_date: date | None = None
    postcode: str = ""
    identifier: str = ""

    @property
    def plain_postcode(self) -> str:
        """The postcode as it is compared: without spaces, in capitals."""
        return plain(self.postcode)

    @property
    def sha256(self) -> str:
        """
        Return what two entries of one person have in common, whatever account asked for them.

        Name, birth date and the identifier, or else the postcode; empty if too little is known
        to tell one person from another.
        """
        last = plain(self.identifier) or self.plain_postcode
        if not (self.name and self.birth_date and last):
            return ""
        name = " ".join(self.name.casefold().split())
        return digest("\n".join([name, self.birth_date.isoformat(), last]))


def plain(code: str) -> str:
    """Return a postcode or number without spaces and in capitals."""
    return "".join(code.split()).upper()
