"""`standpipe demo sign-ins`: people of the synthetic place who can sign in, for demo and tests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.conf import settings
from django.utils import timezone

from standpipe.identity.actions import account_of, create_account, employ, register_client
from standpipe.identity.actor import Role, system
from standpipe.kernel.errors import Refused
from standpipe.packs.loaded import packs, place
from standpipe.places.actions import organisation_id

PASSWORD = "a-tap-in-the-street"  # noqa: S105 - shown on the demo's own screen
# Of those whom a service of the place asks to assess: one who has declared, and another.
_ASSESSORS: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("assessor", "Assessor", ("assessor",)),
    ("second-assessor", "Second assessor", ("assessor",)),
)
_STAFF: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("caseworker", "Caseworker", ("caseworker",)),
    ("manager", "Service manager", ("caseworker", "manager")),
    # A rule that one of them writes, the other puts into force.
    ("policy", "Policy manager", ("manager",)),
    ("adviser", "Adviser", ("adviser",)),
    ("enforcement", "Enforcement officer", ("enforcement",)),
    ("governance", "Information governance officer", ("information_governance",)),
)


class NotADemo(Refused):
    """Sign-ins that everybody knows are made for demo and tests alone."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way into the demo."""

    organisation: str
    role: str
    name: str
    secret: str


def main(words: Sequence[str]) -> int:
    """Make the demo's sign-ins, and print them as a table, or as JSON with --json."""
    sign_ins = make_sign_ins()
    if "--json" in words:
        print(json.dumps([asdict(one) for one in sign_ins]))
        return 0
    for one in sign_ins:
        print(f"  {one.organisation:<22} {one.role:<32} {one.name:<42} {one.secret}")
    return 0


def make_sign_ins() -> list[SignIn]:
    """
    Make staff of every organisation and one API client each; those that are there stay.

    :raises NotADemo: in production
    """
    if settings.ENV.environment == "production":
        raise NotADemo("Demo sign-ins are not made in production.")
    made = []
    assessing = {packs()[name].case.assessor for name in packs()}
    for one in place().organisations:
        domain = f"{one.slug.replace('_', '-')}.example"
        for key, title, roles in _STAFF + (_ASSESSORS if one.slug in assessing else ()):
            email = f"{key}@{domain}"
            account = account_of(email) or create_account(
                email,
                name=f"{title}, {one.name.en}",
                password=PASSWORD,
                actor=system(organisation_id(one.slug), task="demo"),
                at=timezone.now(),
            )
            employ(account, organisation=organisation_id(one.slug), roles=roles)
            _confirm_address(account, email)
            made.append(SignIn(one.slug, title, email, PASSWORD))
        client = register_client(
            organisation=organisation_id(one.slug),
            name=f"{one.slug}-system",
            scopes=[
                "applications:write",
                "applications:read",
                "cases:read",
                "cases:write",
                "entitlements:check",
                "assessments:read",
                "assessments:write",
            ],
            secret=f"{PASSWORD}-{one.slug}",
        )
        made.append(SignIn(one.slug, "API client", client.client_id, client.secret))
    return made


def _confirm_address(account: object, email: str) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.update_or_create(
        user_id=account, email=email, defaults={"verified": True, "primary": True}
    )
