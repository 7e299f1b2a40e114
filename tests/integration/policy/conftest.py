"""What one test publishes, the next one does not see."""

from collections.abc import Iterator

import psycopg
import pytest

from standpipe.packs.loaded import look_again, packs, packs_in_folder


@pytest.fixture(autouse=True)
def _the_next_test_begins_anew(owner: psycopg.Connection) -> Iterator[None]:
    yield
    forget_publications(owner)
    look_again()
    assert packs()["blue_badge"].sha256 == packs_in_folder()["blue_badge"].sha256


def forget_publications(owner: psycopg.Connection) -> None:
    """Take back what was published, which nobody but the owner of a test database can."""
    owner.execute("ALTER TABLE packs_publication DISABLE TRIGGER USER")
    owner.execute("DELETE FROM packs_publication")
    owner.execute("ALTER TABLE packs_publication ENABLE TRIGGER USER")
