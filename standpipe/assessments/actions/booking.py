"""Offering times, and taking, changing and missing them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from standpipe.assessments.actions.keeping import (
    free_slots,
    happened,
    open_for_work,
    tell_asker,
)
from standpipe.assessments.appointment import (
    AppointmentView,
    NoAppointment,
    NoSuchSlot,
    SlotTaken,
    TooEarly,
    appointment_view,
)
from standpipe.assessments.models import Appointment, Referral, Slot
from standpipe.assessments.referral import NoSuchReferral
from standpipe.audit.actions import record
from standpipe.consent.permission import Permission
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.identifiers import new_id


def publish_slots(
    service: str,
    *,
    starts: Sequence[datetime],
    minutes: int,
    kind: str,
    place: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Offer times of a kind at a place; return how many. Several may begin at the same moment."""
    with acting(actor):
        made = Slot.objects.bulk_create(
            Slot(
                id=new_id(),
                organisation_id=actor.organisation,
                service=service,
                starts_at=start,
                minutes=minutes,
                kind=kind,
                place=place,
                published_at=at,
            )
            for start in starts
        )
        record(
            "slot.published",
            actor=actor,
            at=at,
            organisation=actor.organisation,
            subjects=[],
            what=f"service:{service}",
            detail={"kind": kind, "count": len(made)},
        )
    return len(made)


def remove_slot(slot: UUID, *, actor: Actor, at: datetime) -> None:
    """
    Take back a time that nobody has chosen.

    :raises NoSuchSlot: if the organisation offers no such time
    :raises SlotTaken: if somebody has chosen it
    """
    with acting(actor):
        row = _slot(slot, organisation_id=actor.organisation)
        if row.is_taken:
            raise SlotTaken("Somebody has chosen this time.")
        row.removed_at = at
        row.save(update_fields=["removed_at"])
        record(
            "slot.removed",
            actor=actor,
            at=at,
            organisation=actor.organisation,
            subjects=[],
            what=f"slot:{slot}",
        )


def book(application: UUID, slot: UUID, permission: Permission) -> AppointmentView:
    """
    Give somebody a time, in place of the one they had; in the caller's transaction.

    :raises NoSuchReferral: if nobody is looking at their application
    :raises NoSuchSlot: if that assessor offers them no such time (any more)
    :raises SlotTaken: if somebody else has it
    """
    actor, at = permission.actor, permission.at
    referral = _referral(application)
    free_slots(referral, at=at)
    row = _slot(slot, organisation_id=referral.assessor_id, service=referral.service)
    if row.starts_at <= at:
        raise NoSuchSlot("This time is past. Choose another one.")
    # Two who ask for one time at once wait here for each other; the second finds it taken.
    if not Slot.objects.filter(id=slot, is_taken=False).update(is_taken=True):
        raise SlotTaken("Somebody else has just chosen this time. Choose another one.")
    try:
        with transaction.atomic():
            made = Appointment.objects.create(
                organisation_id=referral.organisation_id,
                assessor_id=referral.assessor_id,
                person_id=referral.person_id,
                referral=referral,
                slot=row,
                state="booked",
                starts_at=row.starts_at,
                minutes=row.minutes,
                kind=row.kind,
                place=row.place,
                booked_at=at,
                sequence=Appointment.objects.filter(referral=referral).count(),
            )
    except IntegrityError:
        raise SlotTaken("Somebody else has just chosen this time. Choose another one.") from None
    happened(referral, "assessment.booked", actor=actor, at=at)
    return appointment_view(made)


def cancel(application: UUID, permission: Permission) -> AppointmentView:
    """
    Give a time back; in the caller's transaction.

    :raises NoAppointment: if they have none that is still to come
    """
    actor, at = permission.actor, permission.at
    referral = _referral(application)
    freed = free_slots(referral, at=at)
    if not freed:
        raise NoAppointment("There is no appointment to cancel.")
    happened(referral, "assessment.cancelled", actor=actor, at=at)
    return appointment_view(freed[0])


def miss(reference: str, *, actor: Actor, at: datetime) -> None:
    """
    Record that somebody did not come; they can choose another time.

    :raises NoAppointment: if they had none
    :raises TooEarly: if it is still to come
    """
    with acting(actor):
        row = open_for_work(reference, actor)
        found = Appointment.objects.filter(referral=row, state="booked").first()
        if found is None:
            raise NoAppointment("There is no appointment to record this of.")
        if found.starts_at > at:
            raise TooEarly("The appointment is still to come.")
        found.state, found.ended_at = "missed", at
        found.save(update_fields=["state", "ended_at"])
        happened(row, "assessment.missed", actor=actor, at=at)
        tell_asker(row)


def _referral(application: UUID) -> Referral:
    row = (
        Referral.objects.select_for_update().filter(application=application, closed_at=None).first()
    )
    if row is None:
        raise NoSuchReferral("Nobody is looking at this application.")
    return row


def _slot(slot: UUID, **which: object) -> Slot:
    row = Slot.objects.filter(id=slot, removed_at=None, **which).first()
    if row is None:
        raise NoSuchSlot("This time is no longer offered. Choose another one.")
    return row
