"""Runs bench/dmn_openfisca.py where OpenFisca is: in an environment that uv makes for it alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from launcher.places import ROOT
from launcher.toolchain import fetched_uv

# Not in pyproject.toml: a package under the AGPL is never a dependency, not even of developers.
PACKAGE = "openfisca-core==46.0.1"
SECONDS = 300


def measured() -> float | None:
    """Return how many µs OpenFisca takes for one decision; None if it cannot be had here."""
    try:
        done = subprocess.run(
            [
                *(str(fetched_uv()), "run", "--quiet", "--isolated", "--no-project"),
                *("--python", sys.executable, "--with", PACKAGE),
                *("python", "bench/dmn_openfisca.py", "--json"),
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "UV_PYTHON_DOWNLOADS": "never"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, SystemExit, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        print(done.stderr[-1000:], file=sys.stderr)
        return None
    return float(json.loads(done.stdout)["figures"][0]["value"])
