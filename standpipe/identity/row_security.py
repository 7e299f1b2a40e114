"""The SQL of row-level security, so that every table is guarded in the same words."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.migrations import RunSQL

_ORGANISATION = "(SELECT NULLIF(current_setting('standpipe.organisation', true), '')::uuid)"
_PERSON = "(SELECT NULLIF(current_setting('standpipe.person', true), '')::uuid)"


def guard(
    table: str,
    *,
    organisation: str | None,
    person: str | None,
    also: Sequence[str] = (),
) -> RunSQL:
    """
    Return the migration that shows a table's rows only to whom they concern.

    `organisation` and `person` name the columns; None where the table has none. `also` are
    further tests in SQL, in which `{organisation}` and `{person}` stand for who is asking.
    Where nobody has said who they are, no row is seen and none can be written: it fails closed.
    """
    tests = []
    if organisation:
        tests.append(f"{organisation} = {_ORGANISATION}")
    if person:
        tests.append(f"{person} = {_PERSON}")
    tests += [one.format(organisation=_ORGANISATION, person=_PERSON) for one in also]
    return RunSQL(
        sql=[
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY whom_it_concerns ON {table} USING ({' OR '.join(tests)})",
        ],
        reverse_sql=[
            f"DROP POLICY whom_it_concerns ON {table}",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
    )


def show_also(table: str, name: str, test: str) -> RunSQL:
    """
    Return the migration that lets others read some rows of a table that is guarded already.

    `test` is SQL, in which `{organisation}` stands for the organisation that is asking.
    """
    shown = test.format(organisation=_ORGANISATION)
    return RunSQL(
        sql=[f"CREATE POLICY {name} ON {table} FOR SELECT USING ({shown})"],
        reverse_sql=[f"DROP POLICY {name} ON {table}"],
    )


def append_only(table: str) -> RunSQL:
    """Return the migration that makes a table refuse changes and removals, whoever asks."""
    return RunSQL(
        sql=[
            f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        ],
        reverse_sql=[
            f"DROP TRIGGER {table}_is_append_only ON {table}",
            f"DROP TRIGGER {table}_is_not_emptied ON {table}",
        ],
    )
