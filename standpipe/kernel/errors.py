"""Errors, sorted by who can mend them; anything else that is raised is our bug."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class Refused(Exception):
    """The person can mend it: it is shown to them and never alerts anybody."""


class Unavailable(Exception):
    """Time mends it: it is tried again."""


class Misconfigured(Exception):
    """The operator mends it: it stops start-up and names the file."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a data file: where it stands, what it is, and how to mend it."""

    path: Path
    place: str
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.place}: {self.message} Mend: {self.mend}"


class FaultyFiles(Misconfigured):
    """Data files hold faults; `faults` lists every one, in the order of the files."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
