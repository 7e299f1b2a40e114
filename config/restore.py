"""`standpipe restore FOLDER`: an empty database becomes what a backup says, or stays empty."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from config.migrate import migrate
from config.snapshot import PLAIN_TEXT, TABLES, Manifest, Tampered, Written, measure, tables
from standpipe.audit.queries import verify
from standpipe.kernel.errors import Refused

_BLOCK = 1 << 20


class NotEmpty(Refused):
    """The database has tables already; a restore never overwrites anything."""


class OtherVersion(Refused):
    """The backup was made by a version with other tables."""


def main(words: Sequence[str]) -> None:
    """Restore a backup, and say what was compared."""
    parser = argparse.ArgumentParser(prog="standpipe restore")
    parser.add_argument("folder", type=Path, help="what `standpipe backup` wrote")
    manifest = restore(parser.parse_args(words).folder)
    rows = sum(table.rows for table in manifest.tables)
    print(f"{rows} rows of {len(manifest.tables)} tables, equal in every byte; audit log whole.")


def restore(folder: Path) -> Manifest:
    """
    Make the tables, fill them, and compare every table and the audit log with the backup.

    Everything is checked before the first row is written, and again before all is committed.

    :raises Tampered: if the backup, or what came of it, is not what was written
    :raises NotEmpty: if the database has tables
    :raises OtherVersion: if this version's migrations are not those of the backup
    """
    manifest = Manifest.read(folder, key=settings.ENV.secret_key)
    _refuse_other_version(manifest)
    for table in manifest.tables:
        _refuse_changed(table, folder)
    _refuse_tables()
    migrate()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(PLAIN_TEXT)
        _fill(manifest, folder)
        _compare(manifest)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return manifest


def _refuse_other_version(manifest: Manifest) -> None:
    known = MigrationLoader(None).disk_migrations.keys()
    held = {(app, name) for app, name in manifest.migrations}
    if held != set(known):
        strange = sorted("/".join(each) for each in held ^ set(known))
        raise OtherVersion(
            f"This backup is of another version: {', '.join(strange[:5])}. Restore it with that "
            "version, then upgrade."
        )


def _refuse_changed(table: Written, folder: Path) -> None:
    hashed = hashlib.sha256()
    for block in _blocks(table, folder):
        hashed.update(block)
    if hashed.hexdigest() != table.sha256:
        raise Tampered(f"{_file(table, folder)} was changed.")


def _refuse_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        if cursor.fetchone()[0]:
            raise NotEmpty(
                "The database has tables. Make an empty one (standpipe database prepare), and "
                "point both addresses to it."
            )


def _fill(manifest: Manifest, folder: Path) -> None:
    names = [table.name for table in manifest.tables]
    here = {table.name for table in tables()}
    if here != set(names):
        raise Tampered(f"The backup and this version differ in {sorted(here ^ set(names))}.")
    with connection.cursor() as cursor:
        # Triggers that guard and chain rows have done their work once; they must not do it again.
        for name in names:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(names)}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in manifest.tables:
            columns = ", ".join(table.columns)
            with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as rows:
                for block in _blocks(table, folder):
                    rows.write(block)
        for name, last in manifest.sequences.items():
            cursor.execute("SELECT setval(%s, %s, %s)", [name, last or 1, last is not None])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


def _compare(manifest: Manifest) -> None:
    held = {table.name: table for table in manifest.tables}
    for table in tables():
        if measure(table) != held[table.name]:
            raise Tampered(f"{table.name} is not what the backup says.")
    found = verify(checkpoint=[(chain, length, head) for chain, length, head in manifest.audit])
    if found.faults:
        raise Tampered(f"The audit log is not whole: {found.faults[0]}")


def _blocks(table: Written, folder: Path) -> Iterator[bytes]:
    file = _file(table, folder)
    try:
        with gzip.open(file, "rb") as rows:
            while block := rows.read(_BLOCK):
                yield block
    except FileNotFoundError:
        raise Tampered(f"{file} is missing.") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Tampered(f"{file} was changed.") from None


def _file(table: Written, folder: Path) -> Path:
    return folder / TABLES / f"{table.name}.gz"
