"""`./run walk`: the main job, step by step, in a browser, against the demo of this checkout."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from launcher.demo import Demo, only_one, running
from launcher.places import PYTHON, ROOT
from launcher.processes import Died, Stopped, deafen, hear_stop
from launcher.toolchain import browser_ready, say

WALK = "tests.journeys.walk"


def main(words: list[str]) -> int:
    """Walk through the demo that runs, or through one started for the walk."""
    browser_ready()
    if found := running():
        return _walk(found, words)
    say("No demo is running: starting one for this walk.")
    demo = Demo()
    hear_stop()
    try:
        with only_one():
            try:
                stack = demo.start()
                return _walk({"web": stack.origin, "simulators": stack.simulators}, words)
            finally:
                deafen()
                demo.stop()
    except Stopped:
        return 0
    except Died as fault:
        print(fault, file=sys.stderr)
        return 1


def _walk(addresses: dict[str, Any], words: list[str]) -> int:
    simulators = [
        f"--simulator={name}={address}" for name, address in addresses["simulators"].items()
    ]
    return subprocess.run(
        [str(PYTHON), "-m", WALK, f"--web={addresses['web']}", *simulators, *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
