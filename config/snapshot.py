"""The form of a backup: one compressed file a table, and a sealed list of what is in them."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from standpipe.kernel.canonical import canonical_json
from standpipe.kernel.errors import Refused

FORMAT = 1
MANIFEST, SEAL, TABLES = "manifest.json", "manifest.seal", "tables"
# How values are written as text must not depend on a server's configuration.
PLAIN_TEXT = (
    "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL IntervalStyle = 'postgres';"
    " SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1"
)


class Tampered(Refused):
    """A backup is not what was written: a file is missing, cut or changed."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as PostgreSQL has it: the columns that are stored, and an order that is total."""

    name: str
    columns: tuple[str, ...]
    order: tuple[str, ...]

    def select(self) -> str:
        """Return the COPY that writes every row, always in the same order."""
        columns, order = ", ".join(self.columns), ", ".join(self.order)
        # The names come from PostgreSQL's own catalogue, quoted by it.
        rows = f"SELECT {columns} FROM {self.name} ORDER BY {order}"  # noqa: S608
        return f"COPY ({rows}) TO STDOUT"


@dataclass(frozen=True, slots=True)
class Written:
    """What a backup holds of one table; `sha256` is of the rows as text, uncompressed."""

    name: str
    columns: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds; `audit` lists (chain, length, head) of every chain."""

    format: int
    place: str
    at: str
    migrations: list[list[str]]
    tables: list[Written]
    sequences: dict[str, int | None]
    audit: list[list[Any]]

    def write(self, folder: Path, *, key: str) -> None:
        """Write the manifest and its seal, which only who knows the key can make."""
        text = canonical_json(asdict(self))
        (folder / MANIFEST).write_text(text, encoding="utf-8")
        (folder / SEAL).write_text(_seal(text, key) + "\n")

    @classmethod
    def read(cls, folder: Path, *, key: str) -> Manifest:
        """
        Read a manifest that its seal vouches for.

        :raises Tampered: if it is missing, was changed, or was sealed with another secret key
        """
        try:
            text = (folder / MANIFEST).read_text(encoding="utf-8")
            seal = (folder / SEAL).read_text().strip()
        except FileNotFoundError as error:
            raise Tampered(f"{error.filename} is missing: this is no whole backup.") from None
        if not hmac.compare_digest(seal, _seal(text, key)):
            raise Tampered(
                f"{folder / MANIFEST} was changed, or the backup was made with another "
                "STANDPIPE_SECRET_KEY."
            )
        held = json.loads(text)
        if held["format"] != FORMAT:
            raise Tampered(f"{folder / MANIFEST}: format {held['format']} is unknown here.")
        return cls(**{**held, "tables": [Written(**table) for table in held["tables"]]})


def _seal(text: str, key: str) -> str:
    own = hashlib.sha256(b"standpipe backup\0" + key.encode()).digest()
    return hmac.new(own, text.encode(), hashlib.sha256).hexdigest()


def tables() -> list[Table]:
    """Return every table of the platform, those that others point to first."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        found = [
            Table(name, tuple(columns), tuple(key or columns))
            for name, columns, key in cursor.fetchall()
        ]
        cursor.execute(_POINTERS)
        pointers: dict[str, set[str]] = {}
        for source, target in cursor.fetchall():
            pointers.setdefault(source, set()).add(target)
    return _targets_first(found, pointers)


def sequences() -> dict[str, int | None]:
    """Return the last number that each sequence gave; None if it gave none yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(sequencename), last_value FROM pg_sequences"
            " WHERE schemaname = 'public' ORDER BY 1"
        )
        return dict(cursor.fetchall())


def migrations() -> list[list[str]]:
    """Return every migration that was applied, as [app, name]."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [list(row) for row in cursor.fetchall()]


def measure(table: Table) -> Written:
    """Return what a backup of a table would hold now, without keeping it."""
    hashed = hashlib.sha256()
    with connection.cursor() as cursor:
        with cursor.copy(table.select()) as rows:
            for block in rows:
                hashed.update(block)
        return Written(table.name, list(table.columns), cursor.rowcount, hashed.hexdigest())


def _targets_first(found: list[Table], pointers: dict[str, set[str]]) -> list[Table]:
    ordered: list[Table] = []
    waiting = {table.name: table for table in found}
    while waiting:
        free = [
            table for name, table in waiting.items() if not pointers.get(name, set()) & set(waiting)
        ]
        # Among tables that point to each other any order will do: they are checked at the end.
        for table in free or list(waiting.values()):
            ordered.append(table)
            del waiting[table.name]
    return ordered


# Text is ordered by its bytes, so that another server's language changes nothing.
_TABLES = """
SELECT quote_ident(c.relname),
       array_agg(quote_ident(a.attname) ORDER BY a.attnum) FILTER (WHERE a.attgenerated = ''),
       (SELECT array_agg(quote_ident(k.attname)
                         || CASE WHEN k.attcollation <> 0 THEN ' COLLATE "C"' ELSE '' END
                         ORDER BY array_position(i.indkey::int2[], k.attnum))
          FROM pg_index i JOIN pg_attribute k
            ON k.attrelid = i.indrelid AND k.attnum = ANY (i.indkey::int2[])
         WHERE i.indrelid = c.oid AND i.indisprimary)
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
 WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
   AND a.attnum > 0 AND NOT a.attisdropped
 GROUP BY c.oid, c.relname ORDER BY c.relname
"""
_POINTERS = """
SELECT DISTINCT quote_ident(s.relname), quote_ident(t.relname)
  FROM pg_constraint k JOIN pg_class s ON s.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
 WHERE k.contype = 'f' AND NOT k.condeferrable AND s.oid <> t.oid
"""
