"""A token by OAuth 2.0 client credentials (RFC 6749, 4.4), kept while it lasts."""

from __future__ import annotations

import base64
from collections.abc import Callable
from threading import Lock
from urllib.parse import quote

from standpipe.gateway.calls import Answer, Call, Malformed
from standpipe.gateway.http import Outbound

# A token is renewed a little before it ends, so that it does not end on the way.
_RENEW_SECONDS = 30.0

ReadToken = Callable[[Answer], tuple[str, float]]


class ClientCredentials:
    """
    Fetches tokens and keeps the last. May be shared by threads.

    `unless` wraps the reading of an answer, so that a refusal is raised in the supplier's words.
    """

    def __init__(
        self,
        outbound: Outbound,
        *,
        url: str,
        route: str,
        client_id: str,
        client_secret: str,
        scope: str,
        unless: Callable[[ReadToken], ReadToken],
        clock: Callable[[], float],
    ) -> None:
        self._outbound = outbound
        self._url, self._route = url, route
        self._basic = base64.b64encode(f"{quote(client_id)}:{quote(client_secret)}".encode())
        self._form = {"grant_type": "client_credentials"} | ({"scope": scope} if scope else {})
        self._unless = unless
        self._clock = clock
        self._lock = Lock()
        self._token: tuple[str, float] | None = None

    def token(self, correlation_id: str, *, deadline_seconds: float) -> str:
        """
        Return a token that still holds.

        :raises Unreached: if there is none to be had in time
        """
        with self._lock:
            if self._token and self._clock() < self._token[1]:
                return self._token[0]
        # Not under the lock: a slow token endpoint must not hold up those who have a token.
        call = Call(
            "POST",
            self._url,
            self._route,
            correlation_id,
            headers={"Authorization": f"Basic {self._basic.decode()}"},
            form=self._form,
            only_reads=True,
        )
        token, seconds = self._outbound.call(
            call, read=self._unless(_read_token), deadline_seconds=deadline_seconds
        )
        with self._lock:
            self._token = (token, self._clock() + max(0.0, seconds - _RENEW_SECONDS))
        return token

    def forget(self, token: str) -> None:
        """Forget a token that was refused, unless another has taken its place."""
        with self._lock:
            if self._token and self._token[0] == token:
                self._token = None


def _read_token(answer: Answer) -> tuple[str, float]:
    body = answer.json_object()
    token, seconds = body.get("access_token"), body.get("expires_in")
    if not isinstance(token, str) or not token or not isinstance(seconds, int | float):
        raise Malformed("no token")
    return token, float(seconds)
