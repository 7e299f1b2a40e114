"""The processes that we start, and their end: whatever happens, none is left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from launcher.account import die_with_parent
from launcher.places import ROOT

STOPPING_SECONDS = 30
_ASKING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Died(RuntimeError):
    """A process ended that should have gone on; the message has the end of its log."""


class Stopped(BaseException):
    """Somebody asked us to stop: Ctrl-C, SIGTERM, or the terminal was closed."""


@dataclass(slots=True)
class Child:
    """One process that we started."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def end_of_log(self) -> str:
        """Return the last lines that it wrote."""
        with contextlib.suppress(FileNotFoundError):
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])
        return ""


class Processes:
    """Processes in the order of their start; they are stopped in the opposite order."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.children: list[Child] = []
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, words: Sequence[str], *, variables: Mapping[str, str]) -> Child:
        """Start a program whose output goes to `<name>.log`."""
        log = self.logs / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                list(words),
                env=dict(variables),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C reaches us alone; we then stop the others in order.
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )
        child = Child(name, process, log)
        self.children.append(child)
        return child

    def check(self) -> None:
        """
        Return if all are alive.

        :raises Died: naming the first that is not
        """
        for child in self.children:
            status = child.process.poll()
            if status is not None:
                raise Died(f"{child.name} ended with {status}:\n{child.end_of_log()}")

    def until(self, is_so: Callable[[], bool], *, what: str, seconds: float) -> None:
        """
        Wait until something is so.

        :raises Died: if a process ends first, or it takes longer
        """
        deadline = time.monotonic() + seconds
        while not is_so():
            self.check()
            if time.monotonic() > deadline:
                logs = "\n".join(f"{each.name}:\n{each.end_of_log()}" for each in self.children)
                raise Died(f"{what} took longer than {seconds:.0f} s.\n{logs}")
            time.sleep(0.05)

    def stop(self, child: Child | None = None) -> None:
        """Ask one, or each in turn, to end; whoever does not is killed with its own children."""
        stopping = [child] if child else list(reversed(self.children))
        for each in stopping:
            _stop(each.process)
            self.children.remove(each)


def _stop(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(STOPPING_SECONDS)
    # Each is the leader of its session: what it started and did not stop goes with it.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def hear_stop() -> None:
    """Turn Ctrl-C, SIGTERM and a closed terminal into `Stopped`, raised in the main thread."""

    def stop(number: int, frame: object) -> None:
        deafen()
        raise Stopped

    for each in _ASKING:
        signal.signal(each, stop)


def deafen() -> None:
    """Ignore further wishes to stop: the end is under way, and must not be broken off."""
    for each in _ASKING:
        signal.signal(each, signal.SIG_IGN)
