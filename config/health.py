"""
Is this process alive, and can it serve? For balancers and supervisors; nothing here is secret.

A silent worker is told but leaves the web ready: pages still work, and taking the web servers away
would help nobody.
"""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

WORKER_SILENT_AFTER_SECONDS = 30


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Answer 200: the process runs. Asks nobody, so a database that is away restarts nothing."""
    return JsonResponse({"live": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 if requests can be served, else 503; say what was found of each part."""
    found = state()
    is_ready = found["database"] == "ok" and found["migrations"] == "ok"
    return JsonResponse({"ready": is_ready, **found}, status=200 if is_ready else 503)


def state() -> dict[str, str]:
    """Return `ok` or what is amiss for database, migrations and worker."""
    try:
        database = "ok" if _role_is_bound() else "role bypasses row-level security"
        return {
            "database": database,
            "migrations": "ok" if _migrations.are_applied() else "missing",
            "worker": "ok" if _worker_speaks() else "silent",
        }
    except DatabaseError:
        return {"database": "away", "migrations": "unknown", "worker": "unknown"}


def _role_is_bound() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = current_user"
        )
        return bool(cursor.fetchone()[0])


class _Migrations:
    """Remembers that all are applied: a process keeps its code, so they stay so."""

    def __init__(self) -> None:
        self._applied = False

    def are_applied(self) -> bool:
        if not self._applied:
            executor = MigrationExecutor(connection)
            self._applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        return self._applied


_migrations = _Migrations()


def _worker_speaks() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('procrastinate_workers') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [WORKER_SILENT_AFTER_SECONDS],
        )
        return bool(cursor.fetchone()[0])
