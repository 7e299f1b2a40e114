"""The worker: work that a dead one left is done, a lost connection is found again, it ends well."""

import os
import signal
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import connection as django_connection
from procrastinate.contrib.django import app

from launcher.places import PYTHON
from launcher.processes import Child, Processes

TASK = "config.worker.forget_done_jobs"


@pytest.fixture
def processes(tmp_path) -> Iterator[Processes]:
    """Processes that end with the test."""
    started = Processes(tmp_path)
    yield started
    started.stop()


@pytest.fixture
def start_worker(processes, database) -> Callable[[], Child]:
    """Starts a worker over this process's database."""

    def start() -> Child:
        words = [str(PYTHON), "-m", "config.command", "worker", "--queues", "housekeeping"]
        return processes.start("worker", words, variables=dict(os.environ))

    return start


def _defer() -> int:
    return app.configure_task(TASK, queue="housekeeping").defer(timestamp=0)


def _wait_until_done(owner: psycopg.Connection, job: int, *, seconds: float = 30) -> None:
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
    job = _defer()
    start_worker()

    _wait_until_done(owner, job)


def test_a_job_of_a_worker_that_died_is_done_again(owner, start_worker):
    job = _defer()
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
    _wait_until_done(owner, _defer())

    for _ in range(3):
        _break_connections(databases.administrator, to=owner.info.dbname)
        _wait_until_done(owner, _defer())

    assert worker.process.poll() is None


def _break_connections(administrator: str, *, to: str) -> None:
    with psycopg.connect(administrator, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND usename LIKE '%%app'",
            [to],
        )
    # Ours was among them.
    django_connection.close()


def test_a_worker_ends_when_asked_and_takes_itself_off_the_list(owner, start_worker):
    worker = start_worker()
    _wait_until_done(owner, _defer())

    worker.process.send_signal(signal.SIGTERM)

    assert worker.process.wait(15) == 0
    left = owner.execute(
        "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '5 s'"
    )
    assert left.fetchone() == (0,)
