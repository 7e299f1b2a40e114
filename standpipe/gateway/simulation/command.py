"""The command line that all simulators share: `--port`, `--fault`, and stopping on a signal."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from standpipe.gateway.simulation.faults import FAULTS
from standpipe.gateway.simulation.server import Simulation, make_server

CONTROL_TOKEN = "STANDPIPE_SIMULATOR_TOKEN"  # noqa: S105 (the name of a setting)


def arguments_parser(
    module: str, *, about: str, settings: Sequence[str]
) -> argparse.ArgumentParser:
    """Return a parser with what every simulator takes; `settings` are read from the environment."""
    parser = argparse.ArgumentParser(
        prog=f"python -m {module}",
        description=about,
        epilog=f"Reads {', '.join(settings)} from the environment, and {CONTROL_TOKEN}, which "
        "opens POST /control/fault; without it /control is shut. GET /health answers 200.",
    )
    parser.add_argument("--port", type=int, required=True, help="0 picks a free one")
    parser.add_argument("--fault", choices=FAULTS, help="fail in this way from the start")
    return parser


def required_setting(name: str) -> str:
    """Return a setting from the environment; without it the simulator stops and says so."""
    value = os.environ.get(name)
    if not value:
        sys.exit(f"{name} is not set: give the simulator the same value as its connector.")
    return value


def control_token() -> str | None:
    """Return the token that opens /control, if one is set."""
    return os.environ.get(CONTROL_TOKEN) or None


def run(simulation: Simulation, *, port: int) -> None:
    """Serve until told to stop by SIGTERM or SIGINT; the first line printed names the address."""
    server = make_server(simulation, port=port)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print(f"{simulation.name}: http://localhost:{server.server_address[1]}", flush=True)
    server.serve_forever(poll_interval=0.5)
