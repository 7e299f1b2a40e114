"""What can be wrong with a model, and how that is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from standpipe.dmn.sayings import Saying
from standpipe.kernel.errors import Misconfigured
from standpipe.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Fault:
    """
    One thing wrong in a model: where it stands, what it is, and how to mend it.

    `row` counts from 1; `cell` is the text at the head of the column. Either is None when the
    fault concerns more than one. `code` names what is wrong, `parts` fill its words.
    """

    file: str
    table: str | None
    row: int | None
    cell: str | None
    code: str
    parts: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> Text:
        """What is wrong, in each language."""
        return Saying(f"{self.code}.message", self.parts).text

    @property
    def mend(self) -> Text:
        """How to mend it, in each language."""
        return Saying(f"{self.code}.mend", self.parts).text

    def __str__(self) -> str:
        place = [self.file]
        if self.table is not None:
            place.append(f"table {self.table!r}")
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.cell is not None:
            place.append(f"cell {self.cell!r}")
        return f"{', '.join(place)}: {self.message.en} Mend: {self.mend.en}"


class FaultyModel(Misconfigured):
    """A model cannot be used; `faults` lists every reason, in the order of the file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = list(faults)
