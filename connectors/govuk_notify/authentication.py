"""Who may call the simulated Notify: tokens as the real one checks them."""

from __future__ import annotations

import time
from collections.abc import Callable

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from standpipe.gateway.simulation.messages import Request

# "Error: Your system clock must be accurate to within 30 seconds".
_CLOCK_SECONDS = 30


class NotAllowed(Exception):
    """Notify's AuthError with its status, 401 or 403."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


class Keyholder:
    """Checks tokens against one API key: its service and its secret."""

    def __init__(self, key: str, *, clock: Callable[[], float] = time.time) -> None:
        self._service_id, secret = key[-73:-37], key[-36:]
        self._secret = OctKey.import_key(secret)
        self._clock = clock

    def require(self, request: Request) -> None:
        """Raise NotAllowed unless the request carries a fresh token signed with the key."""
        token = request.bearer()
        if token is None:
            raise NotAllowed(401, "Unauthorized: authentication token must be provided")
        try:
            claims = jwt.decode(token, self._secret, algorithms=["HS256"]).claims
        except (JoseError, ValueError):
            raise NotAllowed(403, "Invalid token: API key not found") from None
        if claims.get("iss") != self._service_id:
            raise NotAllowed(403, "Invalid token: service not found")
        made_at = claims.get("iat")
        if not isinstance(made_at, int) or abs(self._clock() - made_at) > _CLOCK_SECONDS:
            message = "Error: Your system clock must be accurate to within 30 seconds"
            raise NotAllowed(403, message)
