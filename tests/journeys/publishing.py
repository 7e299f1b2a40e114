"""What one journey publishes is in force for no other one."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psycopg
import pytest

# By then every process has looked again; see `LOOKS_AGAIN_AFTER_SECONDS` of standpipe.packs.loaded.
KNOWN_WITHIN_SECONDS = 2.5


@pytest.fixture(autouse=True)
def taken_back(owner: psycopg.Connection) -> Iterator[None]:
    """Take back what was published, and wait until every process knows."""
    yield
    owner.execute("ALTER TABLE packs_publication DISABLE TRIGGER USER")
    published = owner.execute("DELETE FROM packs_publication").rowcount
    owner.execute("ALTER TABLE packs_publication ENABLE TRIGGER USER")
    if published:
        time.sleep(KNOWN_WITHIN_SECONDS)
