"""Drawing a sample that comes out the same for the same seed, and summing up its marks. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from standpipe.kernel.canonical import digest

Answer = Literal["met", "not_met", "not_applicable"]
ANSWERS: tuple[Answer, ...] = ("met", "not_met", "not_applicable")
# Fewer reviewed cases than this say little of the whole, and may say who decided them.
SMALL = 5
MOST = 200


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one mark was met, not met, or did not apply."""

    mark: str
    met: int
    not_met: int
    not_applicable: int

    @property
    def asked(self) -> int:
        """How often it applied."""
        return self.met + self.not_met


def draw(references: Iterable[str], *, seed: str, share_percent: int) -> list[str]:
    """
    Return that share of references, at least one of any, at most `MOST`.

    Each is placed by a hash of the seed and itself: who knows the seed and the cases draws the
    same sample, and a case that is added later moves no other out of its place in the order.
    """
    known = sorted(set(references))
    size = min(MOST, ceil(len(known) * share_percent / 100))
    return sorted(known, key=lambda one: digest(f"{seed}:{one}"))[:size]


def tally(marks: Sequence[str], reviewed: Iterable[Mapping[str, str]]) -> list[Tally]:
    """Return how the reviewed cases did on each mark, in the order of the marks."""
    counts = {mark: Counter[str]() for mark in marks}
    for one in reviewed:
        for mark, answer in one.items():
            if mark in counts:
                counts[mark][answer] += 1
    return [
        Tally(mark, count["met"], count["not_met"], count["not_applicable"])
        for mark, count in counts.items()
    ]


def is_small(reviewed: int) -> bool:
    """Tell whether so few were reviewed that their sum must not be read as more than they are."""
    return reviewed < SMALL
