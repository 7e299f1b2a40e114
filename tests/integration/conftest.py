"""Integration tests speak to PostgreSQL as the application does: as a role that is bound."""

import django
import pytest

from launcher.stack import Addresses

# Before the test modules, which import models.
django.setup()


@pytest.fixture(autouse=True)
def _on_a_database(database: Addresses) -> None:
    """Every test here has this process's database."""
