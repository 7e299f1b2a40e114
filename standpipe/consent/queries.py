"""What a person agreed to, and who acts for whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import connection

from standpipe.consent.actions import record_use
from standpipe.consent.mandate import LEGAL_POWERS, Basis, EndedBecause, Mandate
from standpipe.consent.models import Grant
from standpipe.consent.models import Mandate as MandateRow
from standpipe.consent.permission import Permission
from standpipe.identity.actor import Actor
from standpipe.rows.queries import find


@dataclass(frozen=True, slots=True)
class Agreement:
    """One yes or no of a person, as they can look it up."""

    id: UUID
    receipt: str
    organisation: UUID
    registry: str
    purpose: str
    attributes: tuple[str, ...]
    disclosed: tuple[str, ...]
    wording: str
    what: str
    agreed: bool
    at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None
    by_mandate: bool = False

    def in_force(self, at: datetime) -> bool:
        """Say whether a check could still be made on it."""
        return self.agreed and self.withdrawn_at is None and at < self.expires_at


def agreements(permission: Permission) -> list[Agreement]:
    """Return what the person of a permission said yes or no to, newest first; it is recorded."""
    if permission.subject is None:
        return []
    record_use(permission, subjects=[permission.subject], what="agreements")
    return [
        Agreement(
            id=grant.id,
            receipt=grant.receipt,
            organisation=grant.organisation_id,
            registry=grant.registry,
            purpose=grant.purpose,
            attributes=tuple(grant.attributes),
            disclosed=tuple(grant.disclosed),
            wording=grant.wording,
            what=grant.what,
            agreed=grant.agreed,
            at=grant.at,
            expires_at=grant.expires_at,
            withdrawn_at=grant.withdrawn_at,
            by_mandate=grant.mandate_id is not None,
        )
        for grant in Grant.objects.filter(person_id=permission.subject).order_by("-at")
        if permission.reaches(grant.what)
    ]


def receipts_of(grants: Collection[UUID]) -> dict[UUID, str]:
    """Return the numbers on the receipts of some yeses and noes, by what each is kept as."""
    return {row.id: row.receipt for row in find(Grant, id=list(grants))} if grants else {}


def standing_in(reference: str, *, actor: Actor) -> Actor:
    """
    Return a representative as who they act for in an application; anybody else as they are.

    What they may do there is for `permit_on_behalf` to say. The caller records the use.
    """
    if actor.person is None:
        return actor
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mandate, person, called FROM mandate_in_force(%s, %s)",
            [f"application:{reference}", actor.person],
        )
        found = cursor.fetchone()
    return _in_stead(actor, *found) if found else actor


def represented(actor: Actor) -> list[tuple[str, Actor]]:
    """
    Return each application in which somebody acts for another, and them as who acts there.

    By its name in the audit log, newest first. The caller records the use.
    """
    rows = MandateRow.objects.filter(representative_id=actor.person, revoked_at=None)
    return [
        (row.what, _in_stead(actor, row.id, row.person_id, row.name))
        for row in rows.order_by("-at")
    ]


def mandate_of(application: UUID, permission: Permission) -> Mandate | None:
    """
    Return the mandate by which an application was made, in force or not; None without one.

    The caller records the use.
    """
    row = MandateRow.objects.filter(application=application).first()
    if row is None or permission.subject not in (None, row.person_id):
        return None
    return _seen(row)


def mandate_held(actor: Actor) -> Mandate | None:
    """
    Return the mandate by which somebody acts now, while it is in force; None without one.

    The caller records the use.
    """
    row = MandateRow.objects.filter(
        id=actor.mandate, person_id=actor.person, revoked_at=None
    ).first()
    return None if row is None else _seen(row)


def told_by_the_same(permission: Permission) -> frozenset[UUID]:
    """
    Return the applications in which who acts now acts for the same person, by a power in law.

    What was told there they told themselves: it may be shown to them again. Nothing without such a
    power, now or then, and nothing that the person or somebody else told.

    The caller records the use.
    """
    in_force = MandateRow.objects.filter(
        person_id=permission.subject, revoked_at=None, basis__in=LEGAL_POWERS
    ).exclude(representative=None)
    here = in_force.filter(id=permission.actor.mandate).first()
    if here is None:
        return frozenset()
    same = in_force.filter(representative_id=here.representative_id)
    return frozenset(same.values_list("application", flat=True))


def _seen(row: MandateRow) -> Mandate:
    return Mandate(
        id=row.id,
        person=row.person_id,
        representative=row.representative_id,
        organisation=row.organisation_id,
        application=row.application,
        what=row.what,
        basis=cast(Basis, row.basis) if row.basis else None,
        relationship=row.relationship,
        name=row.name,
        recorded_by=row.recorded_by,
        at=row.at,
        revoked_at=row.revoked_at,
        ended_because=cast(EndedBecause, row.ended_because) if row.ended_because else None,
    )


def _in_stead(actor: Actor, mandate: UUID, person: UUID, called: str) -> Actor:
    return replace(
        actor,
        kind="on_behalf",
        name=actor.name or called,
        person=person,
        mandate=mandate,
    )
