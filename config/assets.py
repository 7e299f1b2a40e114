"""`standpipe assets`: what browsers fetch, gathered into one folder."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.management import call_command


def main(words: Sequence[str]) -> None:
    """Gather stylesheets, scripts and pictures; needed once after each change of version."""
    call_command("collectstatic", interactive=False, verbosity=0)
