"""What the worker does by the clock of the house: once in each night of the year that is played."""

from __future__ import annotations

from contextlib import suppress

import psycopg
from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued

# A night of the year lasts a second, so that the worker's own timetable never comes to these.
TASKS = (
    "applications.remind",
    "applications.sweep_orders",
    "applications.expire_drafts",
)
# Who was reminded, by the application that led to what they hold.
_REMINDED = """
SELECT DISTINCT entry.reference FROM notifications_message message
JOIN entitlements_entitlement entry ON entry.person_id = message.person_id
WHERE message.name = 'expiry_reminder'
"""


class Nights:
    """Orders the nightly tasks in the worker's own queue, as its timetable would."""

    def __init__(self, owner: str) -> None:
        self._owner = owner
        self._app = App(connector=SyncPsycopgConnector(conninfo=owner))
        self._app.open()

    def order(self) -> None:
        """Order each task once."""
        for name in TASKS:
            with suppress(AlreadyEnqueued):
                self._app.configure_task(name, queue="housekeeping", queueing_lock=name).defer(
                    timestamp=0
                )

    def reminded(self) -> frozenset[str]:
        """Return who has been reminded by now, by the reference of what led to their entry."""
        with psycopg.connect(self._owner) as database:
            return frozenset(reference for (reference,) in database.execute(_REMINDED))

    def close(self) -> None:
        """Let go of the database."""
        self._app.close()
