"""Everybody who might ask, and what each of them may be shown."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore

from standpipe.web.actors import PERSON
from tests import make
from tests.house.leaks.place import ASSESSED_BY, ASSESSORS, ORGANISATIONS
from tests.house.leaks.world import ROLES, Owner, World


@dataclass(frozen=True)
class Asker:
    """
    Somebody with a session or a token, or with neither.

    `person` is the resident they are, `organisation` the letter of the one they act for.
    """

    name: str
    person: str | None = None
    organisation: str | None = None
    role: str | None = None
    scopes: frozenset[str] = frozenset()
    has_account: bool = False
    has_token: bool = False
    cookies: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def may_see(self, owner: Owner) -> bool:
        """Say whether something of an owner may be shown to them at all, wherever it stands."""
        if self.person is not None:
            # Who looked at my data and who decided is mine to know; notes of staff are not.
            return owner.who in (self.person, "s")
        if self.organisation in ASSESSORS:
            # What was disclosed of a resident, and by whose officer: never a note.
            is_asked = ASSESSED_BY[owner.organisation] == self.organisation
            return is_asked and owner.who != "n"
        return self.organisation is not None and owner.organisation == self.organisation


def askers(world: World) -> Iterator[Asker]:
    """Yield anonymous, residents, each role of each organisation, and its systems."""
    yield Asker("anonymous")
    yield Asker("resident x", person="x", cookies=_session({PERSON: str(_person(world))}))
    account = world.residents["y"].id
    yield Asker("resident y", person="y", has_account=True, cookies=_signed_in(account))
    account = world.residents["r"].id
    yield Asker("representative r", person="r", has_account=True, cookies=_signed_in(account))
    for letter in ORGANISATIONS:
        for role in ROLES:
            yield Asker(
                f"{role} of {letter}",
                organisation=letter,
                role=role,
                has_account=True,
                cookies=_signed_in(world.staff[letter, role].id),
            )
        yield _system(f"system of {letter}", letter, make.SCOPES, world.systems[letter].token)
    for letter, assessor in world.assessors.items():
        yield Asker(
            f"assessor of {letter}",
            organisation=letter,
            role="assessor",
            has_account=True,
            cookies=_signed_in(assessor.id),
        )
        yield _system(f"system of {letter}", letter, make.SCOPES, world.systems[letter].token)
    for scope in make.SCOPES:
        held = tuple(one for one in make.SCOPES if one != scope)
        token = make.client(ORGANISATIONS["a"], *held).token
        yield _system(f"system of a without {scope}", "a", held, token)


def _system(name: str, letter: str, scopes: tuple[str, ...], token: str) -> Asker:
    return Asker(
        name,
        organisation=letter,
        scopes=frozenset(scopes),
        has_token=True,
        headers={"Authorization": f"Bearer {token}"},
    )


def _person(world: World) -> object:
    return world.residents["x"].person


def _signed_in(account: str) -> dict[str, str]:
    user = get_user_model().objects.get(id=account)
    return _session(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )


def _session(values: Mapping[str, str]) -> dict[str, str]:
    session = SessionStore()
    session.update(values)
    session.create()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key)}


def fresh_key() -> str:
    """Return an idempotency key that was never used."""
    return secrets.token_hex(8)
