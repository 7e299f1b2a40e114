"""What a draft changes: which cells, and who is answered otherwise. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from standpipe import dmn
from standpipe.dmn.table.diagram import DiagramTooLarge
from standpipe.packs.pack import ServicePack
from standpipe.policy.grid import Grid, grid_of

MOST_SITUATIONS = 8


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that reads otherwise; None where the whole row is new, or gone."""

    table: str
    row: str
    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Situations:
    """
    The kinds of situation that one table answers otherwise, the first few of them.

    `count` is that of all of them; None where they are too many to tell apart.
    """

    table: str
    changes: tuple[dmn.Change, ...]
    count: int | None


def cell_changes(
    before: Mapping[str, str], after: Mapping[str, str], pack: ServicePack
) -> list[CellChange]:
    """Return the cells of the pack's tables that read otherwise, in the order of the tables."""
    found: list[CellChange] = []
    for step, path in tables_of(pack):
        if before.get(path) == after.get(path) or path not in before or path not in after:
            continue
        old = grid_of(before[path], step, file=path)
        new = grid_of(after[path], step, file=path)
        found += _between(old, new)
    return found


def tables_of(pack: ServicePack) -> list[tuple[str, str]]:
    """Return the name of each table of a pack with its file, in the order of the steps."""
    return [(step.decision.name, step.decision.file) for step in pack.latest_steps]


def situations(before: ServicePack, after: ServicePack) -> list[Situations]:
    """Return, table by table, which situations are answered otherwise; both packs must be whole."""
    earlier = {step.id: step for step in before.latest_steps}
    found = []
    for step in after.latest_steps:
        was = earlier.get(step.id)
        if was is None or was.sha256 == step.sha256:
            continue
        try:
            changes = dmn.difference(was.decision, step.decision)
        except DiagramTooLarge:
            found.append(Situations(step.decision.name, (), None))
            continue
        if changes:
            name = step.decision.name
            found.append(Situations(name, tuple(changes[:MOST_SITUATIONS]), len(changes)))
    return found


def _between(old: Grid, new: Grid) -> Iterator[CellChange]:
    earlier = {row.id: row for row in old.rows}
    for row in new.rows:
        was = earlier.pop(row.id, None)
        for place, column in enumerate(new.columns):
            before = was.texts[place] if was and place < len(was.texts) else None
            if before != row.texts[place] and (was or row.texts[place] not in ("", "-")):
                yield CellChange(new.name, row.id, column.name, before, row.texts[place])
    for gone in earlier.values():
        for text, column in zip(gone.texts, old.columns, strict=True):
            if text not in ("", "-"):
                yield CellChange(new.name, gone.id, column.name, text, None)
