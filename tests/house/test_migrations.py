"""Every table is as its model says: `makemigrations` would find nothing to do."""

from __future__ import annotations

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

OURS = ("standpipe.", "interfaces.")


def unwritten(written: ProjectState, loader: MigrationLoader) -> list[str]:
    """Return what `makemigrations` would write for our own apps after these migrations."""
    missing = MigrationAutodetector(written, ProjectState.from_apps(apps)).changes(loader.graph)
    return [
        f"{label}: {operation.describe()}"
        for label, migrations in missing.items()
        if apps.get_app_config(label).name.startswith(OURS)
        for migration in migrations
        for operation in migration.operations
    ]


def test_no_change_of_a_model_lacks_its_migration():
    loader = MigrationLoader(None)

    assert unwritten(loader.project_state(), loader) == []


def test_a_change_without_a_migration_is_noticed():
    loader = MigrationLoader(None)
    written = loader.project_state()
    written.remove_field("applications", "returncode", "tries")

    assert unwritten(written, loader) == ["applications: Add field tries to returncode"]
