"""Which entries seem to be one person's: those alike in any way, and those alike to these. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence


def together(known_by: Sequence[Iterable[Hashable]]) -> list[list[int]]:
    """
    Return positions in groups of two and more, each in order: whoever shares a mark is together.

    `known_by` are the marks of each; of whom there is none is with nobody.
    """
    group_of: dict[Hashable, list[int]] = {}
    groups: list[list[int]] = []
    for position, marks in enumerate(map(set, known_by)):
        joined = [position]
        for found in {id(one): one for one in map(group_of.get, marks) if one}.values():
            joined += found
            groups.remove(found)
        joined.sort()
        groups.append(joined)
        for mark in {*marks, *(one for at in joined for one in known_by[at])}:
            group_of[mark] = joined
    return sorted(one for one in groups if len(one) > 1)
