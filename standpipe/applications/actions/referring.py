"""Asking another organisation's expert about an application, and taking over what came back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from standpipe.applications.actions.appointing import tell_missed
from standpipe.applications.actions.loading import Loaded, load_for_work
from standpipe.applications.actions.telling import addressed, tell
from standpipe.assessments import actions as assessments
from standpipe.assessments.queries import assessors_of, referral_of_asker, referrals_of
from standpipe.assessments.referral import (
    Disclosed,
    NobodyAssesses,
    NotIndependent,
    ReferralView,
    WhyNeeded,
)
from standpipe.assessments.report import TITLE, file_name, report_paragraphs
from standpipe.cases import actions as cases
from standpipe.cases.queries import case_of
from standpipe.consent.actions import permit_task
from standpipe.documents.actions import keep
from standpipe.documents.cleaning import Cleaned
from standpipe.documents.letters import Letter, compose
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.assessment import REFER, REPORT, TAKE_BACK, AssessmentDefinition
from standpipe.packs.loaded import place
from standpipe.places.actions import organisation_id
from standpipe.places.place import Organisation
from standpipe.places.queries import organisation_slug
from standpipe.vocabulary.dates import date_in_words

# What the case says of itself while an assessor has it, and when they have reported.
MOVED = "case.moved"


def refer(case_reference: str, *, actor: Actor, at: datetime) -> str:
    """
    Refer a case to the place's assessor, with what the service discloses; return the reference.

    :raises NobodyAssesses: if the service has no assessment, or the place no assessor
    :raises ReferredAlready: if an assessor is looking at it
    :raises NotAllowedNow: if the case does not stand where it can be referred
    """
    with acting(actor):
        loaded = load_for_work(case_reference, actor=actor, at=at)
        definition, assessor = terms_of(loaded)
        row, purpose = loaded.row, loaded.pack.purpose
        reference = assessments.refer(
            definition,
            assessor=organisation_id(assessor.slug),
            application=row.id,
            person=row.person_id,
            organisation=row.organisation_id,
            service=loaded.pack.name,
            pack_sha256=loaded.pack.sha256,
            disclosed=to_disclose(loaded, definition),
            purpose=purpose.id,
            basis=purpose.lawful_basis,
            what=loaded.what,
            actor=actor,
            at=at,
        )
        cases.move(
            case_reference,
            loaded.pack.case,
            verb=REFER,
            role="caseworker",
            why=assessor.name.in_(row.language),
            actor=actor,
            at=at,
            audit_verb=MOVED,
        )
        values = {"assessor": assessor.name.in_(row.language)}
        tell(loaded, "referred", values=values, at=at, once=reference)
    return reference


def take_back(case_reference: str, *, why: str, actor: Actor, at: datetime) -> None:
    """
    Take a case back from its assessor, who sees nothing of it any more.

    :raises WhyNeeded: if it is not said why
    """
    if not why.strip():
        raise WhyNeeded("Say why you take it back.")
    with acting(actor):
        loaded = load_for_work(case_reference, actor=actor, at=at)
        assessments.end(loaded.row.id, why=why.strip(), actor=actor, at=at)
        cases.move(
            case_reference,
            loaded.pack.case,
            verb=TAKE_BACK,
            role="caseworker",
            why=why.strip(),
            actor=actor,
            at=at,
        )


def end_referral(loaded: Loaded, *, actor: Actor, at: datetime) -> None:
    """End what is still open at an assessor, when a case closes; in the caller's transaction."""
    if loaded.pack.case.assessment is not None:
        assessments.end(loaded.row.id, why="", actor=actor, at=at)


def follow_referral(reference: str, *, actor: Actor, at: datetime) -> None:
    """
    Take over what became of a referral: keep the report, and move the case on; once.

    `actor` is the worker of the organisation that asked.
    """
    with acting(actor):
        referral = _referral(reference, actor=actor, at=at)
        application = _application_reference(referral, actor=actor, at=at)
        loaded = load_for_work(application, actor=actor, at=at)
        letter = _letter(loaded, referral)
    # Typesetting takes a while: outside any transaction.
    content = compose(letter) if letter is not None and referral.document is None else None
    with acting(actor):
        loaded = load_for_work(application, actor=actor, at=at)
        referral = _referral(reference, actor=actor, at=at)
        if content is not None and referral.document is None and referral.report is not None:
            kept = keep(
                Cleaned.of(
                    content,
                    name=file_name(referral.reference, referral.report.at.date()),
                    media_type="application/pdf",
                ),
                what=f"referral:{referral.reference}",
                person=referral.person,
                organisation=referral.organisation,
                actor=actor,
                at=at,
                made=True,
            )
            assessments.keep_document(reference, kept.document)
        tell_missed(loaded, referral, at=at)
        _move_on(loaded, referral, actor=actor, at=at)


