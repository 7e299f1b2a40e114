"""The worker: work that a dead one left is done, a lost connection is found again, it ends well."""

import os
import signal
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from launcher.places import PYTHON
from launcher.processes import Child, Processes


@pytest.fixture
def owner(own_database) -> Iterator[psycopg.Connection]:
    """The owner of a database where no other worker is."""
    with psycopg.connect(own_database.owner, autocommit=True) as connection:
        yield connection


@pytest.fixture
def processes(tmp_path) -> Iterator[Processes]:
    """Processes that end with the test."""
    started = Processes(tmp_path)
    yield started
    started.stop()


@pytest.fixture
def start_worker(processes, own_database) -> Callable[[], Child]:
    """Starts a worker over that database."""
    variables = {**os.environ, "STANDPIPE_DATABASE_URL": own_database.application}

    def start() -> Child:
        words = [str(PYTHON), "-m", "config.command", "worker", "--queues", "housekeeping"]
        return processes.start("worker", words, variables=variables)

    return start


def _defer(owner: psycopg.Connection) -> int:
    deferred = owner.execute(
        "INSERT INTO procrastinate_jobs (task_name, queue_name, args)"
        " VALUES ('config.worker.forget_done_jobs', 'housekeeping', '{\"timestamp\": 0}')"
        " RETURNING id"
    ).fetchone()
    return deferred[0]


def _wait_until_done(owner: psycopg.Connection, job: int, *, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        state = owner.execute(
            "SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job]
        ).fetchone()
        if state == ("succeeded",):
            return
        time.sleep(0.1)
    pytest.fail(f"job {job} is {state} after {seconds} s")


def test_a_job_is_done(owner, start_worker):
    job = _defer(owner)
    start_worker()

    _wait_until_done(owner, job)


def test_a_job_of_a_worker_that_died_is_done_again(owner, start_worker):
    job = _defer(owner)
    dead = owner.execute(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')"
        " RETURNING id"
    ).fetchone()
    owner.execute(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
        [dead[0], job],
    )
    start_worker()

    _wait_until_done(owner, job)


def test_a_worker_survives_the_loss_of_its_connections(owner, databases, start_worker):
    worker = start_worker()
    _wait_until_done(owner, _defer(owner))

    for _ in range(3):
        _break_connections(databases.administrator, to=owner.info.dbname)
        _wait_until_done(owner, _defer(owner))

    assert worker.process.poll() is None


def _break_connections(administrator: str, *, to: str) -> None:
    with psycopg.connect(administrator, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND usename LIKE '%%app'",
            [to],
        )


def test_a_worker_ends_when_asked_and_takes_itself_off_the_list(owner, start_worker):
    worker = start_worker()
    _wait_until_done(owner, _defer(owner))

    worker.process.send_signal(signal.SIGTERM)

    assert worker.process.wait(60) == 0
    left = owner.execute(
        "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '5 s'"
    )
    assert left.fetchone() == (0,)
