"""Other people's programs, each in an environment that uv makes for it alone and keeps."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from launcher.places import ROOT
from launcher.toolchain import fetched_uv


class NotHere(Exception):
    """The packages cannot be had here; the reason is the message."""


def run_apart(
    *words: str, packages: Sequence[str], offline: bool = False, seconds: int = 600
) -> str:
    """
    Run Python with these packages, which Standpipe itself never installs; what it printed.

    `words` follow `python`. `offline` takes only what earlier runs left on this machine.

    :raises NotHere: if uv cannot make the environment
    :raises RuntimeError: if the program fails; with the end of what it said
    """
    try:
        uv = [str(fetched_uv()), "run", "--quiet", "--isolated", "--no-project"]
    except SystemExit as refused:
        raise NotHere(str(refused)) from None
    uv += ["--python", sys.executable, *(["--offline"] if offline else [])]
    uv += [word for package in packages for word in ("--with", package)]
    about = {
        "cwd": ROOT,
        "env": {**os.environ, "PYTHONPATH": str(ROOT), "UV_PYTHON_DOWNLOADS": "never"},
        "stdin": subprocess.DEVNULL,
        "capture_output": True,
        "text": True,
        "timeout": seconds,
    }
    ready = subprocess.run([*uv, "python", "-c", ""], check=False, **about)  # type: ignore[call-overload]
    if ready.returncode:
        raise NotHere(f"{', '.join(packages)}: {ready.stderr.strip()[-300:]}")
    done = subprocess.run([*uv, "python", *words], check=False, **about)  # type: ignore[call-overload]
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return str(done.stdout)
