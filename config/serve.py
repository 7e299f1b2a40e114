"""`standpipe serve`: the web server of one machine."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from config.environment import environment

STOPPING_SECONDS = 30


def main(words: Sequence[str]) -> None:
    """
    Become the web server (granian, WSGI); never returns.

    SIGTERM: no new connections, requests under way are finished, then it ends. SIGHUP: the web
    processes are replaced one after the other, while the others go on serving.
    """
    parser = argparse.ArgumentParser(prog="standpipe serve")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000)
    arguments = parser.parse_args(words)
    settings = environment(os.environ)
    # The web processes of this machine add up their metrics in files of this folder.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="standpipe-metrics-")
    granian = str(Path(sys.executable).with_name("granian"))
    os.execv(  # noqa: S606
        granian,
        [
            granian,
            *("--interface", "wsgi", "--no-ws", "--http", "1"),
            *("--host", arguments.host, "--port", str(arguments.port)),
            *("--workers", str(settings.workers)),
            *("--blocking-threads", str(settings.threads)),
            *("--respawn-failed-workers", "--respawn-interval", "0.5"),
            *("--workers-kill-timeout", str(STOPPING_SECONDS)),
            *("--log-level", "warning"),
            "config.wsgi:application",
        ],
    )
