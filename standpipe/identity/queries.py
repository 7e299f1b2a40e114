"""Who an account or a token stands for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import connection

from standpipe.identity.actor import Actor, Role
from standpipe.identity.models import Account, Client, Membership, Person
from standpipe.kernel.canonical import digest
from standpipe.kernel.errors import Refused


class NoSuchColleague(Refused):
    """They do not work for this organisation."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """One member of staff, as their colleagues see them."""

    id: UUID
    name: str


def actor_of(account: Account) -> Actor:
    """Return whom a signed-in account stands for: staff of an organisation, or a resident."""
    membership = Membership.objects.filter(account=account).first()
    if membership is not None:
        return Actor(
            kind="staff",
            id=str(account.id),
            name=str(account),
            organisation=membership.organisation_id,
            roles=frozenset(cast(list[Role], membership.roles)),
        )
    return Actor(kind="person", id=str(account.id), name=str(account), person=account.person_id)


def actor_of_token(token: str, *, at: datetime) -> Actor | None:
    """Return the client that a token was given to; None if it does not work (any more)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.client_id, c.name, c.organisation_id, t.scopes"
            " FROM identity_accesstoken t JOIN identity_client c ON c.id = t.client_id"
            " WHERE t.sha256 = %s AND t.expires_at > %s AND c.revoked_at IS NULL",
            [digest(token), at],
        )
        found = cursor.fetchone()
    if found is None:
        return None
    client_id, name, organisation, scopes = found
    return Actor(
        kind="client", id=client_id, name=name, organisation=organisation, scopes=frozenset(scopes)
    )


def has_died(person: UUID) -> bool:
    """Say whether we were told that a person died."""
    return Person.objects.filter(id=person).exclude(death_noted_at=None).exists()


def those_who_died(people: Collection[UUID]) -> frozenset[UUID]:
    """Return those of several people of whom we were told that they died."""
    gone = Person.objects.filter(id__in=people).exclude(death_noted_at=None)
    return frozenset(gone.values_list("id", flat=True))


def colleagues(organisation: UUID) -> list[Colleague]:
    """Return the staff of an organisation by name."""
    rows = Account.objects.filter(membership__organisation=organisation, is_active=True)
    return sorted((Colleague(row.id, str(row)) for row in rows), key=lambda one: one.name)


def colleague_name(account: UUID, *, organisation: UUID | None) -> str:
    """
    Return the name of a member of staff of an organisation.

    :raises NoSuchColleague: if they do not work there
    """
    return str(_colleague(organisation, id=account))


def colleague_by_email(organisation: UUID | None, email: str) -> UUID:
    """
    Return the account of a member of staff of an organisation.

    :raises NoSuchColleague: if nobody of this address works there
    """
    return _colleague(organisation, email__iexact=email).id


def _colleague(organisation: UUID | None, **which: object) -> Account:
    found = Account.objects.filter(
        membership__organisation=organisation, is_active=True, **which
    ).first()
    if found is None:
        raise NoSuchColleague("Nobody of this name works for your organisation.")
    return found


@dataclass(frozen=True, slots=True)
class KnownClient:
    """A registered system, as the token door needs to know it."""

    id: UUID
    client_id: str
    secret_sha256: str
    scopes: tuple[str, ...]


def client(client_id: str) -> KnownClient | None:
    """Return a client that may ask for tokens; None if there is none of that name (any more)."""
    row = Client.objects.filter(client_id=client_id, revoked_at=None).first()
    if row is None:
        return None
    return KnownClient(row.id, row.client_id, row.secret_sha256, tuple(row.scopes))
