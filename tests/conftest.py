"""What tests may ask for: a database of their own, and a whole Standpipe over it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from launcher.stack import Addresses, Stack
from launcher.trial import Trial, trial

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


# The same examples on every run, however slow the machine: what is new is found by those who look
# for it (`--hypothesis-profile=looking`), and not by chance under somebody else's change.
settings.register_profile("looking", deadline=None, print_blob=True)
settings.register_profile(
    "steady",
    settings.get_profile("looking"),
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")

# At once: conftest files below this one read Django's settings while they are imported.
os.environ.update(trial().variables(WORKER))
# A browser that is open has an event loop in this thread, where nothing of ours runs.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Tidy up a PostgreSQL that was given; our own goes with this process."""
    if WORKER == "main":
        trial().end()


@pytest.fixture(scope="session")
def databases() -> Trial:
    """The databases of this run: `clone` and `empty` make more of them."""
    return trial()


@pytest.fixture(scope="session")
def database(databases: Trial) -> Addresses:
    """This process's own database, with every table and the place; commits in it are real."""
    return databases.clone(WORKER)


@pytest.fixture(scope="module")
def own_database(databases: Trial, request: pytest.FixtureRequest) -> Addresses:
    """A database of the module's own, where no worker or test but its own is at work."""
    return databases.clone(f"{WORKER}_{request.path.stem.removeprefix('test_')}")


@pytest.fixture
def owner(database: Addresses) -> Iterator[psycopg.Connection]:
    """A connection as the owner of the tables, whom row-level security does not bind."""
    with psycopg.connect(database.owner, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def stack_database(databases: Trial) -> Addresses:
    """The database of `stack`, whose worker would do what other tests wait to see undone."""
    return databases.clone(f"{WORKER}_stack")


@pytest.fixture(scope="session")
def stack(stack_database: Addresses, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """
    Simulators, worker and web server as processes of their own, over a database of their own.

    `stack.origin` is the web server, `stack.simulators[name]` each simulator.
    """
    folder: Path = tmp_path_factory.mktemp("stack")
    running = Stack(folder, database=stack_database, kind="test", residents=2000)
    try:
        running.start()
        yield running
    finally:
        running.stop()
