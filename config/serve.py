"""`standpipe serve`: the web server of one machine."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from config.environment import environment

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

STOPPING_SECONDS = 30
# An old web process goes on serving for so long after its successor was started.
STARTING_SECONDS = 5


def main(words: Sequence[str]) -> None:
    """
    Become the web server (granian, WSGI); never returns.

    SIGTERM: no new connections, requests under way are finished, then it ends. SIGHUP: the web
    processes are replaced one after the other, while the others go on serving.
    """
    parser = argparse.ArgumentParser(prog="standpipe serve")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--socket", type=Path, help="listen on this unix socket instead")
    arguments = parser.parse_args(words)
    settings = environment(os.environ)
    # The web processes of this machine add up their metrics in files of this folder.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="standpipe-metrics-")
    listening = ["--host", arguments.host, "--port", str(arguments.port)]
    if arguments.socket:
        listening = ["--uds", str(arguments.socket), "--uds-permissions", "660"]
    granian = str(Path(sys.executable).with_name("granian"))
    os.execv(  # noqa: S606
        granian,
        [
            granian,
            *("--interface", "wsgi", "--no-ws", "--http", "1"),
            *listening,
            *("--workers", str(settings.workers)),
            *("--blocking-threads", str(settings.threads)),
            *("--respawn-failed-workers", "--respawn-interval", str(STARTING_SECONDS)),
            *("--workers-kill-timeout", str(STOPPING_SECONDS)),
            *("--log-level", "warning"),
            *("--factory", "config.serve:application"),
        ],
    )


def application() -> WSGIHandler:
    """Load the application in a new web process."""
    # Until granian listens for it, SIGTERM would be lost, and the process be waited for in vain.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from config.wsgi import application

    return application
