"""One HTTP/1.1 connection over a plain socket: the client must cost less than what it measures."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Mapping
from dataclasses import dataclass


class Broken(ConnectionError):
    """The server went away before it had answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    status: int
    headers: Mapping[bytes, bytes]
    body: bytes


def request_bytes(
    method: str, path: str, *, headers: Mapping[str, str] | None = None, body: bytes = b""
) -> bytes:
    """Put a request together; made before the clock runs, it costs nothing while it does."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body or method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


class Connection:
    """Keeps one connection open, and opens it again after it broke."""

    def __init__(self, port: int, *, patience_seconds: float = 60.0) -> None:
        self.port = port
        self.patience_seconds = patience_seconds
        self._socket: socket.socket | None = None

    def send(self, request: bytes) -> Answer:
        """
        Send a request and wait for the whole answer.

        :raises Broken: if the server is not there or goes away; whether it acted is not known
        """
        try:
            connected = self._open()
            connected.sendall(request)
            return self._read(connected)
        except (OSError, ValueError) as error:
            self.close()
            raise Broken(str(error)) from error

    def hang_up(self, request: bytes) -> None:
        """
        Send a request and go, as a client does that loses its network while it waits.

        :raises Broken: if the server is not there
        """
        try:
            self._open().sendall(request)
        except OSError as error:
            raise Broken(str(error)) from error
        finally:
            self.close()

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.close()
            self._socket = None

    def _open(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection(
                ("127.0.0.1", self.port), timeout=self.patience_seconds
            )
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket

    def _read(self, connected: socket.socket) -> Answer:
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += _some(connected)
        head, body = received[:end], received[end + 4 :]
        first, *lines = head.split(b"\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(b":") for line in lines)
        }
        left = int(headers.get(b"content-length", b"0")) - len(body)
        parts = [body]
        while left > 0:
            part = _some(connected)
            parts.append(part)
            left -= len(part)
        if headers.get(b"connection", b"").lower() == b"close":
            self.close()
        return Answer(int(first.split(b" ", 2)[1]), headers, b"".join(parts))


def _some(connected: socket.socket) -> bytes:
    part = connected.recv(65536)
    if not part:
        raise Broken("The server closed the connection.")
    return part
