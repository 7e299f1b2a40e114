"""What of a person's own they may name in an answer, such as what a complaint is about."""

from __future__ import annotations

from datetime import datetime

from standpipe.applications.actions.loading import Loaded, load
from standpipe.applications.choosing import OwnThing
from standpipe.applications.models import Application
from standpipe.consent.actions import record_use
from standpipe.entitlements.queries import entries_of
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.actions import label_of
from standpipe.packs.loaded import packs

# A list to choose from, newest first; whoever has more gives the reference.
MOST = 10
_SENT = ("submitted", "decided", "withdrawn")


def own_to_choose(reference: str, *, actor: Actor, at: datetime) -> tuple[OwnThing, ...]:
    """
    Return what a person may choose from in an application of theirs; it is recorded.

    :raises NoSuchApplication: if it is not the actor's
    """
    with acting(actor):
        return own_things(load(reference, actor=actor, at=at))


def own_things(loaded: Loaded) -> tuple[OwnThing, ...]:
    """
    Return what whoever acts may name of their own, in the caller's transaction; it is recorded.

    Nothing to who acts or helps for somebody else, and nothing at a device that others use.
    """
    permission = loaded.permission
    if permission.basis != "own" or permission.actor.at_shared_device:
        return ()
    person = loaded.row.person_id
    rows = list(
        Application.objects.filter(person_id=person, status__in=_SENT, submitted_at__isnull=False)
        .exclude(id=loaded.row.id)
        .order_by("-submitted_at")[:MOST]
    )
    record_use(permission, subjects=[person], what="applications")
    applications = [
        OwnThing(
            "application",
            row.reference,
            label_of(row.pack_id, name=row.service),
            row.submitted_at.date(),
        )
        for row in rows
        if row.submitted_at
    ]
    known = {one.reference for one in applications}
    granted = [pack.entitlement for pack in packs().values() if pack.entitlement]
    labels = {definition.kind: definition.label for definition in granted}
    entries = [
        OwnThing("entry", one.number, labels[one.kind], one.expires_on)
        for one in entries_of(person, permission)
        # What an application led to is named by it; what no service grants any more, by nothing.
        if one.number and one.reference not in known and one.kind in labels
    ]
    return tuple([*applications, *entries][:MOST])
