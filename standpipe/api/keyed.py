"""Idempotency keys: the same request again gets the same answer and does nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import connection

from standpipe.identity.actor import Actor
from standpipe.kernel.canonical import digest
from standpipe.kernel.errors import Refused
from standpipe.kernel.identifiers import new_id


class KeyUsedDifferently(Refused):
    """The key came with another request before; a new request needs a new key."""


def answer_once(
    actor: Actor,
    *,
    route: str,
    key: str,
    request: bytes,
    at: datetime,
    act: Callable[[], tuple[int, str]],
) -> tuple[int, str, bool]:
    """
    Act, unless a request with this key was answered before; then give that answer again.

    To be called inside the caller's transaction, so that the act and the memory of it are
    one commit. Two at once wait for each other on the key. Returns status, answer as JSON
    text, and whether it was given before.

    :raises KeyUsedDifferently: if the key came with another request
    """
    sha256 = digest(request)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO api_keyedrequest"
            " (id, organisation_id, route, key, request_sha256, status, answer, at)"
            " VALUES (%s, %s, %s, %s, %s, 0, '', %s)"
            " ON CONFLICT (organisation_id, route, key) DO NOTHING RETURNING id",
            [new_id(), actor.organisation, route, key, sha256, at],
        )
        mine = cursor.fetchone()
        if mine is None:
            cursor.execute(
                "SELECT request_sha256, status, answer FROM api_keyedrequest"
                " WHERE organisation_id = %s AND route = %s AND key = %s",
                [actor.organisation, route, key],
            )
            before, status, answer = cursor.fetchone()
            if before != sha256:
                raise KeyUsedDifferently(
                    "This Idempotency-Key was used for another request. Send a new key."
                )
            return status, answer, True
        status, answer = act()
        cursor.execute(
            "UPDATE api_keyedrequest SET status = %s, answer = %s WHERE id = %s",
            [status, answer, mine[0]],
        )
    return status, answer, False
