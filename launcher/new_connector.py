"""`./run new-connector NAME`: a connector with its simulator, a recording and its tests."""

from __future__ import annotations

import re
import sys

from launcher.places import ROOT
from launcher.skeletons.writing import begin


def main(words: list[str]) -> int:
    """Write the folder, and say what comes next."""
    target = begin("connector", folder="connectors", words=words, fill={"port": str(_next_port())})
    where = target.relative_to(ROOT)
    print(
        f"{where} is there, and works with its simulator. Next:\n"
        f"  1. {where}/manifest.yaml: which attributes, under which law\n"
        f"  2. {where}/client.py, connector.py: their words, then ours\n"
        f"  3. {where}/recordings: a scrubbed exchange for each situation\n"
        f"  ./run test {where}"
    )
    return 0


def _next_port() -> int:
    # Simulators of a demo keep their ports, so that addresses in a browser stay right.
    manifests = (ROOT / "connectors").glob("*/manifest.yaml")
    taken = [
        int(port)
        for manifest in manifests
        for port in re.findall(r"^  port: (\d+)$", manifest.read_text(), re.MULTILINE)
    ]
    return max(taken, default=8410) + 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
