"""`standpipe check`: what an operator should mend before the place opens."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.core.checks import Error, run_checks
from django.db import DatabaseError, connection

from config import second_factors
from config.health import state
from standpipe.gateway.connectors import load_connectors
from standpipe.kernel.errors import Misconfigured
from standpipe.packs.loaded import unreadable


def main(words: Sequence[str]) -> int:
    """Print one line for each fault; 0 if there is none."""
    faults = list(_faults())
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print("Settings, database and connectors are in order.")
    return 1 if faults else 0


def _faults() -> Iterator[str]:
    yield from _database_faults()
    try:
        built = load_connectors(settings.ENV.connectors_dir, settings.ENV.connectors)
        yield from built.operator_faults()
    except Misconfigured as fault:
        yield str(fault)
    for found in run_checks(include_deployment_checks=settings.IN_PRODUCTION):
        if found.is_serious(Error("").level):
            yield str(found)


def _database_faults() -> Iterator[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int")
            if cursor.fetchone()[0] < 150000:
                yield "STANDPIPE_DATABASE_URL: PostgreSQL 15 or later is needed."
            cursor.execute(
                "SELECT count(*) FROM pg_tables"
                " WHERE schemaname = 'public' AND tableowner = current_user"
            )
            if cursor.fetchone()[0]:
                yield (
                    "STANDPIPE_DATABASE_URL: this role owns tables, so row-level security does "
                    "not bind it. Mend: standpipe database prepare."
                )
    except DatabaseError as error:
        yield f"STANDPIPE_DATABASE_URL: PostgreSQL does not answer: {error}"
        return
    found = state()
    if found["database"] != "ok":
        yield f"STANDPIPE_DATABASE_URL: {found['database']}."
    if found["migrations"] != "ok":
        yield "The tables are not up to date. Mend: standpipe migrate."
        return
    for fault in unreadable():
        yield (
            "This release cannot read a version that applications began with: stay with the "
            f"release before it. {fault}"
        )
    yield from second_factors.faults()
