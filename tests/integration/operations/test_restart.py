"""Graceful stop and rolling restart: whoever was let in is served."""

import signal
import threading
import time
import urllib.request
from collections.abc import Iterator

import psycopg
import pytest

from launcher.stack import Stack


@pytest.fixture
def web(database, tmp_path) -> Iterator[Stack]:
    """A web server of its own, which the test may stop."""
    running = Stack(tmp_path, database=database, kind="test")
    try:
        running.start_simulators()
        running.start_worker()
        running.start_web()
        yield running
    finally:
        running.stop()


def fetch(web: Stack, path: str) -> int:
    """Return the status of a page, over a connection of its own."""
    address = f"http://127.0.0.1:{web.port}{path}"
    request = urllib.request.Request(address, headers={"Connection": "close"})
    with urllib.request.urlopen(request, timeout=20) as page:
        page.read()
        return page.status


def server(web: Stack):
    """Return the process of the web server."""
    return next(each.process for each in web.processes.children if each.name == "web")


def test_no_request_fails_while_the_web_processes_are_replaced(web):
    answers: list[object] = []
    over = threading.Event()

    def visit() -> None:
        while not over.is_set():
            try:
                answers.append(fetch(web, "/health/ready"))
            except OSError as error:
                answers.append(error)

    visitors = [threading.Thread(target=visit) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    before = _children(server(web).pid)
    time.sleep(0.5)
    server(web).send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 30
    while _children(server(web).pid) & before and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(0.5)
    over.set()
    for visitor in visitors:
        visitor.join()

    assert not _children(server(web).pid) & before, "the old processes are still there"
    assert len(answers) > 50
    assert set(answers) == {200}


def test_a_request_under_way_is_finished_after_sigterm(web, databases):
    answers: list[object] = []

    def visit() -> None:
        try:
            answers.append(fetch(web, "/health/ready"))
        except OSError as error:
            answers.append(error)

    with psycopg.connect(web.owner) as connection:
        # The page waits for this table, so it is surely under way when the signal comes.
        connection.execute("LOCK TABLE procrastinate_workers IN ACCESS EXCLUSIVE MODE")
        visitor = threading.Thread(target=visit)
        visitor.start()
        time.sleep(0.5)
        server(web).send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert visitor.is_alive()
    visitor.join()

    assert answers == [200]
    assert server(web).wait(30) == 0


def _children(pid: int) -> set[int]:
    from pathlib import Path

    children = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        children |= {int(child) for child in (task / "children").read_text().split()}
    return children
