"""Asking a registry, with the person's agreement; or going on without."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, cast
from uuid import UUID

from standpipe.applications.actions.answering import page_of
from standpipe.applications.actions.footing import agreeing_mandate
from standpipe.applications.actions.loading import Loaded, load_draft
from standpipe.applications.application import ConsultationStatus, Consulted, NoSuchPage
from standpipe.applications.models import Consultation
from standpipe.audit.actions import record
from standpipe.consent.actions import (
    NotPermitted,
    answer_request,
    permit_consented,
    withdraw,
)
from standpipe.consent.permission import Permission
from standpipe.consent.queries import receipts_of, represented
from standpipe.facts.actions import Answer, forget, keep
from standpipe.gateway.actions import keep_exchange
from standpipe.gateway.contracts import AttributeRegistry, RegistryAnswer, RegistryQuestion
from standpipe.gateway.loaded import connectors
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.form import Page
from standpipe.packs.loaded import place
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.unknown import is_unknown

# As long as a person waits for an answer on a page before they think it is broken.
PATIENCE_SECONDS = 6.0
# An asking that a crash left open may be asked again after this.
ABANDONED = timedelta(seconds=30)


def consult(
    reference: str, *, page: str, agreed: bool, wording: str, actor: Actor, at: datetime
) -> Consulted:
    """
    Keep the person's yes or no, and after a yes ask the registry; once for each page.

    `wording` is what the person read. A registry that is silent, slow, broken or knows
    nothing gives "unknown": the journey goes on with evidence, and nobody is refused by it.

    :raises NoSuchPage: if the page is not asked in this application
    """
    with acting(actor):
        loaded = load_draft(reference, actor=actor, at=at)
        asked = page_of(loaded, page)
        if asked.kind != "consult":
            raise NoSuchPage("This page does not ask another organisation.")
        before = loaded.consultations.get(page)
        if before and not (before.status == "asking" and before.at + ABANDONED < at):
            return _consulted(before)
        if before:
            before.delete()
        consultation, receipt = _answered(
            loaded, asked, agreed=agreed, wording=wording, mandate=agreeing_mandate(loaded)
        )
        if not agreed:
            return Consulted("declined", receipt, "")
        permission = permit_consented(consultation.grant, actor=actor, at=at)
        question = _question(loaded, asked, permission, correlation_id=consultation.id)
        _about_to_ask(loaded, asked, permission)
    registry = connectors().registry(asked.registry or "")
    started = monotonic()
    said = ask(registry, question)
    took = round((monotonic() - started) * 1000)
    with acting(actor):
        loaded = load_draft(reference, actor=actor, at=at)
        status = _status(said)
        Consultation.objects.filter(id=consultation.id).update(
            status=status, trouble=said.trouble or ""
        )
        keep_exchange(
            permission,
            said,
            connector=asked.registry or "",
            person=loaded.row.person_id,
            organisation=loaded.row.organisation_id,
            milliseconds=took,
        )
        _keep_answers(loaded, asked, permission, said)
    return Consulted(status, receipt, said.trouble or "")


def ask(registry: AttributeRegistry, question: RegistryQuestion) -> RegistryAnswer:
    """Ask a registry within a person's patience."""
    return registry.ask(question, deadline_seconds=PATIENCE_SECONDS)


def _answered(
    loaded: Loaded, page: Page, *, agreed: bool, wording: str, mandate: UUID | None
) -> tuple[Consultation, str]:
    receipt = answer_request(
        agreed=agreed,
        mandate=mandate,
        actor=loaded.permission.actor,
        person=loaded.row.person_id,
        organisation=loaded.row.organisation_id,
        registry=page.registry or "",
        purpose=loaded.pack.purpose.id,
        attributes=[_attribute(need) for need in page.fetched],
        disclosed=[_attribute(need) for need in page.discloses],
        wording=wording,
        language=loaded.row.language,
        what=loaded.what,
        at=loaded.permission.at,
    )
    consultation = Consultation.objects.create(
        application=loaded.row,
        organisation_id=loaded.row.organisation_id,
        person_id=loaded.row.person_id,
        page=page.id,
        registry=page.registry or "",
        grant=receipt.grant,
        status="asking" if agreed else "declined",
        at=loaded.permission.at,
    )
    return consultation, receipt.number


