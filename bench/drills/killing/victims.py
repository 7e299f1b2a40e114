"""Who is killed (kill -9), and how they come back."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from bench.proving_ground import ProvingGround
from launcher.places import PYTHON
from launcher.processes import Child

Victim = Literal["web process", "web server", "worker", "PostgreSQL"]
Server = Literal["right", "early_ack", "no_key"]


class Victims:
    """The processes of one proving ground, to kill and to bring back."""

    def __init__(self, ground: ProvingGround, *, server: Server, chance: random.Random) -> None:
        self._ground = ground
        self._server = server
        self._chance = chance
        self._web = self._start_web()
        self._worker = self._start_worker()

    def kill(self, victim: Victim) -> None:
        """Kill one as a power cut would, and bring it back where nobody else does."""
        kills: dict[Victim, Callable[[], None]] = {
            "web process": self._kill_web_process,
            "web server": self._kill_web_server,
            "worker": self._kill_worker,
            "PostgreSQL": self._kill_postgres,
        }
        kills[victim]()

    def revive(self) -> None:
        """Start again what has ended by itself, as the supervisor of a real machine does."""
        if self._web.process.poll() is not None:
            # It gives up when its web processes die faster than it starts them.
            _bury(self._ground, self._web)
            self._web = self._start_web()
        if self._worker.process.poll() is not None:
            self._kill_worker()

    def stop(self) -> None:
        """End web server and worker, so that another server can take their place."""
        for child in (self._worker, self._web):
            _bury(self._ground, child)

    def _kill_web_process(self) -> None:
        # The web server starts another by itself.
        processes = [pid for pid in _children(self._web.process.pid) if _serves(pid)]
        if processes:
            _kill(self._chance.choice(processes))

    def _kill_web_server(self) -> None:
        _bury(self._ground, self._web)
        self._web = self._start_web()

    def _kill_worker(self) -> None:
        _bury(self._ground, self._worker)
        self._worker = self._start_worker()

    def _kill_postgres(self) -> None:
        postgres = self._ground.postgres
        assert postgres.process is not None
        children = _children(postgres.process.pid)
        postgres.kill()
        for child in children:
            _kill(child)
        postgres.start()

    def _start_web(self) -> Child:
        stack = self._ground.stack
        if self._server == "right":
            return stack.start_command("web", "serve", "--port", str(stack.port))
        wrong = "bench.drills.killing.wrong_servers"
        return stack.processes.start(
            "web",
            [str(PYTHON), "-m", wrong, self._server, str(stack.port)],
            variables={**os.environ, **stack.variables},
        )

    def _start_worker(self) -> Child:
        return self._ground.stack.start_command("worker", "worker")


def _bury(ground: ProvingGround, child: Child) -> None:
    # Each is the leader of its own session: it goes with all that it has started.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()
    ground.stack.processes.stop(child)


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # "pid (name) state parent …", and the name may hold anything.
            state, of = re.sub(r"^.*\)", "", stat.read_text()).split()[:2]
            if int(of) == parent and state != "Z":
                found.append(int(stat.parent.name))
    return found


def _serves(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return b"worker-" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False
