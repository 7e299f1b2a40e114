"""Giving, refusing and withdrawing consent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from standpipe.audit.actions import record
from standpipe.consent.actions.permitting import NotPermitted
from standpipe.consent.models import Grant, Mandate
from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused
from standpipe.kernel.identifiers import readable_code

# Long enough to finish an application that is saved for later, and no longer.
CONSENT_LASTS = timedelta(days=28)


class AlreadyWithdrawn(Refused):
    """It was withdrawn before."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a person keeps of what they agreed to or declined."""

    grant: UUID
    number: str
    agreed: bool


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
    mandate: UUID | None = None,
) -> Receipt:
    """
    Keep a person's yes or no to a check at a registry, with the very words they saw.

    `attributes` are those asked for, `disclosed` those told to the registry so that it
    can find the person; `mandate` is that by which a representative answers in their stead.
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
        mandate_id=mandate,
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
    if grant is None or grant.person_id != actor.person or not _within(grant, actor):
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


def _within(grant: Grant, actor: Actor) -> bool:
    """Say whether a grant is of the application that a representative's mandate is for."""
    if actor.mandate is None:
        return True
    return Mandate.objects.filter(id=actor.mandate, what=grant.what, revoked_at=None).exists()
