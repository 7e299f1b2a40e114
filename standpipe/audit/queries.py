"""Reading the audit log: what was done to a person's data, and whether the log is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from standpipe.audit.actions import write_gathered
from standpipe.audit.entry import FIRST_HASH, chained, root
from standpipe.audit.verbs import VERBS
from standpipe.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Looked:
    """One use of a person's data, as they are told of it."""

    at: datetime
    verb: str
    words: Text
    actor_kind: str
    actor_name: str
    organisation: UUID | None
    what: str
    purpose: str | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the whole log found; an empty `faults` means that it is whole."""

    entries: int
    chains: int
    root: str
    faults: tuple[str, ...]


def about(subject: UUID, *, limit: int = 200) -> list[Looked]:
    """Return what was done with a person's data, newest first."""
    write_gathered()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at, body FROM audit_entry WHERE subjects @> ARRAY[%s]::uuid[]"
            " ORDER BY at DESC LIMIT %s",
            [subject, limit],
        )
        return [_looked(at, json.loads(body)) for at, body in cursor.fetchall()]


def _looked(at: datetime, body: dict[str, Any]) -> Looked:
    actor = body["actor"]
    return Looked(
        at=at,
        verb=body["verb"],
        words=VERBS[body["verb"]],
        actor_kind=actor["kind"],
        actor_name=actor["name"],
        organisation=UUID(actor["organisation"]) if actor["organisation"] else None,
        what=body["what"],
        purpose=body["purpose"],
        detail=body["detail"],
    )


def heads() -> list[tuple[int, int, str]]:
    """Return (chain, length, hash of the last entry) of every chain that has entries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, length, head FROM audit_chain WHERE length > 0 ORDER BY 1")
        return [(number, length, head) for number, length, head in cursor.fetchall()]


def verify(*, checkpoint: list[tuple[int, int, str]] | None = None) -> Verified:
    """
    Walk every chain and recompute every hash.

    Needs a connection that sees all rows (the owner's). A removed tail, which leaves each
    chain sound by itself, shows against the recorded heads; a rewritten database shows
    against a `checkpoint` that was kept elsewhere.
    """
    faults: list[str] = []
    kept = {chain: (length, head) for chain, length, head in checkpoint or []}
    ends: dict[int, tuple[int, str]] = {}
    entries = 0
    for chain, position, previous, stated, row in _rows():
        entries += 1
        length, head = ends.get(chain, (0, FIRST_HASH))
        where = f"chain {chain}, entry {position} ({row['id']})"
        if position != length + 1:
            faults.append(f"{where}: {position - length - 1} missing or moved before it")
        if previous != head:
            faults.append(f"{where}: does not follow the entry before it")
        if chained(previous, row["body"]) != stated:
            faults.append(f"{where}: its text was changed")
        faults.extend(f"{where}: column {name} was changed" for name in _disagreeing(row))
        ends[chain] = (position, stated)
        if chain in kept and kept[chain][0] == position and kept[chain][1] != stated:
            faults.append(f"{where}: differs from the checkpoint")
    recorded = {chain: (length, head) for chain, length, head in heads()}
    faults.extend(
        f"chain {chain}: ends at entry {ends.get(chain, (0, ''))[0]},"
        f" its head says {recorded.get(chain, (0, ''))[0]}"
        for chain in sorted(recorded.keys() | ends.keys())
        if recorded.get(chain) != ends.get(chain)
    )
    faults.extend(
        f"chain {chain}: shorter than the checkpoint"
        for chain, (length, _) in sorted(kept.items())
        if ends.get(chain, (0, ""))[0] < length
    )
    return Verified(
        entries=entries,
        chains=len(ends),
        root=root([(chain, *end) for chain, end in ends.items()]),
        faults=tuple(faults),
    )


def _rows() -> Iterator[tuple[int, int, str, str, dict[str, Any]]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT chain, position, previous_hash, hash, id, at, verb, organisation_id,"
            " subjects, body FROM audit_entry ORDER BY chain, position"
        )
        for chain, position, previous, stated, *rest in cursor:
            names = ("id", "at", "verb", "organisation", "subjects", "body")
            yield chain, position, previous, stated, dict(zip(names, rest, strict=True))


def _disagreeing(row: dict[str, Any]) -> Iterator[str]:
    try:
        body = json.loads(row["body"])
    except json.JSONDecodeError:
        return
    if body.get("id") != str(row["id"]):
        yield "id"
    if datetime.fromisoformat(body["at"]) != row["at"]:
        yield "at"
    if body.get("verb") != row["verb"]:
        yield "verb"
    if body.get("organisation") != (str(row["organisation"]) if row["organisation"] else None):
        yield "organisation"
    if body.get("subjects") != [str(subject) for subject in row["subjects"]]:
        yield "subjects"
