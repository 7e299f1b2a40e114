"""One application whole, and the list of a person's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import Q

from standpipe.applications.actions.loading import Loaded, load
from standpipe.applications.actions.offering import offers
from standpipe.applications.actions.referring import terms_of, to_disclose
from standpipe.applications.actions.telling import whom
from standpipe.applications.application import (
    STATUS_WORDS,
    ApplicationSummary,
    ApplicationView,
    ConsultationStatus,
    ConsultationView,
    Found,
    FoundApplication,
    NoSuchApplication,
    NotDecided,
    Offer,
    PastDecision,
    Replayed,
    Status,
    Wanted,
    WouldBeTold,
)
from standpipe.applications.channels import Channel
from standpipe.applications.models import Application
from standpipe.applications.representing import called
from standpipe.applications.standing import known_of_beginning
from standpipe.applications.timeline import TimelineItem, timeline
from standpipe.assessments.queries import referrals_of
from standpipe.cases.queries import CaseView, case_of, standings
from standpipe.consent.actions import (
    NotPermitted,
    permit_on_behalf,
    permit_own,
    permit_task,
    record_use,
)
from standpipe.consent.mandate import ForWhom
from standpipe.consent.permission import Permission
from standpipe.consent.queries import Agreement, agreements, mandate_of, receipts_of, represented
from standpipe.documents.queries import OpenedDocument, letter_of, open_document
from standpipe.eligibility.record import record
from standpipe.eligibility.rules import Known, Unanswered
from standpipe.entitlements.queries import entitlements_of
from standpipe.facts.queries import applications_saying, of_applications
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.text import Text
from standpipe.packs.actions import UnreadableVersion, label_of, label_today, recall
from standpipe.payments.queries import payment_of
from standpipe.places.queries import organisation_slug

_SENT = ("submitted", "decided", "withdrawn")


def open_application(reference: str, *, actor: Actor, at: datetime) -> ApplicationView:
    """
    Return an application whole, to its person or to staff of its organisation; it is recorded.

    :raises NoSuchApplication: if it is neither's
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at)
        record_use(loaded.permission, subjects=[loaded.row.person_id], what=loaded.what)
        return _view(loaded)


def own_document(reference: str, document: UUID, *, actor: Actor, at: datetime) -> OpenedDocument:
    """
    Return a file of an application to its person, or to who acts for them; it is recorded.

    :raises NoSuchApplication: if it is not theirs
    :raises NoSuchDocument: if there is none that they may open
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at)
        record_use(loaded.permission, subjects=[loaded.row.person_id], what=loaded.what)
        return open_document(document, permission=loaded.permission)


def what_rules_say(reference: str, *, actor: Actor, at: datetime) -> dict[str, Any] | None:
    """
    Return where the rules lead with what is known, as decisions keep it; it is recorded.

    None where something that is not known could change it.

    :raises NoSuchApplication: if it is neither the actor's own nor their organisation's
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at)
        record_use(loaded.permission, subjects=[loaded.row.person_id], what=loaded.what)
        try:
            return record(loaded.standing.decision())
        except Unanswered:
            return None


def what_would_be_told(reference: str, *, actor: Actor, at: datetime) -> WouldBeTold:
    """
    Return what an assessor would be told if an application were referred; it is recorded.

    :raises NobodyAssesses: if the service has no assessment, or the place no assessor
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at)
        record_use(loaded.permission, subjects=[loaded.row.person_id], what=loaded.what)
        definition, assessor = terms_of(loaded)
        return WouldBeTold(
            service=loaded.pack.label,
            assessor=assessor.name,
            definition=definition,
            disclosed=tuple(to_disclose(loaded, definition)),
        )


def replay(reference: str, *, actor: Actor, at: datetime) -> Replayed:
    """
    Decide a decided application again, by the rules that it began with; the look is recorded.

    :raises NoSuchApplication: if it is neither the actor's own nor their organisation's
    :raises NotDecided: if nothing was decided, or staff decided what rules could not
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at)
        record_use(loaded.permission, subjects=[loaded.row.person_id], what=loaded.what)
        case = case_of(loaded.row.id, loaded.permission)
        kept = case.decisions[-1].explanation if case and case.decisions else {}
        if "steps" not in kept:
            raise NotDecided("The rules decided nothing here.")
        again = record(loaded.standing.decision())
    return Replayed(kept={name: kept[name] for name in again}, again=again)


