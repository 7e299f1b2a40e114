"""Finding an entry for somebody who knows what stands on it, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from standpipe.audit.actions import record
from standpipe.entitlements.holder import plain
from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused


class NoMatch(Refused):
    """No entry fits all of what was given; which part did not fit is not said."""


@dataclass(frozen=True, slots=True)
class Matched:
    """An entry that somebody knows the number, birth date and postcode of."""

    entitlement: UUID
    organisation: UUID
    status: str


def match(
    kind: str, *, number: str, birth_date: date, postcode: str, actor: Actor, at: datetime
) -> Matched:
    """
    Return the entry of which number, holder's birth date and postcode are all right.

    :raises NoMatch: if they are not; never with which of them was wrong
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, organisation, person, status FROM entitlement_of_holder(%s, %s, %s, %s)",
            [kind, number.strip().upper()[:40], birth_date, plain(postcode)[:8]],
        )
        found = cursor.fetchone()
    if found is None:
        raise NoMatch("Check the number, the date of birth and the postcode.")
    entitlement, organisation, person, status = found
    record(
        "entitlement.matched",
        actor=actor,
        at=at,
        organisation=organisation,
        subjects=[person],
        what=f"{kind}:{entitlement}",
    )
    return Matched(entitlement, organisation, status)
