"""Making people, accounts, staff and clients; giving clients their tokens."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from standpipe.audit.actions import record
from standpipe.identity.actor import Actor, Role, Scope
from standpipe.identity.models import AccessToken, Account, Client, Membership, Person
from standpipe.kernel.canonical import digest
from standpipe.kernel.errors import Refused
from standpipe.kernel.identifiers import new_id
from standpipe.rows.actions import add

TOKEN_LASTS = timedelta(minutes=30)


class AccountExists(Refused):
    """Somebody signs in with this address already."""


@dataclass(frozen=True, slots=True)
class ClientSecret:
    """What a client signs in with; the secret is shown once and kept nowhere."""

    client_id: str
    secret: str


def new_person(*, at: datetime) -> UUID:
    """Make a person of whom nothing is known yet."""
    person = Person(id=new_id(), created_at=at)
    add(person)
    return person.id


def new_people(count: int, *, at: datetime) -> list[UUID]:
    """Make many people of whom nothing is known yet."""
    people = [Person(id=new_id(), created_at=at) for _ in range(count)]
    Person.objects.bulk_create(people)
    return [one.id for one in people]


def person_of(account: UUID, *, at: datetime) -> UUID:
    """Return the person behind an account; made at the first need."""
    with transaction.atomic():
        row = Account.objects.select_for_update().get(id=account)
        if row.person_id is None:
            row.person_id = new_person(at=at)
            row.save(update_fields=["person"])
    return row.person_id


def note_death(person: UUID, *, actor: Actor, at: datetime) -> None:
    """Keep that a person died, in the caller's transaction; nothing is written to them again."""
    if Person.objects.filter(id=person, death_noted_at=None).update(death_noted_at=at):
        record(
            "person.died",
            actor=actor,
            at=at,
            organisation=actor.organisation,
            subjects=[person],
            what=f"person:{person}",
        )


def create_account(
    email: str, *, name: str, password: str | None, actor: Actor, at: datetime
) -> UUID:
    """
    Make a way to sign in; without a password it is by e-mailed code alone.

    :raises AccountExists: if the address is taken
    """
    if account_of(email) is not None:
        raise AccountExists(f"{email} has an account. Use another address.")
    with transaction.atomic():
        account = Account.objects.create_user(email, password, name=name).id
        record(
            "account.created",
            actor=actor,
            at=at,
            organisation=actor.organisation,
            subjects=[],
            what=f"account:{account}",
        )
    return account


def account_of(email: str) -> UUID | None:
    """Return the account that signs in with an address; None if there is none."""
    row = Account.objects.filter(email__iexact=email).first()
    return None if row is None else row.id


def employ(account: UUID, *, organisation: UUID, roles: Sequence[Role]) -> None:
    """Make an account staff of an organisation, with those roles and no others."""
    Membership.objects.update_or_create(
        account_id=account, defaults={"organisation_id": organisation, "roles": list(roles)}
    )


def register_client(
    *, organisation: UUID, name: str, scopes: Sequence[Scope], secret: str | None = None
) -> ClientSecret:
    """Register a system of an organisation; a secret of 256 random bits is made unless given."""
    chosen = secret or secrets.token_urlsafe(32)
    client_id = name
    Client.objects.update_or_create(
        client_id=client_id,
        defaults={
            "organisation_id": organisation,
            "name": name,
            "secret_sha256": digest(chosen),
            "scopes": list(scopes),
            "revoked_at": None,
        },
    )
    return ClientSecret(client_id=client_id, secret=chosen)


def keep_token(client: UUID, token: str, *, scopes: Sequence[str], at: datetime) -> None:
    """Keep the hash of a token that was given to a client."""
    AccessToken.objects.create(
        sha256=digest(token), client_id=client, scopes=list(scopes), expires_at=at + TOKEN_LASTS
    )


def forget_expired_tokens(*, at: datetime) -> int:
    """Delete the tokens that no longer work; return how many there were."""
    deleted, _ = AccessToken.objects.filter(expires_at__lte=at).delete()
    return deleted
