"""`standpipe serve`: the web server of one machine."""

from __future__ import annotations

import argparse
import os
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from config.environment import environment

STOPPING_SECONDS = 30
# An old web process goes on serving for so long after its successor was started.
STARTING_SECONDS = 5


def main(words: Sequence[str]) -> None:
    """
    Serve until told to stop (granian, WSGI).

    SIGTERM: no new connections, requests under way are finished, then it ends. SIGHUP: the web
    processes are replaced one after the other, while the others go on serving.
    """
    parser = argparse.ArgumentParser(prog="standpipe serve")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--socket", type=Path, help="listen on this unix socket instead")
    arguments = parser.parse_args(words)
    settings = environment(os.environ)
    # Until granian listens for it, SIGTERM would be lost on a new web process, which would then be
    # waited for in vain.
    os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGTERM, signal.SIG_DFL))
    server = Granian(
        "config.wsgi:application",
        interface=Interfaces.WSGI,
        address=arguments.host,
        port=arguments.port,
        uds=arguments.socket,
        uds_permissions=0o660 if arguments.socket else None,
        workers=settings.workers,
        blocking_threads=settings.threads,
        websockets=False,
        http=HTTPModes.http1,
        respawn_failed_workers=True,
        respawn_interval=STARTING_SECONDS,
        workers_kill_timeout=STOPPING_SECONDS,
        log_level=LogLevels.warning,
    )
    # The web processes of this machine add up their metrics in files of this folder.
    with tempfile.TemporaryDirectory(prefix="standpipe-metrics-") as metrics:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics
        server.serve()
