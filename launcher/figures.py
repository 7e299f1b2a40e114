"""
`./run bench` and `./run drill`: programs that measure, by name.

Each is a module of `bench/` or `bench/drills/` that prints its figures for people or, with --json,
as `{"figures": [{"name", "value", "unit", "goal", "yardstick", "ratio"}]}`, and ends with 0 only if
it could measure.
"""

from __future__ import annotations

import json
import subprocess
import sys

from launcher.places import PYTHON, ROOT

FOLDERS = {"bench": "bench", "drill": "bench/drills"}


def names(kind: str) -> list[str]:
    """Return what can be measured: the modules that can be run; the others only help them."""
    return sorted(
        file.stem
        for file in (ROOT / FOLDERS[kind]).glob("*.py")
        if 'if __name__ == "__main__":' in file.read_text()
    )


def main(kind: str, words: list[str]) -> int:
    """Run one program, or every benchmark, each to its end; the first status that is not 0."""
    known = names(kind)
    wanted = [word for word in words if not word.startswith("-")][:1]
    # Benchmarks may all run one after the other; who breaks something says what.
    if (kind == "drill" and not wanted) or (wanted and wanted[0].replace("-", "_") not in known):
        shown = ", ".join(known).replace("_", "-")
        print(f"./run {kind} knows: {shown}.", file=sys.stderr)
        return 2
    rest = words[1:] if wanted and words[0] == wanted[0] else words
    chosen = [wanted[0].replace("-", "_")] if wanted else known
    figures, status = [], 0
    for name in chosen:
        module = f"{FOLDERS[kind].replace('/', '.')}.{name}"
        done = subprocess.run(
            [str(PYTHON), "-m", module, *rest],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if "--json" in rest else None,
            check=False,
        )
        status = status or done.returncode
        if "--json" in rest and done.stdout:
            figures += json.loads(done.stdout)["figures"]
    if "--json" in rest:
        print(json.dumps({"figures": figures}, indent=2))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
