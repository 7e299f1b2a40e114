"""What the application's role may do with each table; granted by the owner after migrating."""

from __future__ import annotations

from django.db import connection

# Written once and never changed; a trigger refuses changes too, whoever asks.
APPEND_ONLY = (
    "audit_entry",
    "cases_event",
    "cases_decision",
    "entitlements_check",
    "entitlements_happening",
    "gateway_exchange",
    "packs_publication",
)
# Changed by the database itself alone.
READ_ONLY = ("audit_chain", "django_migrations")


def grant_rights(role: str) -> None:
    """Grant the application's role what it needs, and no more, on every table there is."""
    name = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {name}")
        for table in APPEND_ONLY:
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {name}")
        for table in READ_ONLY:
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {name}")
