"""The connection to the database, as Django's `ENGINE` names it."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks PostgreSQL whether it is still there only when there is a sign that it is not."""

    def close_if_health_check_failed(self) -> None:
        """
        Close a connection that died since the last request; the next statement opens another.

        A server that ended has closed the socket, which can then be read. Asking it each time
        would be one more question for each request. A machine that vanished without a word shows
        with the first statement: that request is answered 503, and the next connects anew.
        """
        waits = self.connection is not None and self.health_check_enabled
        if waits and not self.health_check_done and _is_silent(self.connection.fileno()):
            self.health_check_done = True
        super().close_if_health_check_failed()


def _is_silent(socket: int) -> bool:
    sight = select.poll()
    sight.register(socket, select.POLLIN | select.POLLPRI)
    return not sight.poll(0)
