"""The assessor's queue, and one referral; each look is recorded with the person it showed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from django.db.models import Q

from standpipe.assessments.appointment import SlotView, appointment_view
from standpipe.assessments.models import Disclosure, Referral, Slot
from standpipe.assessments.referral import (
    Disclosed,
    HappeningView,
    NoSuchReferral,
    NotYours,
    ReferralLine,
    ReferralView,
    ReportView,
    State,
)
from standpipe.consent.actions import record_use
from standpipe.consent.permission import Permission
from standpipe.documents.queries import OpenedDocument, open_disclosed

PAGE = 50


def referrals(
    permission: Permission, *, closed: bool = False, title_needs: Sequence[str], page: int = 1
) -> list[ReferralLine]:
    """
    Return one page (from 1) of what an organisation was asked, the most urgent first.

    `title_needs` are those of the disclosed needs that say whom it is about.
    """
    found = Referral.objects.filter(
        assessor_id=permission.organisation, closed_at__isnull=not closed
    ).order_by(*(("-closed_at",) if closed else ("due_on", "referred_at")))
    rows = list(found[(page - 1) * PAGE : page * PAGE])
    titles = {
        one.referral_id: one.value
        for one in Disclosure.objects.filter(referral__in=rows, need__in=title_needs)
        if not closed
    }
    people = list(dict.fromkeys(row.person_id for row in rows))
    record_use(permission, subjects=people, what="referrals")
    return [
        ReferralLine(
            reference=row.reference,
            service=row.service,
            title=titles.get(row.id),
            organisation=row.organisation_id,
            state=cast(State, row.state),
            referred_at=row.referred_at,
            due_on=row.due_on,
            taken_by_name=row.taken_by_name,
            is_mine=_is_mine(row, permission),
        )
        for row in rows
    ]


def open_referral(
    reference: str, permission: Permission, *, before_declaring: Sequence[str]
) -> ReferralView:
    """
    Return a referral to its assessor; it is recorded.

    Until the actor has declared that they are independent, only `before_declaring` of what was
    disclosed is shown. A system speaks for whoever has taken it.

    :raises NoSuchReferral: if the organisation was not asked
    """
    row = Referral.objects.filter(reference=reference, assessor_id=permission.organisation).first()
    if row is None:
        raise NoSuchReferral("There is no referral with this reference.")
    record_use(permission, subjects=[row.person_id], what=f"referral:{row.reference}")
    disclosed = _disclosed(row) if row.closed_at is None else ()
    if not _is_mine(row, permission):
        disclosed = tuple(one for one in disclosed if one.need in before_declaring)
    return _view(row, disclosed, permission)


def referrals_of(application: UUID, permission: Permission) -> list[ReferralView]:
    """
    Return the referrals of an application to its organisation or its person, newest first.

    The caller records the use, with the application.
    """
    mine = (
        Q(person_id=permission.subject)
        if permission.is_personal
        else Q(organisation_id=permission.organisation)
    )
    rows = Referral.objects.filter(mine, application=application).order_by("-referred_at")
    return [_view(row, _disclosed(row), permission) for row in rows]


def referral_of_asker(reference: str, permission: Permission) -> ReferralView:
    """
    Return a referral to the organisation that asked; it is recorded.

    :raises NoSuchReferral: if it did not ask
    """
    row = Referral.objects.filter(
        reference=reference, organisation_id=permission.organisation
    ).first()
    if row is None:
        raise NoSuchReferral("There is no referral with this reference.")
    record_use(permission, subjects=[row.person_id], what=f"referral:{row.reference}")
    return _view(row, _disclosed(row), permission)


def assessors_of(application: UUID, permission: Permission) -> set[str]:
    """Return the ids of who took a referral of an application. The caller records the use."""
    found = Referral.objects.filter(
        application=application, organisation_id=permission.organisation
    )
    return set(found.exclude(taken_by="").values_list("taken_by", flat=True))


def open_file(reference: str, document: UUID, permission: Permission) -> OpenedDocument:
    """
    Return a disclosed file to the assessor who has the referral, while it is open; recorded.

    :raises NoSuchReferral: if there is no such referral, or the file was not disclosed with it
    :raises NotYours: if the actor has not taken it
    """
    row = Referral.objects.filter(
        reference=reference, assessor_id=permission.organisation, closed_at=None
    ).first()
    told = row and Disclosure.objects.filter(referral=row, document=document).first()
    if row is None or told is None:
        raise NoSuchReferral("There is no such file.")
    if not _is_mine(row, permission):
        raise NotYours("Declare first that you are independent, and take the referral.")
    opened = open_disclosed(document)
    record_use(
        permission,
        subjects=[row.person_id],
        what=f"referral:{reference}",
        verb="document.read",
    )
    return opened


def slots(permission: Permission) -> list[SlotView]:
    """
    Return the times that an organisation offers from now on, in their order.

    Who took one is not said: there is nobody's use to record beyond the look itself.
    """
    record_use(permission, subjects=[], what="slots")
    found = Slot.objects.filter(
        organisation_id=permission.organisation, removed_at=None, starts_at__gt=permission.at
    )
    return [_slot(one) for one in found.order_by("starts_at", "id")[:1000]]


def free_slots(referral: ReferralView, permission: Permission) -> list[SlotView]:
    """Return the times that somebody who is referred can choose. The caller records the use."""
    found = Slot.objects.filter(
        organisation_id=referral.assessor,
        service=referral.service,
        removed_at=None,
        is_taken=False,
        starts_at__gt=permission.at,
    )
    return [_slot(one) for one in found.order_by("starts_at", "id")[:200]]


def _slot(row: Slot) -> SlotView:
    return SlotView(
        id=row.id,
        service=row.service,
        starts_at=row.starts_at,
        minutes=row.minutes,
        kind=row.kind,
        place=row.place,
        is_taken=row.is_taken,
    )


def _is_mine(row: Referral, permission: Permission) -> bool:
    actor = permission.actor
    if actor.kind == "client":
        return row.taken_by.startswith(f"{actor.id}:")
    return row.taken_by == actor.id


def _disclosed(row: Referral) -> tuple[Disclosed, ...]:
    found = row.disclosures.order_by("position")
    return tuple(Disclosed(one.need, one.value, one.document) for one in found)


def _view(row: Referral, disclosed: tuple[Disclosed, ...], permission: Permission) -> ReferralView:
    report = getattr(row, "report", None)
    return ReferralView(
        id=row.id,
        reference=row.reference,
        organisation=row.organisation_id,
        assessor=row.assessor_id,
        person=row.person_id,
        application=row.application,
        service=row.service,
        pack_sha256=row.pack_id,
        state=cast(State, row.state),
        referred_by=row.referred_by,
        referred_at=row.referred_at,
        due_on=row.due_on,
        taken_by_name=row.taken_by_name,
        taken_at=row.taken_at,
        is_named_as_treating=row.is_named_as_treating,
        is_mine=_is_mine(row, permission),
        closed_at=row.closed_at,
        disclosed=disclosed,
        report=ReportView(
            findings=tuple(report.findings),
            recommendation=report.recommendation,
            words=report.words,
            language=report.language,
            by=report.by,
            at=report.at,
        )
        if report
        else None,
        document=row.document,
        appointments=tuple(map(appointment_view, row.appointments.order_by("-booked_at"))),
        happenings=tuple(
            HappeningView(one.at, one.verb, one.by, one.words)
            for one in row.happenings.order_by("at", "id")
        ),
    )
