"""
`./run drill fuzz`: 10,000 bad inputs over forms and API, by Hypothesis and schemathesis.

The tests of tests/integration/safety send some 1,000 of them each time; here they send more. Each
fails at the first input that breaks a page, is cut in silence, or is refused without a message.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.report import Figure, report
from launcher.places import PYTHON, ROOT

TESTS = ("tests/integration/safety/test_form_fuzz.py", "tests/integration/safety/test_api_fuzz.py")
INPUTS = 10_000


def main() -> int:
    """Send the inputs; 0 if every one was taken whole or refused with a message."""
    parser = argparse.ArgumentParser(prog="./run drill fuzz", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print figures as JSON alone")
    parser.add_argument("--inputs", type=int, default=INPUTS, help="how many; 10000 unless told")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        counted = Path(folder) / "counted"
        # Some pages take part of a form only: a little more is asked for than is counted.
        asked = arguments.inputs * 6 // 5
        done = subprocess.run(
            [str(PYTHON), "-m", "pytest", "-q", "-s", "-n", "2", "--show-capture=no", *TESTS],
            cwd=ROOT,
            env={**os.environ, "FUZZ_INPUTS": str(asked), "FUZZ_FIGURES": str(counted)},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            check=False,
        )
        lines = counted.read_text(encoding="utf-8").splitlines() if counted.exists() else []
    sent = [json.loads(line) for line in lines]
    total = sum(one["inputs"] for one in sent)
    figures = [Figure(f"inputs to {one['name']}", one["inputs"], "") for one in sent]
    figures.append(Figure("inputs in all", total, "", f">= {arguments.inputs}"))
    figures.append(Figure("parts of the drill that failed", int(bool(done.returncode)), "", "0"))
    report(figures, as_json=arguments.json)
    return 0 if done.returncode == 0 and total >= arguments.inputs else 1


if __name__ == "__main__":
    sys.exit(main())
