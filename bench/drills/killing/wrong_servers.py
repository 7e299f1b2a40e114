"""
Two servers that are wrong on purpose: what the drill must catch, or it proves nothing.

Each stands around the application from outside; in the platform there is no such switch.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# Between "done" and done: long enough that a kill meets it, also where little is done in a second.
LATE_SECONDS = 0.3


def no_key() -> Application:
    """Take every repeat for a new request, as a server does that knows no idempotency keys."""
    right = _right()

    def wrong(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if "HTTP_IDEMPOTENCY_KEY" in environ:
            environ["HTTP_IDEMPOTENCY_KEY"] = str(uuid4())
        return right(environ, start_response)

    return wrong


def early_ack() -> Application:
    """Say that it is done, and commit a moment later."""
    right = _right()
    from django.db.backends.postgresql.base import DatabaseWrapper

    commit = DatabaseWrapper._commit

    def commit_late(self: DatabaseWrapper) -> None:
        if not here.is_api:
            commit(self)
            return
        # The next request of this thread gets another connection; this one finishes by itself.
        begun, self.connection = self.connection, None
        threading.Timer(LATE_SECONDS, _finish, [begun]).start()

    here = threading.local()
    DatabaseWrapper._commit = commit_late

    def wrong(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        here.is_api = environ["PATH_INFO"].startswith("/api/")
        return right(environ, start_response)

    return wrong


def _finish(begun: Any) -> None:
    # The answer is out: if this fails, nobody hears of it.
    with contextlib.suppress(Exception):
        begun.commit()
        begun.close()


def _right() -> Application:
    from config.wsgi import application

    return application


def main(name: str, port: str) -> None:
    """Become a web server of two processes with the wrong server of that name."""
    granian = str(Path(sys.executable).with_name("granian"))
    os.execv(
        granian,
        [
            granian,
            *("--interface", "wsgi", "--no-ws", "--http", "1", "--log-level", "warning"),
            *("--host", "127.0.0.1", "--port", port, "--workers", "2", "--blocking-threads", "2"),
            *("--respawn-failed-workers", "--respawn-interval", "0.5"),
            *("--factory", f"{__spec__.name}:{name}"),
        ],
    )


if __name__ == "__main__":
    main(*sys.argv[1:3])
