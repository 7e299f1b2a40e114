"""Writing to the audit log: always in the transaction of what it records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from standpipe.audit.entry import CHAINS, Deed, Doer
from standpipe.audit.verbs import VERBS
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
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (id, chain, position, at, verb, organisation_id, subjects,"
            " body, previous_hash, hash)"
            " VALUES (%s, pg_backend_pid() %% %s, 0, %s, %s, %s, %s::uuid[], %s, '', '')",
            [deed.id, CHAINS, at, verb, organisation, list(deed.subjects), deed.body()],
        )
