"""`standpipe backup FOLDER`: every row of every table, as they stood at one moment."""

from __future__ import annotations

import argparse
import gzip
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from config.snapshot import (
    FORMAT,
    PLAIN_TEXT,
    TABLES,
    Manifest,
    Table,
    Written,
    migrations,
    sequences,
    tables,
)
from standpipe.audit.queries import heads
from standpipe.kernel.errors import Refused


class FolderTaken(Refused):
    """There is something already where the backup should go."""


def main(words: Sequence[str]) -> None:
    """Write a backup, and say what is in it."""
    parser = argparse.ArgumentParser(prog="standpipe backup")
    parser.add_argument("folder", type=Path, help="where to write it; must not exist yet")
    manifest = backup(parser.parse_args(words).folder)
    rows = sum(table.rows for table in manifest.tables)
    print(f"{rows} rows of {len(manifest.tables)} tables. Keep it as safe as the database.")


def backup(folder: Path) -> Manifest:
    """
    Write every table, uploaded files included, while others go on working.

    The folder appears under its name when all of it is written. It holds personal data: nobody
    but its owner may read it.

    :raises FolderTaken: if there is something of that name
    """
    if folder.exists():
        raise FolderTaken(f"{folder} is there already.")
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    unfinished.mkdir(parents=True, mode=0o700)
    (unfinished / TABLES).mkdir(mode=0o700)
    with transaction.atomic():
        with connection.cursor() as cursor:
            # One snapshot that no later failure to serialise can call into question.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE")
            cursor.execute(PLAIN_TEXT)
        manifest = Manifest(
            format=FORMAT,
            place=settings.ENV.place,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            migrations=migrations(),
            tables=[_write(table, unfinished / TABLES) for table in tables()],
            sequences=sequences(),
            audit=[list(head) for head in heads()],
        )
    manifest.write(unfinished, key=settings.ENV.secret_key)
    unfinished.rename(folder)
    return manifest


def _write(table: Table, folder: Path) -> Written:
    hashed = hashlib.sha256()
    with connection.cursor() as cursor:
        with (
            gzip.open(folder / f"{table.name}.gz", "wb", compresslevel=1) as file,
            cursor.copy(table.select()) as rows,
        ):
            for block in rows:
                hashed.update(block)
                file.write(block)
        return Written(table.name, list(table.columns), cursor.rowcount, hashed.hexdigest())
