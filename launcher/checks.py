"""`./run check`: style, types and floors; quick, and needs no database."""

from __future__ import annotations

import subprocess
import sys
import time

from launcher.places import ROOT, VENV

CHECKS = {
    "style": ("ruff", "check", "."),
    "layout": ("ruff", "format", "--check", "."),
    "types": ("mypy",),
    "floors": ("lint-imports",),
}


def main() -> int:
    """Run every check, each to its end; 0 if all are content."""
    unhappy = []
    for name, (program, *words) in CHECKS.items():
        started = time.monotonic()
        print(f"— {name}", flush=True)
        done = subprocess.run(
            [str(VENV / "bin" / program), *words], cwd=ROOT, stdin=subprocess.DEVNULL, check=False
        )
        print(f"  {time.monotonic() - started:.1f} s", flush=True)
        if done.returncode:
            unhappy.append(name)
    if unhappy:
        print(f"Not content: {', '.join(unhappy)}.", file=sys.stderr)
    return 1 if unhappy else 0


if __name__ == "__main__":
    sys.exit(main())
