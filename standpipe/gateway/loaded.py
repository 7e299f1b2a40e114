"""The connectors of this installation, read once in each process."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from standpipe.gateway.connectors import Connectors, load_connectors


@cache
def connectors() -> Connectors:
    """Return the connectors, each with its settings."""
    return load_connectors(settings.ENV.connectors_dir, settings.ENV.connectors)
