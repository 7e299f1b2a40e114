"""`./run test`: the checks, then every test, with one process a core."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time

from launcher import checks
from launcher.account import die_with_parent
from launcher.places import PYTHON, ROOT
from launcher.toolchain import browser_ready

# Longer than `session_timeout` of pytest: for what hangs after the last test.
WHOLE_RUN_SECONDS = 4000


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
    failed = _pytest([*spread, *words])
    print(f"All of it took {time.monotonic() - started:.0f} s.", flush=True)
    return failed or faults


def _pytest(words: list[str]) -> int:
    running = subprocess.Popen(
        [str(PYTHON), "-m", "pytest", *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        # Whatever hangs is ended with all that it has started.
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGTERM),
    )
    try:
        return running.wait(WHOLE_RUN_SECONDS)
    except subprocess.TimeoutExpired:
        print(f"The tests did not end within {WHOLE_RUN_SECONDS} s: ended here.", flush=True)
        return 1
    except KeyboardInterrupt:
        # Heard by us alone: pytest sums up what it has done so far.
        running.send_signal(signal.SIGINT)
        return running.wait(60)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(running.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