def forbid_assessor(loaded: Loaded, *, actor: Actor) -> None:
    """
    Let nobody decide who has assessed the same application, wherever they worked then.

    :raises NotIndependent: if the actor took a referral of it
    """
    if loaded.pack.case.assessment is None:
        return
    if actor.id in assessors_of(loaded.row.id, loaded.permission):
        raise NotIndependent("You assessed this application. Somebody else has to decide.")


def terms_of(loaded: Loaded) -> tuple[AssessmentDefinition, Organisation]:
    """
    Return what is asked of an assessor of this application, and who that is.

    :raises NobodyAssesses: if the service has no assessment, or the place no assessor
    """
    case = loaded.pack.case
    if case.assessment is None or case.assessor is None:
        raise NobodyAssesses("This service has no assessor here.")
    return case.assessment, place().organisation(case.assessor)


def to_disclose(loaded: Loaded, definition: AssessmentDefinition) -> list[Disclosed]:
    """Return what would be told to an assessor: what the service names, of what is known."""
    answers = loaded.answers
    told = [
        Disclosed(need, answers[need])
        for need in definition.discloses
        if answers.get(need) not in (None, "", [])
    ]
    files = [
        Disclosed(need, _named(answers[need]), UUID(answers[need]["document"]))
        for need in definition.documents
        if isinstance(answers.get(need), dict) and "document" in answers[need]
    ]
    return told + files


def _named(file: Mapping[str, object]) -> dict[str, object]:
    return {name: file[name] for name in ("name", "media_type", "size") if name in file}


def _referral(reference: str, *, actor: Actor, at: datetime) -> ReferralView:
    if actor.organisation is None:
        raise RuntimeError("a referral is followed for an organisation")
    permission = permit_task(
        actor, organisation=actor.organisation, purpose=assessments.PURPOSE, at=at
    )
    return referral_of_asker(reference, permission)


def _application_reference(referral: ReferralView, *, actor: Actor, at: datetime) -> str:
    permission = permit_task(
        actor, organisation=referral.organisation, purpose=assessments.PURPOSE, at=at
    )
    case = case_of(referral.application, permission)
    if case is None:
        raise RuntimeError(f"{referral.reference} is about no case")
    return case.reference


def _move_on(loaded: Loaded, referral: ReferralView, *, actor: Actor, at: datetime) -> None:
    """Move the case if it still waits for this referral; it may have moved, or this ran before."""
    if referral.is_open or referral.state == "ended":
        return
    case = case_of(loaded.row.id, loaded.permission)
    newest = referrals_of(loaded.row.id, loaded.permission)[0]
    if case is None or case.closed_at is not None or newest.id != referral.id:
        return
    verb, role = (REPORT, "assessor") if referral.report else (TAKE_BACK, "caseworker")
    definition = loaded.pack.case
    waiting = {one.to for one in definition.transitions if one.verb == REFER}
    if case.position.status not in waiting:
        return
    assessor = place().organisation(organisation_slug(referral.assessor))
    last = referral.happenings[-1]
    cases.move(
        loaded.row.reference,
        definition,
        verb=verb,
        role=role,
        # The person reads this: that it came back, and from whom; what was found is decided on.
        why=assessor.name.in_(loaded.row.language),
        actor=Actor(
            kind="system",
            id="follow_referral",
            name=f"{last.by}, {assessor.name.en}",
            organisation=actor.organisation,
        ),
        at=at,
    )


def _letter(loaded: Loaded, referral: ReferralView) -> Letter | None:
    report, definition = referral.report, loaded.pack.case.assessment
    if report is None or definition is None:
        return None
    assessor = place().organisation(organisation_slug(referral.assessor))
    asker = place().organisation(loaded.pack.organisation)
    language = report.language
    return Letter(
        language=language,
        organisation=assessor.name.in_(language),
        organisation_address=assessor.contact.address,
        to=(asker.name.in_(language), *asker.contact.address),
        on=report.at.date(),
        subject=TITLE.in_(language),
        paragraphs=report_paragraphs(
            definition,
            referral,
            report,
            title=addressed(loaded),
            on=date_in_words(report.at.date(), language=language),
        ),
        reference=referral.reference,
        colour=assessor.look.brand,
    )
