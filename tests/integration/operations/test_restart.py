"""Graceful stop and rolling restart: whoever was let in is served."""

import http.client
import signal
import socket
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from launcher.postgres import free_port
from launcher.processes import Child
from launcher.stack import STARTING_SECONDS, Stack

# For what comes at once unless the machine is busy.
PATIENCE_SECONDS = 120


@pytest.fixture
def web(own_database, tmp_path) -> Iterator[Stack]:
    """A web server of its own, which the test may stop."""
    running = Stack(tmp_path, database=own_database, kind="test")
    try:
        running.start_simulators()
        running.start_worker()
        running.start_web()
        yield running
    finally:
        running.stop()


def fetch(web: Stack, path: str) -> int:
    """Return the status of a page."""
    with urllib.request.urlopen(
        f"http://127.0.0.1:{web.port}{path}", timeout=PATIENCE_SECONDS
    ) as page:
        return page.status


class OverSocket(http.client.HTTPConnection):
    """A connection to a web server that listens on a unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=PATIENCE_SECONDS)
        self._path = str(path)

    def connect(self) -> None:
        """Connect to the socket instead of a port."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE_SECONDS)
        self.sock.connect(self._path)


def server(web: Stack) -> Child:
    """Return the process of the web server."""
    return next(each for each in web.processes.children if each.name == "web")


def children(child: Child) -> set[int]:
    """Return the processes that a process has started."""
    pid = child.process.pid
    return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def ask(path: Path) -> object:
    """
    Return the status of a page over a connection of its own, or what went wrong.

    As a proxy does, it hands over again what could not be handed over at all.
    """
    try:
        connection = OverSocket(path)
        try:
            connection.request("GET", "/health/ready", headers={"Connection": "close"})
        except BrokenPipeError:
            connection.close()
            connection.request("GET", "/health/ready", headers={"Connection": "close"})
        return connection.getresponse().status
    except OSError as error:
        return repr(error)
    finally:
        connection.close()


def test_no_request_fails_while_the_web_processes_are_replaced(web, tmp_path):
    path = tmp_path / "web.sock"
    behind_proxy = web.start_command("web-behind-proxy", "serve", "--socket", str(path))
    answers: Counter[object] = Counter()
    over = threading.Event()

    def visit() -> None:
        while not over.is_set():
            answers[ask(path)] += 1

    web.processes.until(lambda: ask(path) == 200, what="The web server", seconds=STARTING_SECONDS)
    visitors = [threading.Thread(target=visit, daemon=True) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    before = children(behind_proxy)
    behind_proxy.process.send_signal(signal.SIGHUP)
    try:
        web.processes.until(
            lambda: not children(behind_proxy) & before and answers[200] > 100,
            what="Replacing",
            seconds=STARTING_SECONDS,
        )
    finally:
        over.set()
        for visitor in visitors:
            visitor.join(timeout=PATIENCE_SECONDS)

    assert set(answers) == {200}


def is_asking(administrator: psycopg.Connection, database: str) -> bool:
    """Return whether a page waits for the table of workers, which workers themselves only write."""
    row = administrator.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
        " AND query LIKE 'SELECT EXISTS (SELECT FROM procrastinate_workers%%'",
        [database],
    ).fetchone()
    return row != (0,)


def test_a_request_under_way_is_finished_after_sigterm(web, databases):
    answers: list[object] = []

    def visit() -> None:
        try:
            answers.append(fetch(web, "/health/ready"))
        except OSError as error:
            answers.append(error)

    with (
        psycopg.connect(web.owner) as connection,
        psycopg.connect(databases.administrator, autocommit=True) as administrator,
    ):
        # The page waits for this table, so it is surely under way when the signal comes.
        connection.execute("LOCK TABLE procrastinate_workers IN ACCESS EXCLUSIVE MODE")
        visitor = threading.Thread(target=visit, daemon=True)
        visitor.start()
        web.processes.until(
            lambda: is_asking(administrator, connection.info.dbname),
            what="The request",
            seconds=PATIENCE_SECONDS,
        )
        server(web).process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert visitor.is_alive()
    visitor.join(timeout=PATIENCE_SECONDS)

    assert answers == [200]
    assert server(web).process.wait(PATIENCE_SECONDS) == 0


def test_a_web_server_that_is_still_starting_stops_at_once(web):
    starting = web.start_command("web-starting", "serve", "--port", str(free_port()))
    time.sleep(0.5)

    web.processes.stop(starting)

    assert starting.process.returncode != -signal.SIGKILL, "it had to be killed"
