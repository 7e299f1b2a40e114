"""Who gains and who loses, as tables with bars, and as rows for a file. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from standpipe.packs.pack import ServicePack
from standpipe.places.place import Place
from standpipe.policy.bulk import MORE_TO_ASK
from standpipe.policy.effects import COLUMNS, Effects
from standpipe.policy.people import AGE_BANDS, NOT_KNOWN
from standpipe.policy.population import Basis
from standpipe.policy.withholding import Split
from standpipe.web.presenters.money import pounds
from standpipe.web.wording import say

BAR = 100


def effects_page(
    found: Effects, pack: ServicePack, place: Place, *, language: str
) -> dict[str, Any]:
    """Return the tables of what a draft does."""
    table = found.table
    columns = _columns(found)
    return {
        "people": f"{found.people:,}",
        "checked": f"{found.checked:,}",
        "changed": found.changed,
        "totals": [
            {"column": column, "text": _number(count, language=language)}
            for column, count in zip(COLUMNS, table.totals, strict=True)
            if column in columns
        ]
        if table.safe
        else [],
        "splits": [
            {"name": name, "rows": _rows(split, name, place, columns, language=language)}
            for name, split in (("district", table.one), ("age", table.other))
        ]
        if table.safe
        else [],
        "outcomes": [
            {"label": label, "before": f"{before:,}", "after": f"{after:,}"}
            for label, before, after in _outcomes(found, pack, language=language)
        ],
        "money": _money(found, language=language),
        "withheld": not table.safe or None in table.totals or found.outcomes is None,
        "columns": {name: say(f"policy.effects.{name}", language=language) for name in columns},
    }


def basis_of(bases: Sequence[Basis]) -> dict[str, Any]:
    """Return where figures come from, and how many of them are assumptions."""
    return {
        "bases": bases,
        "figures": sum(one.figures for one in bases),
        "assumed": sum(one.figures for one in bases if one.is_assumption),
    }


def effects_rows(
    found: Effects, pack: ServicePack, place: Place, *, language: str
) -> Iterator[list[object]]:
    """Yield the same as rows of a file; what is withheld says so."""

    def word(key: str) -> str:
        return say(f"policy.effects.{key}", language=language)

    table = found.table
    columns = _columns(found)
    yield [word("group"), word("people"), *(word(column) for column in columns)]
    if table.safe:
        totals = [
            _number(count, language=language)
            for column, count in zip(COLUMNS, table.totals, strict=True)
            if column in columns
        ]
        yield [word("everybody"), found.people, *totals]
        for name, split in (("district", table.one), ("age", table.other)):
            for row in _rows(split, name, place, columns, language=language):
                yield [row["name"], row["people"], *(cell["text"] for cell in row["cells"])]
    else:
        yield [word("everybody"), found.people, *[word("withheld")] * len(columns)]
    yield []
    yield [word("outcome"), word("before"), word("after")]
    for label, before, after in _outcomes(found, pack, language=language):
        yield [label, before, after]
    for one in _money(found, language=language):
        yield [one["label"], one["before"], one["after"]]


def _columns(found: Effects) -> tuple[str, ...]:
    return COLUMNS if found.asks else tuple(one for one in COLUMNS if one != "ask")


def _rows(
    split: Split, name: str, place: Place, columns: tuple[str, ...], *, language: str
) -> list[dict[str, Any]]:
    most = max((count or 0 for row in split.counts for count in row[:-1]), default=0) or 1
    return [
        {
            "name": _group(group, name, place, language=language),
            "people": f"{people:,}",
            "cells": [
                {
                    "column": column,
                    "text": _number(count, language=language),
                    # Only the two that say who is affected are drawn.
                    "bar": None if count is None or column == "same" else round(count * BAR / most),
                }
                for column, count in zip(COLUMNS, counts, strict=True)
                if column in columns
            ],
        }
        for group, people, counts in zip(split.groups, split.people, split.counts, strict=True)
    ]


def _group(group: str, name: str, place: Place, *, language: str) -> str:
    """Return a group in words; groups of too few people were joined with others."""
    joined = [_one(one, name, place, language=language) for one in group.split("+")]
    return f" {say('policy.effects.and', language=language)} ".join(joined)


def _one(group: str, name: str, place: Place, *, language: str) -> str:
    if group == NOT_KNOWN:
        return say("policy.effects.not_known", language=language)
    if name == "district":
        known = {one.slug: one.name for one in (*place.districts, *place.organisations)}
        return known[group].in_(language) if group in known else group
    first = int(group)
    later = [one for one in AGE_BANDS if one > first]
    key = "ages" if later else "ages_over"
    until = later[0] - 1 if later else 0
    return say(f"policy.effects.{key}", language=language, first=first, until=until)


def _number(count: int | None, *, language: str) -> str:
    return say("policy.effects.withheld", language=language) if count is None else f"{count:,}"


def _outcomes(
    found: Effects, pack: ServicePack, *, language: str
) -> Iterator[tuple[str, int, int]]:
    for one, (before, after) in (found.outcomes or {}).items():
        if one in pack.outcomes:
            yield pack.outcomes[one].label.in_(language), before, after
        elif one == MORE_TO_ASK and (before or after):
            yield say("policy.effects.more_to_ask", language=language), before, after


def _money(found: Effects, *, language: str) -> list[dict[str, str]]:
    if found.money is None:
        return []
    before, after = found.money
    pairs = {
        "applications": (f"{before.applications:,}", f"{after.applications:,}"),
        "to_staff": (f"{before.to_staff:,}", f"{after.to_staff:,}"),
        "fees": (pounds(before.fees_pence), pounds(after.fees_pence)),
        "cost": (pounds(before.cost_pence), pounds(after.cost_pence)),
    }
    return [
        {"label": say(f"policy.effects.{key}", language=language), "before": one, "after": other}
        for key, (one, other) in pairs.items()
    ]
