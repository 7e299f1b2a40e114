"""Who is behind a request: an account, a person known by their session, or nobody."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest

from standpipe.identity.actor import ANONYMOUS, Actor
from standpipe.identity.queries import actor_of

# Where the session keeps the person who began or came back to an application without an account.
PERSON = "person"


def actor_behind(request: HttpRequest) -> Actor:
    """Return who is acting; an account comes before the session's person."""
    actor = _actor(request)
    is_shared = getattr(request, "kiosk", None) is not None
    return replace(actor, at_shared_device=True) if is_shared else actor


def _actor(request: HttpRequest) -> Actor:
    # Asking for `request.user` asks the database; most visitors have no account.
    if SESSION_KEY in request.session and request.user.is_authenticated:
        return actor_of(request.user)
    person = request.session.get(PERSON)
    if person is None:
        return ANONYMOUS
    return Actor(kind="person", id=person, name="", person=UUID(person))


def become(request: HttpRequest, person: UUID) -> None:
    """
    Remember a person in the session, under a new key, so that an old key opens nothing of theirs.

    Whoever was signed in before is so no longer.
    """
    if SESSION_KEY in request.session or request.session.get(PERSON) not in (None, str(person)):
        request.session.flush()
    request.session.cycle_key()
    request.session[PERSON] = str(person)
