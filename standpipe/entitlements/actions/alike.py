"""Finding out whether somebody holds one already, whatever account asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from standpipe.audit.actions import record
from standpipe.entitlements.holder import Holder
from standpipe.identity.actor import Actor


@dataclass(frozen=True, slots=True)
class Alike:
    """A live entry of whoever seems to be the same person, and who looks after it."""

    entitlement: UUID
    organisation: UUID


def held_alike(
    kind: str, holder: Holder, *, besides: UUID | None, actor: Actor, at: datetime
) -> list[Alike]:
    """
    Return what somebody seems to hold of a kind in this place, before they are granted another.

    They agree in name and birth date, and in identifier or postcode. Until the caller's
    transaction ends, nobody else asks the same of the same person: of two who apply at once, the
    second is told of the first. Nothing is found of whom too little is known.
    """
    name = " ".join(holder.name.split())
    if not (name and holder.birth_date):
        return []
    with connection.cursor() as cursor:
        known = f"held {kind} {name.casefold()} {holder.birth_date}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [known])
        cursor.execute(
            "SELECT id, organisation, person FROM entitlement_held_alike(%s, %s, %s, %s, %s, %s)",
            [kind, holder.sha256, name, holder.birth_date, holder.plain_postcode, at.date()],
        )
        found = [row for row in cursor.fetchall() if row[0] != besides]
    for entitlement, organisation, person in found:
        record(
            "entitlement.compared",
            actor=actor,
            at=at,
            organisation=organisation,
            subjects=[person],
            what=f"{kind}:{entitlement}",
        )
    return [Alike(entitlement, organisation) for entitlement, organisation, _ in found]
