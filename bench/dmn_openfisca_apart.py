"""Runs bench/dmn_openfisca.py where OpenFisca is: in an environment that uv makes for it alone."""

from __future__ import annotations

import json
import sys

from launcher.apart import NotHere, run_apart

# Not in pyproject.toml: a package under the AGPL is never a dependency, not even of developers.
PACKAGE = "openfisca-core==46.0.1"


def measured() -> float | None:
    """Return how many µs OpenFisca takes for one decision; None if it cannot be had here."""
    try:
        printed = run_apart("bench/dmn_openfisca.py", "--json", packages=[PACKAGE])
    except NotHere as reason:
        print(reason, file=sys.stderr)
        return None
    return float(json.loads(printed)["figures"][0]["value"])
