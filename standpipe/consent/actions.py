"""Giving, refusing and withdrawing consent; making permissions and recording their use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from standpipe.audit.actions import record
from standpipe.consent.models import Grant
from standpipe.consent.permission import _SEAL, Permission
from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused
from standpipe.kernel.identifiers import readable_code

# Long enough to finish an application that is saved for later, and no longer.
CONSENT_LASTS = timedelta(days=28)


class NotPermitted(Refused):
    """The actor has no business with this data."""


class NotAgreed(Refused):
    """The person did not agree, took it back, or too long ago agreed."""


class AlreadyWithdrawn(Refused):
    """It was withdrawn before."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a person keeps of what they agreed to or declined."""

    grant: UUID
    number: str
    agreed: bool


def permit_own(actor: Actor, *, purpose: str, at: datetime) -> Permission:
    """
    Permit a person to see and change what is theirs.

    :raises NotPermitted: if nobody stands behind the actor
    """
    if actor.person is None:
        raise NotPermitted("Start or come back to an application first.")
    return Permission(actor, actor.person, None, purpose, "own", None, at, None, None, seal=_SEAL)


def permit_task(
    actor: Actor, *, organisation: UUID, purpose: str, at: datetime, subject: UUID | None = None
) -> Permission:
    """
    Permit staff, a client or a worker what their organisation's public task needs.

    :raises NotPermitted: if they do not act for that organisation
    """
    if not actor.acts_for(organisation):
        raise NotPermitted("This belongs to another organisation.")
    return Permission(
        actor, subject, organisation, purpose, "public_task", None, at, None, None, seal=_SEAL
    )


def permit_consented(grant_id: UUID, *, actor: Actor, at: datetime) -> Permission:
    """
    Permit what a person agreed to: those attributes, from that registry, for that purpose.

    :raises NotAgreed: if they declined, withdrew, or agreed too long ago
    """
    grant = Grant.objects.filter(id=grant_id).first()
    if grant is None or not grant.agreed or grant.withdrawn_at or grant.expires_at <= at:
        raise NotAgreed("There is no agreement in force for this check.")
    return Permission(
        actor,
        grant.person_id,
        grant.organisation_id,
        grant.purpose,
        "consent",
        frozenset(grant.attributes),
        at,
        grant.id,
        grant.receipt,
        seal=_SEAL,
    )


def record_use(
    permission: Permission, *, subjects: Sequence[UUID], what: str, verb: str = "data.read"
) -> None:
    """Record that data was read under a permission: whose, of what; in the same transaction."""
    record(
        verb,
        actor=permission.actor,
        at=permission.at,
        organisation=permission.organisation,
        subjects=subjects,
        what=what,
        purpose=permission.purpose,
        basis=permission.basis,
        detail={"receipt": permission.receipt} if permission.receipt else {},
    )


def answer_request(
    *,
    agreed: bool,
    actor: Actor,
    person: UUID,
    organisation: UUID,
    registry: str,
    purpose: str,
    attributes: Sequence[str],
    disclosed: Sequence[str],
    wording: str,
    language: str,
    what: str,
    at: datetime,
) -> Receipt:
    """
    Keep a person's yes or no to a check at a registry, with the very words they saw.

    `attributes` are those asked for, `disclosed` those told to the registry so that it
    can find the person.
    """
    grant = Grant.objects.create(
        receipt=f"C-{readable_code(8)}",
        person_id=person,
        organisation_id=organisation,
        registry=registry,
        purpose=purpose,
        attributes=list(attributes),
        disclosed=list(disclosed),
        wording=wording,
        language=language,
        what=what,
        agreed=agreed,
        at=at,
        expires_at=at + CONSENT_LASTS,
    )
    record(
        "permission.given" if agreed else "permission.refused",
        actor=actor,
        at=at,
        organisation=organisation,
        subjects=[person],
        what=what,
        purpose=purpose,
        basis="consent",
        detail={"receipt": grant.receipt, "registry": registry, "attributes": list(attributes)},
    )
    return Receipt(grant=grant.id, number=grant.receipt, agreed=agreed)


def withdraw(grant_id: UUID, *, actor: Actor, at: datetime) -> None:
    """
    Withdraw what was agreed; uses already made stay lawful (UK GDPR article 7(3)).

    :raises NotPermitted: if it is not the actor's own
    :raises AlreadyWithdrawn: if it was withdrawn before
    """
    grant = Grant.objects.select_for_update().filter(id=grant_id).first()
    if grant is None or grant.person_id != actor.person:
        raise NotPermitted("This agreement is not yours to withdraw.")
    if grant.withdrawn_at:
        raise AlreadyWithdrawn("You have already withdrawn this.")
    grant.withdrawn_at = at
    grant.save(update_fields=["withdrawn_at"])
    record(
        "permission.withdrawn",
        actor=actor,
        at=at,
        organisation=grant.organisation_id,
        subjects=[grant.person_id],
        what=grant.what,
        purpose=grant.purpose,
        basis="consent",
        detail={"receipt": grant.receipt, "registry": grant.registry},
    )
