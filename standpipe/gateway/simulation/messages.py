"""Requests and replies of a simulator as plain values, and the table that routes them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True)
class Request:
    """One request; names of headers are in small letters."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json_object(self) -> dict[str, Any] | None:
        """Return the body as a JSON object; None if it is anything else."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None

    def form(self) -> dict[str, str]:
        """Return the fields of a submitted form; of a repeated one the last."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def bearer(self) -> str | None:
        """Return the bearer token, if one is given."""
        kind, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if kind.lower() == "bearer" and token.strip() else None


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply, whole."""

    status: int
    body: bytes = b""
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, status: int, value: object, *, headers: Mapping[str, str] | None = None) -> Reply:
        """Build a reply of JSON."""
        body = json.dumps(value, ensure_ascii=False).encode()
        return cls(status, body, "application/json", headers or {})

    @classmethod
    def page(cls, html: str, *, status: int = 200) -> Reply:
        """Build a page for people, which may run no script and be framed nowhere."""
        policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
        return cls(
            status,
            html.encode(),
            "text/html; charset=utf-8",
            {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"},
        )

    @classmethod
    def redirect(cls, url: str) -> Reply:
        """Send a browser elsewhere after a form."""
        return cls(303, b"", "text/plain", {"Location": url})


Respond = Callable[..., Reply]


class Routes:
    """Which function answers which method and path; `{name}` in a path is handed over by name."""

    def __init__(self) -> None:
        self._routes: list[tuple[str, re.Pattern[str], Respond]] = []

    def add(self, method: str, path: str, respond: Respond) -> None:
        """Let a function answer; of two that fit, the first added."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
        self._routes.append((method, re.compile(pattern), respond))

    def respond(self, request: Request) -> Reply | None:
        """Return the reply; None if no route fits."""
        for method, pattern, respond in self._routes:
            fits = pattern.fullmatch(request.path)
            if fits and method == request.method:
                return respond(request, **fits.groupdict())
        return None
