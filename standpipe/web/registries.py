"""The outside organisations that can be asked about a person, by the names people know."""

from __future__ import annotations

from functools import cache

from standpipe.gateway.loaded import connectors
from standpipe.kernel.text import Text


@cache
def registry_owners() -> dict[str, Text]:
    """Return who runs each outside system, by the name of its connector."""
    return {manifest.name: manifest.owner for manifest in connectors()}
