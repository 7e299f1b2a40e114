"""The ways in which an outside system fails, to be switched on in a simulator."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Literal, get_args

from standpipe.gateway.simulation.messages import Reply

Fault = Literal[
    "silent",
    "slow",
    "error",
    "unavailable",
    "throttled",
    "refusing",
    "malformed",
    "wrong_type",
    "huge",
    "dropped",
]

FAULTS: tuple[Fault, ...] = get_args(Fault)

_SILENCE_SECONDS = 60.0
_DRIP_SECONDS = 20.0  # for the whole body, however short
_HUGE_BYTES = 64 * 1024 * 1024


class Failing(Exception):
    """Raised where a simulator is to fail in a given way instead of replying."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


def spoilt(reply: Reply, fault: Fault) -> Reply:
    """Return a whole reply that is wrong; faults of the wire leave it as it is."""
    if fault == "error":
        return Reply.json(500, {"message": "Internal server error"})
    if fault == "unavailable":
        return Reply.json(503, {"message": "Service unavailable"})
    if fault == "throttled":
        return Reply.json(429, {"message": "Too many requests"}, headers={"Retry-After": "1"})
    if fault == "refusing":
        return Reply.json(403, {"message": "Forbidden"})
    if fault == "malformed":
        return Reply(200, b'{"outcome": "match', "application/json")
    if fault == "wrong_type":
        return Reply.json(200, _turned(reply))
    return reply


def _turned(reply: Reply) -> object:
    # Every value of another type than agreed, under the right names.
    try:
        value = json.loads(reply.body)
    except ValueError:
        value = None
    return {name: {"unexpected": 1} for name in value} if isinstance(value, dict) else [1, 2, 3]


def wire(
    reply: Reply, fault: Fault | None, connection: socket.socket, stopping: Callable[[], bool]
) -> Iterator[bytes]:
    """Yield the bytes to send, at the pace of the fault; ends early once `stopping` says so."""
    if fault == "silent":
        _wait(_SILENCE_SECONDS, stopping)
        return
    if fault == "huge":
        yield _head(reply, _HUGE_BYTES)
        for _ in range(_HUGE_BYTES // 65536):
            yield b" " * 65536
        return
    head = _head(reply, len(reply.body))
    if fault == "dropped":
        yield head[: len(head) // 2]
        # Closing with a linger of 0 seconds sends a reset instead of a farewell.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return
    if fault == "slow":
        yield head
        for byte in reply.body:
            _wait(_DRIP_SECONDS / len(reply.body), stopping)
            yield bytes([byte])
        return
    yield head + reply.body


def _wait(seconds: float, stopping: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at and not stopping():
        time.sleep(min(0.1, seconds))


def _head(reply: Reply, length: int) -> bytes:
    lines = [
        f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}",
        f"Content-Type: {reply.media_type}",
        f"Content-Length: {length}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        *(f"{name}: {value}" for name, value in reply.headers.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
