"""Reminding holders, before what they hold ends, that they can renew it."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.conf import settings

from standpipe.applications.actions.loading import load
from standpipe.applications.actions.telling import tell
from standpipe.consent.actions import permit_task
from standpipe.entitlements.actions.entries import references_of, reminded
from standpipe.entitlements.queries import EntitlementView, ending
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.actions import UnreadableVersion
from standpipe.packs.entitlement import EntitlementDefinition
from standpipe.packs.loaded import packs
from standpipe.vocabulary.dates import date_in_words

log = structlog.get_logger("applications")


def remind(*, actor: Actor, at: datetime, most: int = 500) -> int:
    """
    Write the reminders that are due at one organisation; return how many entries were looked at.

    What is left beyond `most` of a kind is due when it runs again. Each is written once for each
    entry and day before its end, however often this runs; never to somebody who died, and not of
    what is renewed, replaced or cancelled.
    """
    looked = 0
    for pack in packs().values():
        definition = pack.entitlement
        if definition is None or definition.reminders is None or actor.organisation is None:
            continue
        with acting(actor):
            permission = permit_task(
                actor, organisation=actor.organisation, purpose=pack.purpose.id, at=at
            )
            due = ending(
                definition.kind,
                days_before=definition.reminders.days_before,
                permission=permission,
                most=most,
            )
        for entry in due:
            looked += 1
            try:
                _remind(entry, definition, actor=actor, at=at)
            except UnreadableVersion as error:
                # It stays due, for a release that can read it; nobody else waits for that.
                log.warning("reminder.unreadable", entry=str(entry.id), error=str(error))
    return looked


def _remind(
    entry: EntitlementView, definition: EntitlementDefinition, *, actor: Actor, at: datetime
) -> None:
    reminders = definition.reminders
    left = (entry.expires_on - at.date()).days
    # The nearest day that has come: whoever was away for two is reminded once.
    days = min(one for one in reminders.days_before if left <= one)
    with acting(actor):
        reminded(entry.id, days=days)
        # A replacement follows what was told when the first of them was asked for.
        leading = (load(one, actor=actor, at=at) for one in references_of(entry.id))
        loaded = next((one for one in leading if reminders.message in one.pack.messages), None)
        if loaded is None:
            return
        values = {
            "number": entry.number,
            "expires": date_in_words(entry.expires_on, language=loaded.row.language),
            "renew_link": f"{settings.ENV.origin}/held",
        }
        tell(loaded, reminders.message, values=values, at=at, once=f"{entry.id}:{days}")
