"""What a simulator remembers: documents by kind and id, in memory or in a file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from threading import Lock
from typing import Any

_TABLE = """
    CREATE TABLE IF NOT EXISTS document (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL, id TEXT NOT NULL, label TEXT, content TEXT NOT NULL,
        UNIQUE (kind, id)
    );
    CREATE INDEX IF NOT EXISTS document_by_label ON document (kind, label);
"""


class Store:
    """Keeps documents; `label` is what else they can be found by. May be shared by threads."""

    def __init__(self, path: str = ":memory:") -> None:
        self._lock = Lock()
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        # What a simulator remembers is not worth waiting for the disk.
        self._database.executescript(f"PRAGMA synchronous = OFF; {_TABLE}")

    def put(self, kind: str, key: str, content: Mapping[str, Any], *, label: str = "") -> None:
        """Keep a document, in place of an earlier one of the same kind and id."""
        with self._lock:
            self._database.execute(
                "INSERT INTO document (kind, id, label, content) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (kind, id) DO UPDATE SET content = excluded.content",
                (kind, key, label, json.dumps(content)),
            )

    def get(self, kind: str, key: str) -> dict[str, Any] | None:
        """Return a document; None if there is none."""
        rows = self._select("kind = ? AND id = ?", (kind, key), 1)
        return rows[0] if rows else None

    def newest(self, kind: str, *, label: str | None = None, most: int) -> list[dict[str, Any]]:
        """Return documents, newest first."""
        if label is None:
            return self._select("kind = ?", (kind,), most)
        return self._select("kind = ? AND label = ?", (kind, label), most)

    def count(self, kind: str) -> int:
        """Return how many documents of a kind there are."""
        with self._lock:
            row = self._database.execute(
                "SELECT count(*) FROM document WHERE kind = ?", (kind,)
            ).fetchone()
        return int(row[0])

    def _select(self, where: str, values: tuple[str, ...], most: int) -> list[dict[str, Any]]:
        with self._lock:
            rows = self._database.execute(
                f"SELECT content FROM document WHERE {where} ORDER BY number DESC LIMIT ?",  # noqa: S608
                (*values, most),
            ).fetchall()
        return [json.loads(content) for (content,) in rows]
