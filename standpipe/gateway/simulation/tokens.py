"""Access tokens of a simulated system, by the client credentials grant (RFC 6749, 4.4)."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import time
from threading import Lock
from typing import Literal
from urllib.parse import unquote

from standpipe.gateway.simulation.messages import Reply, Request


class Tokens:
    """
    Tokens of one client; each holds some scopes, for a while.

    `scopes` are those that may be asked for; None means that the system knows none.
    """

    def __init__(
        self, *, client_id: str, client_secret: str, seconds: int, scopes: frozenset[str] | None
    ) -> None:
        self.client_id = client_id
        self._secret = client_secret
        self._seconds = seconds
        self._scopes = scopes
        self._lock = Lock()
        self._issued: dict[str, tuple[frozenset[str], float]] = {}

    def issue(self, request: Request) -> Reply:
        """Answer a token request (RFC 6749, 5.2)."""
        if not self._knows(request.headers.get("authorization", "")):
            headers = {"WWW-Authenticate": 'Basic realm="tokens"'}
            return Reply.json(401, {"error": "invalid_client"}, headers=headers)
        form = request.form()
        if form.get("grant_type") != "client_credentials":
            return Reply.json(400, {"error": "unsupported_grant_type"})
        asked = frozenset(form.get("scope", "").split())
        if self._scopes is not None and (not asked or not asked <= self._scopes):
            return Reply.json(400, {"error": "invalid_scope"})
        token = secrets.token_urlsafe(32)
        now = time.monotonic()
        with self._lock:
            self._issued = {old: kept for old, kept in self._issued.items() if kept[1] > now}
            self._issued[token] = (asked, now + self._seconds)
        said = {"access_token": token, "token_type": "Bearer", "expires_in": self._seconds}
        return Reply.json(200, said | ({"scope": " ".join(sorted(asked))} if asked else {}))

    def refusal(
        self, request: Request, scope: str | None = None
    ) -> Literal["invalid_token", "insufficient_scope"] | None:
        """Return why a request is not let through; None if it carries a token that holds."""
        with self._lock:
            scopes, ends_at = self._issued.get(request.bearer() or "", (frozenset[str](), 0.0))
        if ends_at <= time.monotonic():
            return "invalid_token"
        return "insufficient_scope" if scope is not None and scope not in scopes else None

    def _knows(self, authorization: str) -> bool:
        kind, _, packed = authorization.partition(" ")
        try:
            given = base64.b64decode(packed, validate=True).decode()
        except (binascii.Error, ValueError):
            return False
        name, _, secret = given.partition(":")
        return (
            kind.lower() == "basic"
            and hmac.compare_digest(unquote(name).encode(), self.client_id.encode())
            and hmac.compare_digest(unquote(secret).encode(), self._secret.encode())
        )
