"""`standpipe migrate`: tables, shared cache and the rights of the application, up to date."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config.database_rights import grant_rights

# Any number will do; every machine must use the same one.
_TURN = 7_236_510_441


def main(words: Sequence[str]) -> None:
    """Apply every migration; several machines may run it at once, and one does the work."""
    parser = argparse.ArgumentParser(prog="standpipe migrate")
    parser.add_argument("--quiet", action="store_true", help="print nothing but faults")
    arguments = parser.parse_args(words)
    migrate(verbosity=0 if arguments.quiet else 1)


def migrate(*, verbosity: int = 0) -> None:
    """Apply every migration as the owner, then grant the application's role its rights."""
    with _one_at_a_time():
        with connection.cursor() as cursor:
            # A migration that must wait for a busy table gives up, so that requests behind it
            # do not pile up; run it again.
            cursor.execute("SET lock_timeout = '5s'")
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("createcachetable", verbosity=0)
        grant_rights(unquote(urlsplit(settings.ENV.database_url).username or ""))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_TURN])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_TURN])
