"""Opening files from strangers in a process of its own, which can hurt nobody."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress

from standpipe.documents.refusals import REASONS, NotAcceptable
from standpipe.kernel.errors import Unavailable

# What a file may cost: time of the processor, which a busy machine does not use up.
SECONDS = 10
# And what a person waits at most, however busy the machine is.
PATIENCE_SECONDS = 40
MEMORY_BYTES = 300 * 1024 * 1024
# How the process of a file ended, as the last byte of what comes out of the cage.
DONE, FAILED, KILLED = b"\0", b"\1", b"\2"

_PROGRAM = ("-s", "-B", "-m", "standpipe.documents.caged")
_CHUNK_BYTES = 256 * 1024


def open_in_cage(content: bytes, *, task: str, options: Mapping[str, object]) -> tuple[bytes, str]:
    """
    Do a task of `caged` in a new process; return the clean file and its media type.

    The process has 10 seconds of processor time and 300 MB, no variables (and so no secrets),
    and may write no file. What it cannot digest kills it and nothing else.

    :raises NotAcceptable: if the file is at fault
    :raises Unavailable: if the machine was too busy to open it
    """
    order = json.dumps({"task": task, **options}).encode() + b"\n"
    until = time.monotonic() + PATIENCE_SECONDS
    try:
        with keeper.new_process() as process:
            answered = _exchange(process, order + content, until=until)
    except OSError:
        raise Unavailable("A file could not be opened in time; this machine is busy.") from None
    if not answered:
        raise Unavailable("A file could not be opened: the process that opens it was stopped.")
    if answered[-1:] != DONE:
        # It died while reading: by a limit, or because the file is not what it seems.
        raise NotAcceptable("too_complex" if answered[-1:] == KILLED else "unreadable")
    header, _, clean = answered[:-1].partition(b"\n")
    answer = json.loads(header)
    if "refused" in answer:
        raise NotAcceptable(answer["refused"] if answer["refused"] in REASONS else "unreadable")
    return clean, answer["media_type"]


class Keeper:
    """
    The process that waits with its readers loaded, and gives each file a process of its own.

    To start Python and load a reader costs several times what a photo does. The keeper itself
    never sees a file. Each process of ours has its own, started when it is first needed; it ends
    with us.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        # Kept, as it is never waited for.
        self._started: list[subprocess.Popen[bytes]] = []

    @property
    def pid(self) -> int:
        """The process that keeps; started if there is none."""
        with self._lock:
            if self._control is None:
                self._start()
            return self._started[-1].pid

    def new_process(self) -> socket.socket:
        """
        Return the socket of a new process in the cage, which reads to the end and then answers.

        :raises OSError: if none can be started
        """
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            if self._control is None:
                self._start()
            try:
                self._send(theirs)
            except OSError:
                # It was killed: one that died between two files is no fault of a file.
                self._start()
                self._send(theirs)
        return ours

    def forget(self) -> None:
        """Leave the keeper to the process that this one was forked from."""
        self._lock = threading.Lock()
        if self._control is not None:
            self._control.close()
            self._control = None

    def _send(self, process: socket.socket) -> None:
        assert self._control is not None
        socket.send_fds(self._control, [b"\0"], [process.fileno()])

    def _start(self) -> None:
        if self._control is not None:
            self._control.close()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._started.append(
                subprocess.Popen(  # noqa: S603 (our own program)
                    [sys.executable, *_PROGRAM, str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd="/",
                    env={"PYTHONPATH": os.pathsep.join(part for part in sys.path if part)},
                )
            )


keeper = Keeper()
os.register_at_fork(after_in_child=keeper.forget)


def _exchange(process: socket.socket, sent: bytes, *, until: float) -> bytes:
    """
    Send all, then receive all.

    :raises TimeoutError: if that is not done in time
    """
    process.settimeout(_left(until))
    # One that died before it had read everything says so in its answer.
    with suppress(BrokenPipeError, ConnectionResetError):
        process.sendall(sent)
        process.shutdown(socket.SHUT_WR)
    received: list[bytes] = []
    while True:
        process.settimeout(_left(until))
        chunk = process.recv(_CHUNK_BYTES)
        if not chunk:
            return b"".join(received)
        received.append(chunk)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
