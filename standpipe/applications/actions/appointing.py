"""Choosing, changing and giving back a time with the assessor, and hearing of one missed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from standpipe.applications.actions.loading import Loaded, load
from standpipe.applications.actions.telling import tell
from standpipe.assessments import actions as assessments
from standpipe.assessments.appointment import LOCAL, AppointmentView, SlotView
from standpipe.assessments.queries import free_slots, referrals_of
from standpipe.assessments.referral import NoSuchReferral, ReferralView
from standpipe.consent.actions import record_use
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.text import Text
from standpipe.packs.loaded import place
from standpipe.places.queries import organisation_slug
from standpipe.vocabulary.dates import date_in_words


def offered(reference: str, *, actor: Actor, at: datetime) -> tuple[ReferralView, list[SlotView]]:
    """
    Return the open referral of an application, and the times that can be chosen; recorded.

    :raises NoSuchReferral: if nobody is looking at it
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at)
        record_use(loaded.permission, subjects=[loaded.row.person_id], what=loaded.what)
        referral = _open_referral(loaded)
        return referral, free_slots(referral, loaded.permission)


def book(reference: str, *, slot: UUID, actor: Actor, at: datetime) -> None:
    """
    Choose a time, in place of the one that was chosen before; the person is told.

    :raises SlotTaken: if somebody else has it
    :raises NoSuchSlot: if it is not offered to them
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at, lock=True)
        chosen = assessments.book(loaded.row.id, slot, loaded.permission)
        _tell(loaded, "appointment_booked", chosen, at=at)


def cancel_appointment(reference: str, *, actor: Actor, at: datetime) -> None:
    """
    Give a time back, for others to have; the person is told.

    :raises NoAppointment: if they have none that is still to come
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at, lock=True)
        freed = assessments.cancel(loaded.row.id, loaded.permission)
        _tell(loaded, "appointment_cancelled", freed, at=at)


def tell_missed(loaded: Loaded, referral: ReferralView, *, at: datetime) -> None:
    """Tell the person of each time that they missed, once; in the caller's transaction."""
    for one in referral.appointments:
        if one.state == "missed" and referral.is_open:
            _tell(loaded, "appointment_missed", one, at=at)


def when_in_words(appointment: AppointmentView, *, language: str) -> str:
    """Return when an appointment is, as people say it: 3 December 2026, 9:30am."""
    local = appointment.starts_at.astimezone(LOCAL)
    half = _HALVES[local.hour >= 12].in_(language)
    day = date_in_words(local.date(), language=language)
    return f"{day}, {local.hour % 12 or 12}:{local:%M}{half}"


def where_in_words(appointment: AppointmentView, *, language: str) -> str:
    """Return where somebody is seen; of a call, that they are phoned."""
    return BY_PHONE.in_(language) if appointment.kind == "phone" else appointment.place


_HALVES = (Text("am", "yb"), Text("pm", "yp"))
BY_PHONE = Text("We phone you", "Byddwn yn eich ffonio")


def _open_referral(loaded: Loaded) -> ReferralView:
    for one in referrals_of(loaded.row.id, loaded.permission):
        if one.is_open:
            return one
    raise NoSuchReferral("Nobody is looking at this application.")


def _tell(loaded: Loaded, name: str, appointment: AppointmentView, *, at: datetime) -> None:
    referral = next(iter(referrals_of(loaded.row.id, loaded.permission)))
    language = loaded.row.language
    assessor = place().organisation(organisation_slug(referral.assessor))
    tell(
        loaded,
        name,
        values={
            "assessor": assessor.name.in_(language),
            "when": when_in_words(appointment, language=language),
            "where": where_in_words(appointment, language=language),
        },
        at=at,
        once=str(appointment.id),
    )
