"""Pages that ask the same of several: of each vehicle, of each child."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from standpipe.kernel.text import Text
from standpipe.vocabulary.need import EACH, Need

if TYPE_CHECKING:
    from standpipe.packs.form import Ask, Page


@dataclass(frozen=True, slots=True)
class Repeat:
    """
    How often a page may be asked: for each of a `role`, at least `least` and at most `most` times.

    `item` names one of them, "Vehicle {number}"; `another` asks whether there is one more.
    """

    role: str
    least: int
    most: int
    item: Text
    another: Text


def read_repeat(words: Mapping[str, Any]) -> Repeat:
    """Read how a page repeats, which the schema has found well formed."""
    return Repeat(
        role=words["each"].removesuffix("[]"),
        least=words["min"],
        most=words["max"],
        item=Text.read(words["item"]),
        another=Text.read(words["another"]),
    )


def items_of(page: Page, answered: Iterable[str]) -> tuple[int, ...]:
    """Return the numbers of those of whom something is known, in order."""
    asked = {ask.need for ask in page.ask}
    found = {_parts(need) for need in answered if "[" in need}
    return tuple(sorted({item for each, item in found if each in asked and item}))


def asks_of(page: Page, item: int) -> tuple[Ask, ...]:
    """Return what a page asks of one of them."""
    return tuple(replace(ask, need=str(Need.parse(ask.need).of_item(item))) for ask in page.ask)


def asks_for(page: Page, answered: Iterable[str]) -> Iterator[Ask]:
    """Yield every ask of a page; of a page that repeats, those of each who is known."""
    if page.repeat is None:
        yield from page.ask
        return
    for item in items_of(page, answered):
        yield from asks_of(page, item)


def as_asked(need: str) -> str:
    """Return a need as the form asks it: of EACH where it is of one of several."""
    return _parts(need)[0]


@lru_cache(maxsize=4096)
def _parts(need: str) -> tuple[str, int | None]:
    parsed = Need.parse(need)
    if parsed.item is None:
        return need, None
    return str(parsed.of_item(EACH)), parsed.item