def _question(
    loaded: Loaded, page: Page, permission: Permission, *, correlation_id: UUID
) -> RegistryQuestion:
    return RegistryQuestion(
        subject=_subject(loaded, page),
        attributes=tuple(
            attribute for attribute in map(_attribute, page.gives) if permission.covers(attribute)
        ),
        purpose=permission.purpose,
        organisation=place().organisation(loaded.pack.organisation).name.en,
        receipt=permission.receipt or "",
        correlation_id=str(correlation_id),
    )


def _subject(loaded: Loaded, page: Page) -> dict[str, Any]:
    """Return what the person agreed to be found by, as far as they told it."""
    subject: dict[str, Any] = {}
    for need in page.discloses:
        with suppress(KeyError):
            value = loaded.standing.value(need)
            if value is not None and not is_unknown(value):
                subject[_attribute(need)] = value
    return subject


def _about_to_ask(loaded: Loaded, page: Page, permission: Permission) -> None:
    # Recorded before the question goes out: what was asked is known also if we die asking.
    record(
        "registry.asked",
        actor=permission.actor,
        at=permission.at,
        organisation=loaded.row.organisation_id,
        subjects=[loaded.row.person_id],
        what=loaded.what,
        purpose=permission.purpose,
        basis=permission.basis,
        detail={
            "registry": page.registry,
            "receipt": permission.receipt,
            "attributes": sorted(map(_attribute, page.gives)),
        },
    )


def _status(said: RegistryAnswer) -> ConsultationStatus:
    if said.match != "matched":
        return "unknown"
    states = {answer.state for answer in said.answers.values()}
    if "met" in states:
        return "met"
    return "not_met" if states == {"not_met"} else "unknown"


def _keep_answers(loaded: Loaded, page: Page, permission: Permission, said: RegistryAnswer) -> None:
    """
    Keep what is met as verified.

    What is not met or not known leaves the question open: the person may know better, and
    a register's silence never decides.
    """
    if said.match != "matched":
        return
    answers = []
    ends = []
    for need in page.gives:
        answer = said.answers.get(_attribute(need))
        if answer is None or answer.state != "met":
            continue
        answers.append(Answer(need, True, valid_until=answer.until))
        if answer.until:
            ends.append(answer.until)
    if page.until and ends:
        answers.append(Answer(page.until, max(ends).isoformat()))
    common: dict[str, Any] = {
        "application": loaded.row.id,
        "person": loaded.row.person_id,
        "organisation": loaded.row.organisation_id,
        "assurance": "verified",
        "form": loaded.form,
        "page": page.id,
    }
    keep(permission, answers, source="registry", **common)
    # The registry found exactly one person by these: that they belong together is now known.
    matched = [
        Answer(fact.need, fact.value, review_by=fact.review_by, kept_from=fact.kept_from)
        for need in sorted(loaded.standing.sources(page.discloses))
        if (fact := loaded.facts.get(need)) is not None and fact.source == "told"
    ]
    keep(loaded.permission, matched, source="told", **common)


def _consulted(before: Consultation) -> Consulted:
    receipt = receipts_of([before.grant])[before.grant] if before.grant else ""
    return Consulted(cast(ConsultationStatus, before.status), receipt, before.trouble)


def _attribute(need: str) -> str:
    return Need.parse(need).attribute


def withdraw_agreement(grant: UUID, *, actor: Actor, at: datetime) -> None:
    """
    Withdraw an agreement: no check is made on it any more, and a draft forgets what one brought.

    What was sent or decided before stays lawful (UK GDPR article 7(3)). What a representative
    agreed to in another's stead they withdraw as they gave it.

    :raises NotPermitted: if it is not the actor's own
    :raises AlreadyWithdrawn: if it was withdrawn before
    """
    with acting(actor):
        others = [in_stead for _, in_stead in represented(actor)]
    for one in (actor, *others):
        try:
            with acting(one):
                _take_back(grant, actor=one, at=at)
            return
        except NotPermitted as refused:
            is_not_theirs = refused
    raise is_not_theirs


def _take_back(grant: UUID, *, actor: Actor, at: datetime) -> None:
    withdraw(grant, actor=actor, at=at)
    made = (
        Consultation.objects.filter(grant=grant, application__status="draft")
        .select_related("application")
        .first()
    )
    if made is None:
        return
    loaded = load_draft(made.application.reference, actor=actor, at=at)
    page = loaded.pack.form.page(made.page)
    forget(loaded.permission, page.fetched, application=loaded.row.id)
    made.status = "declined"
    made.save(update_fields=["status"])
