"""`standpipe assets`: what browsers fetch, gathered into one folder."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command
from django.utils.module_loading import import_string


def main(words: Sequence[str]) -> None:
    """
    Gather stylesheets, scripts and pictures; needed once after each change of version.

    Servers that start or serve meanwhile find every file whole: all is gathered beside the folder
    and then put in its place, the list of the names last. What older pages link to stays.
    """
    folder = Path(settings.STATIC_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    storage = import_string(settings.STORAGES["staticfiles"]["BACKEND"])
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="assets-") as gathered:
        gather = Command()
        gather.storage = storage(location=gathered)
        call_command(gather, interactive=False, verbosity=0)
        files = [one for one in Path(gathered).rglob("*") if one.is_file()]
        for file in sorted(files, key=lambda one: one.name == storage.manifest_name):
            place = folder / file.relative_to(gathered)
            place.parent.mkdir(parents=True, exist_ok=True)
            file.replace(place)
