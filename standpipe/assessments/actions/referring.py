"""Referring, declaring, reporting: each act in its organisation's own transaction."""

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
from standpipe.assessments.findings import Findings
from standpipe.assessments.independence import is_named
from standpipe.assessments.models import Disclosure, Referral, Report
from standpipe.assessments.referral import (
    Disclosed,
    NotIndependent,
    NotYours,
    ReferredAlready,
    WhyNeeded,
)
from standpipe.audit.actions import record
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.identifiers import readable_code
from standpipe.packs.assessment import AssessmentDefinition


def refer(
    definition: AssessmentDefinition,
    *,
    assessor: UUID,
    application: UUID,
    person: UUID,
    organisation: UUID,
    service: str,
    pack_sha256: str,
    disclosed: Sequence[Disclosed],
    purpose: str,
    basis: str,
    what: str,
    actor: Actor,
    at: datetime,
) -> str:
    """
    Refer an application to another organisation, with what it is told; return the reference.

    In the caller's transaction. To whom, what and on which basis (UK GDPR article 6) stays.

    :raises ReferredAlready: if an assessor is looking at it
    """
    concerned = {"organisation_id": organisation, "assessor_id": assessor, "person_id": person}
    try:
        with transaction.atomic():
            row = Referral.objects.create(
                **concerned,
                reference=f"AS-{readable_code(4)}-{readable_code(4)}",
                application=application,
                service=service,
                pack_id=pack_sha256,
                state="sent",
                referred_by=actor.name,
                referred_at=at,
                due_on=definition.due_on(at.date()),
            )
    except IntegrityError:
        raise ReferredAlready("An assessor is looking at this already.") from None
    Disclosure.objects.bulk_create(
        Disclosure(
            **concerned,
            referral=row,
            position=position,
            need=one.need,
            value=one.value,
            document=one.document,
        )
        for position, one in enumerate(disclosed)
    )
    happened(row, "assessment.referred", actor=actor, at=at, words="", audited=False)
    record(
        "assessment.referred",
        actor=actor,
        at=at,
        organisation=organisation,
        subjects=[person],
        what=what,
        purpose=purpose,
        basis=basis,
        detail={
            "to": str(assessor),
            "referral": row.reference,
            "needs": [one.need for one in disclosed],
        },
    )
    return row.reference


def declare(
    reference: str,
    *,
    independent: bool,
    words: str,
    treated_by: Sequence[str],
    actor: Actor,
    at: datetime,
    name: str | None = None,
) -> None:
    """
    Declare that one is independent, and take the referral; or that one is not, and leave it.

    `treated_by` are those of the disclosed needs that name who treats the person. `name` is who
    assesses, where a system speaks for them.

    :raises NotYours: if a colleague has taken it
    :raises NotIndependent: if they said before that they are not
    :raises WhyNeeded: if they are not and do not say why
    """
    who, called = _assessor(actor, name)
    with acting(actor):
        row = open_for_work(reference, actor)
        if row.taken_by not in ("", who):
            raise NotYours(f"{row.taken_by_name} has taken this referral.")
        if not independent:
            if not words.strip():
                raise WhyNeeded("Say how you know the person, in a few words.")
            row.state, row.taken_by, row.taken_by_name, row.taken_at = "sent", "", "", None
            row.is_named_as_treating = False
        else:
            if row.happenings.filter(verb="assessment.conflicted", by_id=who).exists():
                raise NotIndependent("You know this person. A colleague has to take it.")
            row.state, row.taken_by, row.taken_by_name, row.taken_at = "taken", who, called, at
            texts = Disclosure.objects.filter(referral=row, need__in=treated_by)
            row.is_named_as_treating = is_named(called, [str(one.value) for one in texts])
        row.save()
        happened(
            row,
            "assessment.accepted" if independent else "assessment.conflicted",
            actor=actor,
            at=at,
            words="" if independent else words.strip(),
            by=called,
            by_id=who,
        )


def report(
    reference: str,
    findings: Findings,
    *,
    language: str,
    actor: Actor,
    at: datetime,
    name: str | None = None,
) -> None:
    """
    Report what was found; the referral closes, and what was disclosed is no longer shown.

    The organisation that asked takes the report over in its own transaction, ordered here.

    :raises NotYours: if the actor has not taken the referral
    """
    with acting(actor):
        row = _taken(reference, actor, name)
        Report.objects.create(
            organisation_id=row.organisation_id,
            assessor_id=row.assessor_id,
            person_id=row.person_id,
            referral=row,
            findings=list(findings.findings),
            recommendation=findings.recommendation,
            words=findings.words,
            language=language,
            by=row.taken_by_name,
            at=at,
        )
        _close(row, "reported", at=at)
        happened(row, "assessment.reported", actor=actor, at=at, by=row.taken_by_name)
        tell_asker(row)


def give_back(reference: str, *, why: str, actor: Actor, at: datetime) -> None:
    """
    Return a referral without a report, because nobody here can make one.

    :raises WhyNeeded: if it is not said why
    """
    if not why.strip():
        raise WhyNeeded("Say why nobody can assess this.")
    with acting(actor):
        row = open_for_work(reference, actor)
        _close(row, "returned", at=at)
        happened(row, "assessment.returned", actor=actor, at=at, words=why.strip())
        tell_asker(row)


def end(application: UUID, *, why: str, actor: Actor, at: datetime) -> None:
    """End the open referral of an application, if there is one; in the caller's transaction."""
    row = (
        Referral.objects.select_for_update().filter(application=application, closed_at=None).first()
    )
    if row is not None:
        _close(row, "ended", at=at)
        happened(row, "assessment.ended", actor=actor, at=at, words=why)


def keep_document(reference: str, document: UUID) -> None:
    """Remember which document of those who asked holds the report; in their transaction."""
    Referral.objects.filter(reference=reference, document=None).update(document=document)


def _assessor(actor: Actor, name: str | None) -> tuple[str, str]:
    if actor.kind != "client":
        return actor.id, actor.name
    called = " ".join((name or "").split())
    if not called:
        raise WhyNeeded("Say who assesses, by name.")
    return f"{actor.id}:{called.casefold()}", called


def _taken(reference: str, actor: Actor, name: str | None) -> Referral:
    row = open_for_work(reference, actor)
    if row.taken_by != _assessor(actor, name)[0]:
        raise NotYours("Declare first that you are independent, and take the referral.")
    return row


def _close(row: Referral, state: str, *, at: datetime) -> None:
    row.state, row.closed_at = state, at
    row.save(update_fields=["state", "closed_at"])
    if state != "reported":
        free_slots(row, at=at)
