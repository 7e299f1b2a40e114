"""Whatever we start, we stop: after Ctrl-C, after a fault, and after our own sudden death."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from launcher.places import ROOT
from launcher.processes import Died, Processes

PARENT = """
import sys, time
from pathlib import Path
from launcher.processes import Processes, Stopped, deafen, hear_stop

hear_stop()
processes = Processes(Path(sys.argv[1]))
try:
    for name in ("first", "second"):
        child = processes.start(name, [sys.executable, "-c", sys.argv[2]], variables={})
        print(child.process.pid, flush=True)
    while True:
        processes.check()
        time.sleep(0.05)
except Stopped:
    print("stopped", flush=True)
finally:
    deafen()
    processes.stop()
"""
SLEEP = "import time; time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}"


@pytest.fixture
def start(tmp_path: Path):
    """Starts a parent with two children; returns it and their process ids."""
    parents = []

    def begin(child: str) -> tuple[subprocess.Popen, list[int]]:
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(tmp_path), child],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        parents.append(parent)
        return parent, [int(parent.stdout.readline()) for _ in range(2)]

    yield begin
    for parent in parents:
        parent.kill()
        parent.wait()


def lives(pid: int) -> bool:
    """Return whether a process goes on; one that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(pids: list[int], *, seconds: float = 60) -> bool:
    """Wait until processes are gone; return whether they are."""
    deadline = time.monotonic() + seconds
    while any(map(lives, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(lives, pids))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_wish_to_stop_stops_everything(start, how):
    parent, children = start(SLEEP)

    parent.send_signal(how)

    assert parent.wait(120) == 0
    assert gone(children)
    assert "stopped" in parent.stdout.read()


def test_children_go_when_their_parent_is_killed(start):
    parent, children = start(SLEEP)

    parent.kill()

    assert gone(children)


def test_one_that_ends_by_itself_takes_the_others_along_and_is_named(start):
    parent, children = start(SLEEP)

    os.kill(children[0], signal.SIGKILL)

    assert parent.wait(120) == 1
    assert gone(children)
    assert "first ended with -9" in parent.stdout.read()


def test_one_that_will_not_end_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("launcher.processes.STOPPING_SECONDS", 0.5)
    processes = Processes(tmp_path)
    child = processes.start("stubborn", [sys.executable, "-c", STUBBORN], variables={})
    time.sleep(0.5)

    processes.stop()

    assert gone([child.process.pid])


def test_the_fault_shows_the_end_of_the_log(tmp_path):
    processes = Processes(tmp_path)
    words = [sys.executable, "-c", "print('what went wrong'); raise SystemExit(3)"]
    processes.start("faulty", words, variables={})

    with pytest.raises(Died, match=r"(?s)faulty ended with 3.*what went wrong"):
        processes.until(lambda: False, what="Nothing", seconds=120)
    processes.stop()
