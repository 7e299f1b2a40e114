"""What every act on a referral does: find it, keep that it happened, tell those who asked."""

from __future__ import annotations

from datetime import datetime

from standpipe.assessments.models import Appointment, Happening, Referral, Slot
from standpipe.assessments.referral import NoSuchReferral, ReferralClosed
from standpipe.audit.actions import record
from standpipe.identity.actor import Actor
from standpipe.jobs.ordering import order
from standpipe.kernel.identifiers import new_id

PURPOSE = "assessment"


def open_for_work(reference: str, actor: Actor) -> Referral:
    """
    Lock an open referral of the actor's organisation, which assesses.

    :raises NoSuchReferral: if it was not asked
    :raises ReferralClosed: if it was reported on, returned or ended
    """
    row = (
        Referral.objects.select_for_update()
        .filter(reference=reference, assessor_id=actor.organisation)
        .first()
    )
    if row is None:
        raise NoSuchReferral("There is no referral with this reference.")
    if row.closed_at is not None:
        raise ReferralClosed("This referral is closed.")
    return row


def happened(
    row: Referral,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    words: str = "",
    by: str | None = None,
    by_id: str | None = None,
    audited: bool = True,
) -> None:
    """Keep that something happened to a referral, and audit it; in the caller's transaction."""
    Happening.objects.create(
        id=new_id(),
        organisation_id=row.organisation_id,
        assessor_id=row.assessor_id,
        person_id=row.person_id,
        referral=row,
        at=at,
        verb=verb,
        by_kind=actor.kind,
        by_id=by_id or actor.id,
        by=by or actor.name,
        words=words,
    )
    if audited:
        record(
            verb,
            actor=actor,
            at=at,
            organisation=actor.organisation or row.organisation_id,
            subjects=[row.person_id],
            what=f"referral:{row.reference}",
            purpose=PURPOSE,
            detail={"state": row.state},
        )


def tell_asker(row: Referral) -> None:
    """Order that those who asked take over what happened, in their own transaction."""
    order(
        "applications.follow_referral",
        queue="papers",
        referral=row.reference,
        organisation=str(row.organisation_id),
    )


def free_slots(row: Referral, *, at: datetime) -> list[Appointment]:
    """Cancel what appointments of a referral are still to come, so that others can have them."""
    booked = list(Appointment.objects.filter(referral=row, state="booked", starts_at__gt=at))
    for one in booked:
        one.state, one.ended_at = "cancelled", at
        one.save(update_fields=["state", "ended_at"])
        Slot.objects.filter(id=one.slot_id).update(is_taken=False)
    return booked
