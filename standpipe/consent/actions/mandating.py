"""Mandates: recorded when somebody begins for another, stated when they tell, and revoked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from standpipe.audit.actions import record
from standpipe.consent.actions.permitting import NotPermitted
from standpipe.consent.mandate import Basis, EndedBecause, Mandate
from standpipe.consent.models import Mandate as Row
from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused


class AlreadyRevoked(Refused):
    """It was revoked before."""


def record_mandate(
    *,
    person: UUID,
    representative: UUID | None,
    organisation: UUID,
    application: UUID,
    what: str,
    basis: Basis | None,
    actor: Actor,
    at: datetime,
    like: Mandate | None = None,
) -> UUID:
    """
    Record that a representative acts for a person in one application; return the mandate.

    `like` is one of the same two in another application, whose footing it stands on.
    """
    row = Row.objects.create(
        person_id=person,
        representative_id=representative,
        organisation_id=organisation,
        application=application,
        what=what,
        basis=(like.basis if like else basis) or "",
        relationship=like.relationship if like else "",
        # Who writes it down for somebody is not who acts.
        name=like.name if like else "" if actor.kind == "staff" else actor.name[:200],
        recorded_by=f"{actor.kind}:{actor.id}"[:120],
        at=at,
    )
    _record("mandate.recorded", row, actor=actor, at=at)
    return row.id


def state_mandate(
    application: UUID,
    *,
    basis: Basis | None,
    relationship: str,
    name: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Keep on what footing a representative says that they act, and what they are called."""
    row = Row.objects.filter(application=application, revoked_at=None).first()
    if row is None:
        return
    stated = (basis or "", relationship[:60], name[:200] or row.name)
    if stated == (row.basis, row.relationship, row.name):
        return
    is_new_footing = stated[:2] != (row.basis, row.relationship)
    row.basis, row.relationship, row.name = stated
    row.save(update_fields=["basis", "relationship", "name"])
    if is_new_footing:
        _record("mandate.stated", row, actor=actor, at=at)


def revoke_mandate(
    mandate: UUID, *, actor: Actor, at: datetime, because: EndedBecause | None = None
) -> None:
    """
    End a mandate: its representative sees nothing of the application any more.

    `because` is why, where it is neither of the two who ends it.

    :raises NotPermitted: if the actor is neither of the two, nor staff of the organisation
    :raises AlreadyRevoked: if it was revoked before
    """
    row = Row.objects.select_for_update().filter(id=mandate).first()
    if row is None or not _may_revoke(row, actor):
        raise NotPermitted("There is no such mandate for you to end.")
    if row.revoked_at:
        raise AlreadyRevoked("This mandate has ended already.")
    row.revoked_at, row.ended_because = at, because or ""
    row.save(update_fields=["revoked_at", "ended_because"])
    _record("mandate.revoked", row, actor=actor, at=at)


def _may_revoke(row: Row, actor: Actor) -> bool:
    people = {row.person_id, row.representative_id} - {None}
    return actor.person in people or actor.acts_for(row.organisation_id)


def _record(verb: str, row: Row, *, actor: Actor, at: datetime) -> None:
    record(
        verb,
        actor=actor,
        at=at,
        organisation=row.organisation_id,
        subjects=[row.person_id],
        what=row.what,
        detail={
            name: value
            for name, value in (("basis", row.basis), ("because", row.ended_because))
            if value
        },
    )
