"""Beginning an application, and withdrawing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from standpipe.applications.application import Begun, NoSuchService
from standpipe.applications.channels import Channel
from standpipe.applications.models import Application
from standpipe.audit.actions import record
from standpipe.identity.actions import new_person, person_of
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.identifiers import readable_code
from standpipe.packs.actions import keep_version
from standpipe.packs.loaded import packs
from standpipe.packs.pack import ServicePack
from standpipe.places.actions import organisation_id
from standpipe.rows.actions import add


def begin(service: str, *, actor: Actor, language: str, channel: Channel, at: datetime) -> Begun:
    """
    Begin an application for oneself; a visitor becomes a person of whom nothing is known.

    :raises NoSuchService: if this place does not offer it
    """
    pack = offered(service)
    person = actor.person or _person(actor, at=at)
    applicant = replace(
        actor,
        kind="person" if actor.kind == "anonymous" else actor.kind,
        id=str(person) if actor.kind == "anonymous" else actor.id,
        name="The applicant" if actor.kind == "anonymous" else actor.name,
        person=person,
    )
    with acting(applicant):
        row = enter(pack, person=person, actor=applicant, language=language, channel=channel, at=at)
    return Begun(reference=row.reference, person=person)


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


def enter(
    pack: ServicePack, *, person: UUID, actor: Actor, language: str, channel: Channel, at: datetime
) -> Application:
    """Enter a draft in the caller's transaction; it keeps the version of the pack."""
    keep_version(pack, at=at)
    code = readable_code(8)
    row = Application(
        reference=f"SP-{code[:4]}-{code[4:]}",
        person_id=person,
        organisation_id=organisation_id(pack.organisation),
        service=pack.name,
        pack_id=pack.sha256,
        language=language,
        channel=channel,
        status="draft",
        begun_at=at,
        expires_on=at.date() + timedelta(days=pack.form.draft_ttl_days),
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
    return row
