"""Beginning an application, and withdrawing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from standpipe.applications.actions.concerning import Concerns, NotAboutThat, concerned
from standpipe.applications.actions.loading import Loaded
from standpipe.applications.actions.renewing import carry_over
from standpipe.applications.application import Begun, NoSuchService, NotForThem
from standpipe.applications.channels import Channel
from standpipe.applications.models import Application
from standpipe.applications.representing import basis_of
from standpipe.audit.actions import record
from standpipe.consent.actions import permit_own, record_mandate
from standpipe.consent.mandate import ForWhom, Mandate
from standpipe.entitlements.actions.matching import Matched
from standpipe.identity.actions import new_person, person_of
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.identifiers import readable_code
from standpipe.packs.actions import keep_version
from standpipe.packs.loaded import packs
from standpipe.packs.pack import ServicePack
from standpipe.places.actions import organisation_id
from standpipe.rows.actions import add


def begin(
    service: str,
    *,
    actor: Actor,
    language: str,
    channel: Channel,
    at: datetime,
    for_whom: ForWhom = "self",
    about: UUID | None = None,
    matched: Matched | None = None,
    renews: UUID | None = None,
) -> Begun:
    """
    Begin an application; a visitor becomes a person of whom nothing is known.

    For others than oneself it is about a new person, of whom as little is known: whoever begins
    acts for them by a mandate that opens this application and nothing beside it.

    `about` is the entry of a register that it is about, of one's own, and `matched` somebody
    else's; `renews` is the entry of one's own that it would take the place of.

    :raises NoSuchService: if this place does not offer it
    :raises NotForThem: if the service cannot be applied for so
    :raises NoSuchEntry: if it concerns an entry that is not theirs
    :raises NotAboutThat: if it concerns one that it cannot
    """
    pack = offered(service)
    check_for_whom(pack, for_whom)
    person = actor.person or _person(actor, at=at)
    applicant = replace(
        actor,
        kind="person" if actor.kind == "anonymous" else actor.kind,
        id=str(person) if actor.kind == "anonymous" else actor.id,
        name="The applicant" if actor.kind == "anonymous" else actor.name,
        person=person,
    )
    if for_whom != "self":
        return _begin_for(pack, applicant, for_whom, language=language, channel=channel, at=at)
    with acting(applicant):
        permission = permit_own(applicant, purpose=pack.purpose.id, at=at)
        concerns = concerned(
            pack, about=about, matched=matched, renews=renews, permission=permission
        )
        row = enter(
            pack,
            person=person,
            actor=applicant,
            language=language,
            channel=channel,
            at=at,
            concerns=concerns,
        )
        if renews is not None:
            carry_over(Loaded.entered(row, pack, permission))
    return Begun(reference=row.reference, person=person)


def _begin_for(
    pack: ServicePack,
    representative: Actor,
    for_whom: ForWhom,
    *,
    language: str,
    channel: Channel,
    at: datetime,
) -> Begun:
    subject = new_person(at=at)
    is_theirs = representative.kind == "person"
    actor = replace(
        representative,
        kind="on_behalf" if is_theirs else representative.kind,
        name="" if representative.name == "The applicant" else representative.name,
        person=subject,
    )
    with acting(actor):
        row = enter(
            pack,
            person=subject,
            actor=actor,
            language=language,
            channel=channel,
            at=at,
            for_whom=for_whom,
            representative=representative.person,
        )
    return Begun(reference=row.reference, person=representative.person or subject)


def _person(actor: Actor, *, at: datetime) -> UUID:
    """Make the person for whom somebody begins; whoever has an account finds it there again."""
    return person_of(UUID(actor.id), at=at) if actor.kind == "person" else new_person(at=at)


def offered(service: str) -> ServicePack:
    """
    Return a service of this place in today's version.

    :raises NoSuchService: if there is none of that name
    """
    if service not in packs():
        raise NoSuchService("This place has no service of this name.")
    return packs()[service]


def check_for_whom(pack: ServicePack, for_whom: ForWhom) -> None:
    """
    Refuse what cannot be applied for on another's behalf.

    :raises NotForThem: if the service cannot be applied for so
    """
    if for_whom not in pack.applies_for:
        raise NotForThem("This service cannot be applied for on their behalf.")


def enter(
    pack: ServicePack,
    *,
    person: UUID,
    actor: Actor,
    language: str,
    channel: Channel,
    at: datetime,
    for_whom: ForWhom = "self",
    representative: UUID | None = None,
    concerns: Concerns | None = None,
    like: Mandate | None = None,
    named: str = "",
) -> Application:
    """
    Enter a draft in the caller's transaction; it keeps the version of the pack.

    For others than oneself with the mandate of who acts: `representative`, None for a system; on
    the footing of an earlier mandate of the same two where there is one, `like`; `named` is how the
    register calls whom it is about.

    :raises NotAboutThat: if the service is about an entry and it is not said which
    """
    if pack.about is not None and (concerns is None or concerns.about is None):
        raise NotAboutThat("Choose first what it is about.")
    concerns = concerns or Concerns()
    keep_version(pack, at=at)
    code = readable_code(8)
    row = Application(
        reference=f"SP-{code[:4]}-{code[4:]}",
        person_id=person,
        organisation_id=concerns.organisation or organisation_id(pack.organisation),
        service=pack.name,
        pack_id=pack.sha256,
        language=language,
        channel=channel,
        for_whom=for_whom,
        status="draft",
        begun_at=at,
        expires_on=at.date() + timedelta(days=pack.form.draft_ttl_days),
        about=concerns.about,
        renews=concerns.renews,
        named=named,
    )
    add(row)
    record(
        "application.begun",
        actor=actor,
        at=at,
        organisation=row.organisation_id,
        subjects=[person],
        what=f"application:{row.reference}",
        purpose=pack.purpose.id,
        detail={"service": pack.name, "version": pack.version, "channel": channel},
    )
    if for_whom != "self":
        record_mandate(
            person=person,
            representative=representative,
            organisation=row.organisation_id,
            application=row.id,
            what=f"application:{row.reference}",
            basis=basis_of(for_whom, {}),
            actor=actor,
            at=at,
            like=like,
        )
    return row
