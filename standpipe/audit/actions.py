"""Writing to the audit log: always in the transaction of what it records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from standpipe.audit.entry import CHAINS, Deed, Doer
from standpipe.audit.verbs import VERBS
from standpipe.kernel.canonical import canonical_json
from standpipe.kernel.identifiers import new_id


def record(
    verb: str,
    *,
    actor: Doer,
    at: datetime,
    organisation: UUID | None,
    subjects: Sequence[UUID],
    what: str,
    purpose: str | None = None,
    basis: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """
    Add one entry; it stands or falls with the caller's transaction.

    `what` names the thing acted on, as `kind:reference`; `detail` holds no personal data.
    The hash is made by the database, which alone knows the entry before.

    :raises KeyError: if the verb is not in `VERBS`
    """
    VERBS[verb]
    deed = Deed(
        id=new_id(),
        verb=verb,
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        actor_organisation=actor.organisation,
        organisation=organisation,
        subjects=tuple(subjects),
        what=what,
        purpose=purpose,
        basis=basis,
        detail=detail or {},
    )
    gathered: list[Deed] | None = getattr(connection, _GATHERED, None)
    if gathered is None:
        _write([deed])
    else:
        gathered.append(deed)


@contextmanager
def gathering() -> Iterator[None]:
    """
    Write at its end, in one statement, what is recorded meanwhile; the caller opens a transaction.

    So the head of a chain, for which others wait, is held for the moment before the commit. What
    is recorded inside a savepoint that fails is forgotten with it, if that is `gathering` too.
    """
    outer: list[Deed] | None = getattr(connection, _GATHERED, None)
    if outer is not None:
        before = len(outer)
        try:
            yield
        except BaseException:
            del outer[before:]
            raise
        return
    setattr(connection, _GATHERED, [])
    try:
        yield
        write_gathered()
    finally:
        setattr(connection, _GATHERED, None)


def write_gathered() -> None:
    """Write what was recorded so far in this transaction, before it is read again."""
    gathered: list[Deed] | None = getattr(connection, _GATHERED, None)
    if gathered:
        _write(gathered)
        gathered.clear()


_GATHERED = "standpipe_deeds"
# As JSON, which is read faster than each of its values is bound; in the order of the deeds.
_WRITE = """
    INSERT INTO audit_entry (id, chain, position, at, verb, organisation_id, subjects, body,
                             previous_hash, hash)
    SELECT id, pg_backend_pid() %% %s, 0, at, verb, organisation, subjects, body, '', ''
    FROM json_to_recordset(%s::json)
      AS deed(id uuid, at timestamptz, verb text, organisation uuid, subjects uuid[], body text)
"""


def _write(deeds: Sequence[Deed]) -> None:
    entries = [
        {
            "id": deed.id,
            "at": deed.at,
            "verb": deed.verb,
            "organisation": deed.organisation,
            "subjects": [str(subject) for subject in deed.subjects],
            "body": deed.body(),
        }
        for deed in deeds
    ]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [CHAINS, canonical_json(entries)])
