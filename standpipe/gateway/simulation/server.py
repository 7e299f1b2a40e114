"""Serves a simulator over HTTP: its own routes, /health, and /control to make it fail."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from standpipe.gateway.simulation.faults import FAULTS, Failing, Fault, spoilt, wire
from standpipe.gateway.simulation.messages import Reply, Request, Routes

_LARGEST_REQUEST_BYTES = 12 * 1024 * 1024


class Simulation:
    """
    A simulator's routes, with the fault that is switched on at present.

    `control_token` opens /control; without one it is shut. `unknown` replies where no route fits.
    """

    def __init__(
        self,
        name: str,
        routes: Routes,
        *,
        control_token: str | None = None,
        fault: Fault | None = None,
        unknown: Callable[[Request], Reply] | None = None,
    ) -> None:
        self.name = name
        self._routes = routes
        self._control_token = control_token
        self._fault = fault
        self._unknown = unknown or (lambda _: Reply.json(404, {"message": "Not found"}))

    def reply(self, request: Request) -> tuple[Reply, Fault | None]:
        """Return the reply and the fault by which to spoil it on the wire."""
        if request.path == "/health":
            return Reply.json(200, {"simulator": self.name, "fault": self._fault}), None
        if request.path == "/control/fault":
            return self._switch_fault(request), None
        fault = None if request.path.startswith("/control/") else self._fault
        try:
            reply = self._routes.respond(request) or self._unknown(request)
        except Failing as failing:
            reply, fault = Reply.json(200, {}), failing.fault
        return (reply, None) if fault is None else (spoilt(reply, fault), fault)

    def may_control(self, request: Request) -> bool:
        """Say whether a request carries the token for /control."""
        given = request.bearer()
        return bool(
            given
            and self._control_token
            and hmac.compare_digest(given.encode(), self._control_token.encode())
        )

    def _switch_fault(self, request: Request) -> Reply:
        if not self.may_control(request):
            return Reply.json(403, {"message": "Forbidden"})
        asked = request.json_object() if request.method == "POST" else None
        fault = asked.get("fault", "") if asked else ""
        if fault is not None and fault not in FAULTS:
            return Reply.json(400, {"message": f"fault must be null or one of {list(FAULTS)}"})
        self._fault = fault
        return Reply.json(200, {"fault": fault})


def make_server(simulation: Simulation, *, port: int) -> ThreadingHTTPServer:
    """Return a server on this machine alone, ready for `serve_forever`; port 0 picks a free one."""
    return _Server(("127.0.0.1", port), _handler_of(simulation))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256
    allow_reuse_address = True
    stopping = False

    def shutdown(self) -> None:
        self.stopping = True
        super().shutdown()


def _handler_of(simulation: Simulation) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        timeout = 75

        def _serve(self) -> None:
            request = self._read_request()
            if request is None:
                self.close_connection = True
                return
            reply, fault = simulation.reply(request)
            try:
                for part in wire(reply, fault, self.connection, self._stopping):
                    self.wfile.write(part)
                    self.wfile.flush()
            except OSError:
                fault = fault or "dropped"  # the caller has gone; so do we
            if fault is not None:
                self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = _serve  # noqa: N815

        def _stopping(self) -> bool:
            return bool(getattr(self.server, "stopping", False))

        def _read_request(self) -> Request | None:
            length = self.headers.get("Content-Length", "0")
            if not length.isascii() or not length.isdigit() or int(length) > _LARGEST_REQUEST_BYTES:
                return None
            parts = urlsplit(self.path)
            return Request(
                method=self.command,
                path=parts.path,
                query=dict(parse_qsl(parts.query, keep_blank_values=True)),
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(int(length)),
            )

        def log_message(self, *_: Any) -> None:
            """Log nothing: lines would hold references and tokens."""

    return Handler
