"""The transaction in which the database shows only what an actor may see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from standpipe.audit.actions import gathering
from standpipe.identity.actor import Actor
from standpipe.rows.actions import together


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """
    Open one transaction as an actor; row-level security reads who that is.

    The names are local to the transaction, so that a connection that is used again starts
    with none and sees nothing. Inside another `acting`, it is a savepoint as the same actor.

    :raises RuntimeError: if a transaction of another actor is open
    """
    inside = getattr(connection, "standpipe_actor", None)
    if inside is not None:
        if (inside.organisation, inside.person) != (actor.organisation, actor.person):
            raise RuntimeError(f"{inside.id} is at work in this transaction, not {actor.id}")
        with transaction.atomic(), together(), gathering():
            yield actor
        return
    connection.standpipe_actor = actor  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('standpipe.organisation', %s, true),"
                    " set_config('standpipe.person', %s, true)",
                    [str(actor.organisation or ""), str(actor.person or "")],
                )
            with together(), gathering():
                yield actor
    finally:
        connection.standpipe_actor = None  # type: ignore[attr-defined]
