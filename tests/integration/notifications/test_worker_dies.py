"""Workers are killed while they send, and every message still goes out once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.utils import timezone

from launcher.places import PYTHON
from launcher.processes import Child, Processes
from standpipe.identity.actions import new_person
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.identifiers import new_id
from standpipe.notifications.actions import outbox, queue
from standpipe.places.actions import organisation_id
from tests.integration.outside import ROOT, Outside

COUNTY = organisation_id("borrowdale_county")
# Nobody else is written to there: the worker also sends what other tests left waiting.
TO = f"{new_id()}@example.org"
# The simulator lists the newest hundred of somebody.
MESSAGES = 90
KILLS = 4


@pytest.fixture
def start_worker(tmp_path: Path, notify: Outside) -> Iterator[Callable[[], Child]]:
    """Starts workers over this process's database, which call the simulated Notify."""
    processes = Processes(tmp_path)
    connectors = tmp_path / "connectors"
    connectors.mkdir()
    (connectors / "govuk_notify").symlink_to(ROOT / "connectors" / "govuk_notify")
    variables = {
        **os.environ,
        **notify.settings,
        "STANDPIPE_CONNECTORS_DIR": str(connectors),
    }

    def start() -> Child:
        words = [str(PYTHON), "-m", "config.command", "worker", "--queues", "messages"]
        return processes.start("worker", words, variables=variables)

    yield start
    processes.stop()


def write_one() -> UUID:
    at = timezone.now()
    ada = Actor(kind="person", id="p", name="Ada", person=new_person(at=at))
    with acting(ada):
        return queue(
            name="received",
            channel="email",
            to=TO,
            language="en",
            subject="We have your application",
            body="Dear Ada, your reference is BB-1.",
            what=f"application:{new_id()}",
            person=ada.person,
            organisation=COUNTY,
            actor=ada,
            at=at,
        )


def test_every_message_goes_out_once_though_workers_are_killed(
    owner: psycopg.Connection, notify: Outside, start_worker: Callable[[], Child]
):
    messages = [write_one() for _ in range(MESSAGES)]

    def sent() -> int:
        row = owner.execute(
            "SELECT count(*) FROM notifications_message"
            " WHERE id = ANY(%s) AND state IN ('sent', 'delivered')",
            [messages],
        ).fetchone()
        return row[0]

    for kill in range(1, KILLS + 1):
        worker = start_worker()
        _wait_for(lambda kill=kill: sent() >= kill * MESSAGES // (KILLS + 2))
        worker.process.kill()
        worker.process.wait()
    start_worker()
    # What the dead ones held comes back when its lease is over: for this test, now.
    _wait_for(lambda: sent() + _held(owner, messages) == MESSAGES)
    owner.execute(
        "UPDATE notifications_message SET due_at = now() WHERE id = ANY(%s) AND state = 'sending'",
        [messages],
    )
    now = timezone.now() + timedelta(seconds=5)
    outbox.order_overdue(organisation=COUNTY, before=now, most=500)
    owner.execute(
        "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE task_name ="
        " 'notifications.deliver' AND status = 'todo'"
    )
    _wait_for(lambda: sent() == MESSAGES)

    there = notify.get(f"/messages.json?to={TO}")["messages"]
    references = [one["reference"] for one in there]
    assert sorted(one for one in references if UUID(one) in set(messages)) == sorted(
        map(str, messages)
    )


def _held(owner: psycopg.Connection, messages: list[UUID]) -> int:
    row = owner.execute(
        "SELECT count(*) FROM notifications_message WHERE id = ANY(%s) AND state = 'sending'",
        [messages],
    ).fetchone()
    return row[0]


def _wait_for(reached: Callable[[], bool], *, seconds: float = 240) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, f"not reached after {seconds} s"
        time.sleep(0.05)