def past_decisions(service: str, *, actor: Actor, at: datetime) -> tuple[PastDecision, ...]:
    """Return what an organisation's decisions on a service rested on; the look is recorded."""
    with acting(actor):
        permission = permit_task(actor, organisation=_organisation(actor), purpose="policy", at=at)
        rows = list(
            Application.objects.filter(
                service=service, status="decided", organisation=permission.organisation
            ).order_by("begun_at")
        )
        facts = of_applications(permission, [row.id for row in rows])
        people = sorted({row.person_id for row in rows})
        record_use(permission, subjects=people, what=f"service:{service}")
    return tuple(
        PastDecision(
            began_on=row.begun_at.date(),
            outcome=row.outcome,
            known={
                need: Known(fact.value, fact.source)
                for need, fact in facts[row.id].items()
                if fact.source != "derived"
            }
            | known_of_beginning(cast(ForWhom, row.for_whom)),
        )
        for row in rows
    )


def search(permission: Permission, wanted: Wanted) -> Found:
    """Return one page of an organisation's sent applications, newest first; it is recorded."""
    pack = wanted.pack
    rows = Application.objects.filter(
        organisation_id=permission.organisation,
        service=pack.name,
        status__in=("submitted", "decided"),
    ).exclude(id__in=list(wanted.besides))
    if wanted.only is not None:
        rows = rows.filter(id__in=list(wanted.only))
    if wanted.since is not None:
        rows = rows.filter(submitted_at__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(submitted_at__lte=wanted.until)
    if wanted.name:
        named = applications_saying(permission, pack.title_needs, contains=wanted.name)
        rows = rows.filter(Q(id__in=named) | Q(id__in=list(wanted.also_named)))
    if wanted.postcode and pack.address_need:
        there = applications_saying(
            permission, [pack.address_need], begins=wanted.postcode, part="postcode"
        )
        rows = rows.filter(Q(id__in=there) | Q(id__in=list(wanted.also_there)))
    start = (wanted.page - 1) * wanted.size
    shown = list(rows.order_by("-submitted_at", "-id")[start : start + wanted.size])
    record_use(permission, subjects=sorted({row.person_id for row in shown}), what="applications")
    facts = of_applications(permission, [row.id for row in shown])
    cases = standings([row.id for row in shown], permission)
    return Found(
        total=rows.count(),
        rows=tuple(
            FoundApplication(
                id=row.id,
                submitted_at=row.submitted_at or row.begun_at,
                answers={need: fact.value for need, fact in facts[row.id].items()},
                case=cases.get(row.id),
            )
            for row in shown
        ),
    )


def reference_of(application: UUID, *, actor: Actor, at: datetime) -> str:
    """
    Return the reference of a sent application of the actor's organisation; it is recorded.

    :raises NoSuchApplication: if there is none
    """
    with acting(actor):
        row = Application.objects.filter(
            id=application, organisation_id=_organisation(actor), status__in=_SENT
        ).first()
        if row is None:
            raise NoSuchApplication("There is no such application in your organisation.")
        permission = permit_task(
            actor, organisation=_organisation(actor), purpose="casework", at=at
        )
        record_use(permission, subjects=[row.person_id], what=f"application:{row.reference}")
        return row.reference


def _organisation(actor: Actor) -> UUID:
    if actor.organisation is None:
        raise NotPermitted("Only staff look at the decisions of an organisation.")
    return actor.organisation


def _view(loaded: Loaded) -> ApplicationView:
    row = loaded.row
    sent = row.status in _SENT
    case = case_of(row.id, loaded.permission) if sent else None
    decision = case.decisions[-1] if case and case.decisions else None
    standing = loaded.standing
    receipts = receipts_of([one.grant for one in loaded.consultations.values() if one.grant])
    return ApplicationView(
        id=row.id,
        reference=row.reference,
        person=row.person_id,
        organisation=row.organisation_id,
        organisation_slug=organisation_slug(row.organisation_id),
        service=row.service,
        pack=loaded.pack,
        status=cast(Status, row.status),
        language=row.language,
        channel=cast(Channel, row.channel),
        for_whom=loaded.for_whom,
        called=whom(loaded),
        mandate=None if row.for_whom == "self" else mandate_of(row.id, loaded.permission),
        entry=row.about or row.renews,
        begun_at=row.begun_at,
        submitted_at=row.submitted_at,
        decided_at=row.decided_at,
        outcome=row.outcome,
        expires_on=row.expires_on,
        facts=loaded.facts,
        answers=loaded.answers,
        offered={} if sent else _offered(loaded),
        consultations={
            page: ConsultationView(
                status=cast(ConsultationStatus, one.status),
                trouble=one.trouble,
                receipt=receipts[one.grant] if one.grant else "",
                grant=one.grant,
                at=one.at,
            )
            for page, one in loaded.consultations.items()
        },
        visible=standing.visible,
        next_page=standing.next_page,
        possible=standing.possible,
        charge=loaded.charge,
        payment=None if row.status == "draft" else payment_of(row.id),
        timeline=_timeline(loaded, case, receipts),
        case=case,
        decision=decision,
        entitlements=entitlements_of(case.id, loaded.permission) if case else (),
        letter=letter_of(loaded.what, since=decision.at) if decision else None,
        referrals=tuple(referrals_of(row.id, loaded.permission))
        if sent and loaded.pack.case.assessment
        else (),
    )


def _offered(loaded: Loaded) -> Mapping[str, Offer]:
    page = loaded.standing.next_page
    asked = [ask for one in loaded.standing.visible for ask in one.ask]
    if page is None:
        return {}
    anew = {ask.need for ask in asked if ask.anew}
    found = offers(loaded, sorted({ask.need for ask in asked} - anew))
    if not found:
        return {}
    services = {
        row.id: label_of(row.pack_id, name=row.service)
        for row in Application.objects.filter(id__in={fact.application for fact in found.values()})
    }
    return {
        need: Offer(
            fact=fact.id,
            value=fact.value,
            source=fact.source,
            service=services[fact.application],
            at=fact.at,
        )
        for need, fact in found.items()
    }


def _timeline(
    loaded: Loaded, case: CaseView | None, receipts: Mapping[UUID, str]
) -> tuple[TimelineItem, ...]:
    asked = [one for one in loaded.consultations.values() if one.grant]
    return timeline(
        begun_at=loaded.row.begun_at,
        submitted_at=loaded.row.submitted_at,
        checks=[(one.at, one.status, receipts[one.grant]) for one in asked],
        events=case.events if case else (),
        called=whom(loaded),
    )


def my_applications(*, actor: Actor, at: datetime) -> list[ApplicationSummary]:
    """Return a person's applications, and those they make for others, newest first; recorded."""
    with acting(actor):
        permission = permit_own(actor, purpose="your_applications", at=at)
        rows = list(
            Application.objects.filter(person_id=actor.person)
            .exclude(status="expired")
            .order_by("-begun_at")
        )
        record_use(permission, subjects=[_person(actor)], what="applications")
        mine = [_summary(row) for row in rows]
        others = represented(actor)
    for what, in_stead in others:
        with acting(in_stead):
            row, name, permission = _in_stead(what, "your_applications", actor=in_stead, at=at)
            if row.status != "expired":
                record_use(permission, subjects=[row.person_id], what=what)
                mine.append(_summary(row, called=name))
    return sorted(mine, key=lambda one: one.begun_at, reverse=True)


def my_agreements(*, actor: Actor, at: datetime) -> list[tuple[Agreement, Text | None]]:
    """Return what a person agreed to, each with for whom if not for themselves; recorded."""
    with acting(actor):
        own = agreements(permit_own(actor, purpose="your_agreements", at=at))
        others = represented(actor)
    mine: list[tuple[Agreement, Text | None]] = [(one, None) for one in own]
    for what, in_stead in others:
        with acting(in_stead):
            _, name, permission = _in_stead(what, "your_agreements", actor=in_stead, at=at)
            mine += [(one, name) for one in agreements(permission)]
    return sorted(mine, key=lambda one: one[0].at, reverse=True)


def _in_stead(
    what: str, purpose: str, *, actor: Actor, at: datetime
) -> tuple[Application, Text | None, Permission]:
    # One that cannot be read has no purpose of its own to be looked at for: `purpose` stands in.
    reference = what.removeprefix("application:")
    try:
        loaded = load(reference, actor=actor, at=at)
    except UnreadableVersion:
        row = Application.objects.get(reference=reference)
        name = called(cast(ForWhom, row.for_whom), row.named)
        known = {"application": row.id, "what": what, "purpose": purpose, "at": at}
        return row, name, permit_on_behalf(actor, **known)
    return loaded.row, whom(loaded), loaded.permission


def _summary(row: Application, *, called: Text | None = None) -> ApplicationSummary:
    try:
        label, is_readable = recall(row.pack_id, name=row.service).label, True
    except UnreadableVersion:
        label, is_readable = label_today(row.service), False
    return ApplicationSummary(
        reference=row.reference,
        service=row.service,
        label=label,
        status=cast(Status, row.status),
        status_words=STATUS_WORDS[cast(Status, row.status)],
        begun_at=row.begun_at,
        outcome=row.outcome,
        called=called,
        is_readable=is_readable,
    )


def _person(actor: Actor) -> UUID:
    if actor.person is None:
        raise RuntimeError("a permission of one's own without a person")
    return actor.person
