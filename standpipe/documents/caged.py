"""
The program inside the cage: one order and one file come in, one clean file goes out.

It runs as a process of its own (`cage.py`) and imports neither Django nor settings. The process
that is started keeps the readers loaded and never sees a file: for each file it forks a witness,
which forks the process that opens it, and tells how that one ended.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import socket
import sys

from standpipe.documents.cage import (
    DONE,
    FAILED,
    KILLED,
    MEMORY_BYTES,
    PATIENCE_SECONDS,
    SECONDS,
)
from standpipe.documents.recognition import EICAR, MediaType, is_ambiguous
from standpipe.documents.refusals import NotAcceptable


def main() -> None:
    """Wait for files until whoever started this is gone."""
    # Most files are pictures; the readers of the others are loaded by the process that needs them.
    importlib.import_module("standpipe.documents.pictures")
    # Nobody waits for a witness.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=int(sys.argv[1])) as control:
        while True:
            message, sockets, _, _ = socket.recv_fds(control, 1, 1)
            if not message:
                return
            if os.fork() == 0:
                control.close()
                _leave(_witness(socket.socket(fileno=sockets[0])))
            os.close(sockets[0])


def _witness(asker: socket.socket) -> int:
    """Have a file opened by a new process, and say how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    opening = os.fork()
    if opening == 0:
        _leave(_open(asker))
    _, status = os.waitpid(opening, 0)
    ended = KILLED if os.WIFSIGNALED(status) else FAILED if os.WEXITSTATUS(status) else DONE
    asker.sendall(ended)
    return 0


def _leave(status: int) -> None:
    """End this process here: what it was forked from has its own way to go."""
    os._exit(status)


def _open(asker: socket.socket) -> int:
    """Read an order (JSON, one line) and a file; write an answer (JSON, one line) and a file."""
    try:
        _shut()
        with asker.makefile("rb") as asked:
            order = json.loads(asked.readline())
            content = asked.read()
        clean = b""
        answer: dict[str, str] = {}
        try:
            clean, answer["media_type"] = _do(order, content)
        except NotAcceptable as refused:
            answer = {"refused": refused.reason}
        except MemoryError:
            answer = {"refused": "too_complex"}
        asker.sendall(json.dumps(answer).encode() + b"\n" + clean)
    except Exception:
        return 1
    return 0


def _shut() -> None:
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    # By then nobody waits for it any more.
    signal.alarm(PATIENCE_SECONDS)


def _do(order: dict[str, object], content: bytes) -> tuple[bytes, str]:
    media_type: MediaType = order["media_type"]  # type: ignore[assignment]
    if EICAR in content:
        raise NotAcceptable("virus")
    if is_ambiguous(content, media_type=media_type):
        raise NotAcceptable("ambiguous")
    # Each reader is loaded where it is needed: together they would take half of the memory.
    if order["task"] == "photo":
        from standpipe.documents.pictures import photo

        return photo(content, crop=order["crop"]), "image/jpeg"  # type: ignore[arg-type]
    if order["task"] == "fields":
        from standpipe.documents.paper_fields import fields_of

        return json.dumps(fields_of(content)).encode(), "application/json"
    if media_type == "application/pdf":
        from standpipe.documents.papers import rebuild

        return rebuild(content), media_type
    from standpipe.documents.pictures import picture

    return picture(content, media_type=media_type), media_type


if __name__ == "__main__":
    main()
