"""`./run test`: the checks, then every test, with one process a core."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from launcher import checks
from launcher.places import PYTHON, ROOT
from launcher.toolchain import browser_ready


def main(words: list[str]) -> int:
    """Run all, or what the words for pytest choose; 0 if all is well."""
    started = time.monotonic()
    everything = not words
    if everything:
        browser_ready()
    faults = checks.main() if everything else 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    one_by_one = any(word.startswith(("-n", "--pdb")) for word in words)
    # Journeys take a hundred times as long as unit tests: who has none left takes from the others.
    spread = [] if one_by_one else ["-n", str(cores), "--dist=worksteal"]
    print("— tests", flush=True)
    tests = subprocess.run(
        [str(PYTHON), "-m", "pytest", *spread, *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    print(f"All of it took {time.monotonic() - started:.0f} s.", flush=True)
    return tests.returncode or faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
