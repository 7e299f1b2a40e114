"""Making permissions, and recording their use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from standpipe.assistance.queries import help_of
from standpipe.audit.actions import record
from standpipe.consent.mandate import LEGAL_POWERS
from standpipe.consent.models import Grant, Mandate
from standpipe.consent.permission import _SEAL, Permission
from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused


class NotPermitted(Refused):
    """The actor has no business with this data."""


class NotAgreed(Refused):
    """The person did not agree, took it back, or too long ago agreed."""


def permit_own(actor: Actor, *, purpose: str, at: datetime) -> Permission:
    """
    Permit a person to see and change what is theirs.

    :raises NotPermitted: if nobody stands behind the actor
    """
    if actor.person is None or actor.mandate is not None or actor.helping is not None:
        raise NotPermitted("Start or come back to an application first.")
    return Permission(actor, actor.person, None, purpose, "own", None, at, None, None, seal=_SEAL)


def permit_on_behalf(
    actor: Actor, *, application: UUID, what: str, purpose: str, at: datetime
) -> Permission:
    """
    Permit a representative what the one application of their mandate holds, and nothing else.

    `application` is the one that they ask for, `what` its name in the audit log.

    :raises NotPermitted: if they have no mandate in force for it
    """
    in_force = Mandate.objects.filter(
        id=actor.mandate, person_id=actor.person, application=application, revoked_at=None
    )
    if actor.mandate is None or actor.person is None or not in_force.exists():
        raise NotPermitted("You do not act for anybody in this application.")
    return Permission(
        actor, actor.person, None, purpose, "mandate", None, at, None, None, seal=_SEAL, scope=what
    )


def permit_holdings(actor: Actor, *, purpose: str, at: datetime) -> Permission:
    """
    Permit a representative to see what was granted to whom they act for, and to ask about it.

    Nothing of what they were asked in any application comes with it.

    :raises NotPermitted: if they have no mandate in force, or none by a power in law
    """
    in_force = Mandate.objects.filter(
        id=actor.mandate, person_id=actor.person, revoked_at=None, basis__in=LEGAL_POWERS
    )
    if actor.mandate is None or actor.person is None or not in_force.exists():
        raise NotPermitted("You may not see what they hold.")
    return Permission(
        actor,
        actor.person,
        None,
        purpose,
        "mandate",
        None,
        at,
        None,
        None,
        seal=_SEAL,
        scope="entitlements",
    )


def permit_help(
    actor: Actor, *, what: str, is_open: bool, purpose: str, at: datetime
) -> Permission:
    """
    Permit staff who help a person what that person agreed to: one application, until it is sent.

    :raises NotPermitted: if they do not help with it, do so no more, or it was sent since
    """
    known = help_of(actor.helping) if actor.helping else None
    if (
        known is None
        or (known.helper, known.person) != (actor.id, actor.person)
        or not known.reaches(what, is_open=is_open)
    ):
        raise NotPermitted("You do not help with this, or do so no more.")
    return Permission(
        actor,
        known.person,
        actor.organisation,
        purpose,
        "help",
        None,
        at,
        None,
        known.receipt,
        seal=_SEAL,
        scope=what,
    )


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
