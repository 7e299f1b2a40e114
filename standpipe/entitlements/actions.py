"""Granting, ending and checking what people are entitled to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db import connection

from standpipe.audit.actions import record
from standpipe.entitlements.models import Check, Entitlement
from standpipe.entitlements.number import numbered
from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused

Validity = Literal["valid", "not_valid", "unknown"]


class NotLive(Refused):
    """It has ended already, or there is no such number here."""


@dataclass(frozen=True, slots=True)
class Granted:
    """What was just granted."""

    id: UUID
    number: str


def grant(
    *,
    kind: str,
    alphabet: str,
    length: int,
    person: UUID,
    organisation: UUID,
    case: UUID,
    starts_on: date,
    expires_on: date,
    actor: Actor,
    at: datetime,
) -> Granted:
    """Enter a grant in the register, under a number that was never given before."""
    entitlement = Entitlement.objects.create(
        kind=kind,
        number=_next_number(kind, alphabet=alphabet, length=length),
        person_id=person,
        organisation_id=organisation,
        case=case,
        starts_on=starts_on,
        expires_on=expires_on,
        status="issued",
        granted_at=at,
    )
    record(
        "entitlement.granted",
        actor=actor,
        at=at,
        organisation=organisation,
        subjects=[person],
        what=f"{kind}:{entitlement.number}",
        detail={"starts_on": starts_on, "expires_on": expires_on},
    )
    return Granted(id=entitlement.id, number=entitlement.number)


def cancel(kind: str, number: str, *, why: str, actor: Actor, at: datetime) -> None:
    """
    End a grant before its day.

    :raises NotLive: if it has ended already, or the actor's organisation has no such number
    """
    entitlement = (
        Entitlement.objects.select_for_update()
        .filter(kind=kind, number=number, organisation_id=actor.organisation, status="issued")
        .first()
    )
    if entitlement is None:
        raise NotLive("There is no live entry with this number in your register.")
    entitlement.status = "cancelled"
    entitlement.ended_at = at
    entitlement.why_ended = why
    entitlement.save(update_fields=["status", "ended_at", "why_ended"])
    record(
        "entitlement.cancelled",
        actor=actor,
        at=at,
        organisation=entitlement.organisation_id,
        subjects=[entitlement.person_id],
        what=f"{kind}:{number}",
    )


def check(kind: str, number: str, *, actor: Actor, at: datetime) -> Validity:
    """
    Say whether a number is valid today, and keep that it was asked, by whom and when.

    Any organisation of the place may ask about any number; it is told this one word alone.
    """
    asked = number.strip().upper()[:40]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT valid, person FROM entitlement_by_number(%s, %s, %s)", [kind, asked, at.date()]
        )
        found = cursor.fetchone()
    answer: Validity = "unknown" if found is None else ("valid" if found[0] else "not_valid")
    Check.objects.create(
        kind=kind,
        number=asked,
        asked_by_id=actor.organisation,
        by=actor.name,
        answer=answer,
        at=at,
    )
    record(
        "entitlement.checked",
        actor=actor,
        at=at,
        organisation=actor.organisation,
        subjects=[] if found is None else [found[1]],
        what=f"{kind}:{asked}",
        detail={"answer": answer},
    )
    return answer


def _next_number(kind: str, *, alphabet: str, length: int) -> str:
    # A sequence never gives a value twice, also after a rollback; some numbers stay unused.
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT nextval('entitlements_number')")
            number = numbered(cursor.fetchone()[0], alphabet=alphabet, length=length)
            if number is not None:
                return number
