"""Who may use a route of the API: a client whose token has the scope it names."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from standpipe.identity.actor import Actor, Scope
from standpipe.identity.queries import actor_of_token
from standpipe.jobs.clock import now


class ScopeMissing(Exception):
    """The token is good, but not for this."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"This needs a token with the scope {scope}.")


class Bearer(HttpBearer):
    """Lets in who holds a token with a scope; the actor is then `request.auth`."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """
        Return whom a token was given to; None, answered with 401, if it does not work.

        :raises ScopeMissing: if it is not for this
        """
        request.at = now()  # type: ignore[attr-defined]
        actor = actor_of_token(token, at=request.at)  # type: ignore[attr-defined]
        if actor is not None and self.scope not in actor.scopes:
            raise ScopeMissing(self.scope)
        return actor


def scope_of(operation: Any) -> Scope | None:
    """Return the scope that an operation of the API names; None if anybody may use it."""
    for callback in operation.auth_callbacks:
        if isinstance(callback, Bearer):
            return callback.scope
    return None
