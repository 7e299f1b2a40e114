"""From python3 and pip to everything else: uv, the locked packages, and the browser for tests."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from launcher.places import BOOT, PYTHON, ROOT, STATE, VENV

UV = "0.13.9"
BROWSER_PACKAGES = ("chromium", "libatomic1")


def say(words: str) -> None:
    """Tell the person what is going on, at once."""
    print(words, flush=True)


def note(words: str) -> None:
    """Tell what is being made ready; beside the output, which `--json` keeps for a machine."""
    print(words, file=sys.stderr, flush=True)


def ready(*, groups: Sequence[str] = (), extras: Sequence[str] = ()) -> None:
    """
    Bring `.venv` to what `uv.lock` says, or return at once if it is there already.

    `groups` and `extras` are named as in pyproject.toml.
    """
    wanted = [
        *(f"--group={group}" for group in groups),
        *(f"--extra={extra}" for extra in extras),
    ]
    locked = b"".join((ROOT / name).read_bytes() for name in ("uv.lock", "pyproject.toml"))
    name = "-".join(["packages", *groups, *extras])
    stamp, content = VENV / f".{name}", hashlib.sha256(locked + sys.version.encode()).hexdigest()
    with _alone():
        if PYTHON.exists() and stamp.exists() and stamp.read_text() == content:
            return
        started = time.monotonic()
        uv = fetched_uv()
        note("Installing the locked packages into .venv …")
        _do(
            # Inexact: a demo started after the tests keeps the tools of the tests.
            [str(uv), "sync", "--frozen", "--inexact", "--no-default-groups", *wanted],
            "uv could not install the packages. Is the Python package index reachable?",
            UV_PYTHON=sys.executable,
            UV_PYTHON_DOWNLOADS="never",
            UV_PROJECT_ENVIRONMENT=str(VENV),
        )
        stamp.write_text(content)
        note(f"Installed in {time.monotonic() - started:.1f} s.")


def fetched_uv() -> Path:
    """Return where uv is; it is fetched if it is not here yet."""
    uv = BOOT / "bin" / "uv"
    if not (uv.exists() and (BOOT / f"uv-{UV}.dist-info").exists()):
        note(f"Fetching uv {UV} into .boot …")
        shutil.rmtree(BOOT, ignore_errors=True)
        _do(
            [
                # The Python of .venv has no pip.
                *(
                    str(Path(sys.base_prefix) / "bin" / "python3"),
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                ),
                *("--disable-pip-version-check", "--root-user-action=ignore"),
                *("--target", str(BOOT), f"uv=={UV}"),
            ],
            "pip could not install uv. On Debian: apt-get install python3-pip.",
        )
    return uv


def browser_ready() -> None:
    """
    Make sure that Chromium is here: on Debian as root it is installed, elsewhere it is asked for.
    """
    missing = []
    if chromium() is None:
        missing.append(BROWSER_PACKAGES[0])
    if Path("/etc/debian_version").exists() and not _is_installed(BROWSER_PACKAGES[1]):
        missing.append(BROWSER_PACKAGES[1])
    if not missing:
        return
    by_hand = f"apt-get install {' '.join(missing)}"
    if not shutil.which("apt-get"):
        sys.exit("The tests need Chromium on the PATH (as chromium, chromium-browser or chrome).")
    if os.geteuid() != 0:
        sys.exit(f"The tests need: sudo {by_hand}")
    note(f"Installing {' and '.join(missing)} with apt …")
    started = time.monotonic()
    apt = ["apt-get", "--quiet", "--quiet", "--yes", "--no-install-recommends"]
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    _do(["apt-get", "--quiet", "--quiet", "update"], "apt-get update failed.", **quiet)
    _do([*apt, "install", *missing], f"apt failed. By hand: {by_hand}", **quiet)
    note(f"Installed in {time.monotonic() - started:.1f} s.")


def chromium() -> str | None:
    """Return the path of a Chromium or Chrome, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next(filter(None, map(shutil.which, names)), None)


def _is_installed(package: str) -> bool:
    status = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    return status.stdout == "installed"


def _do(command: list[str], otherwise: str, **variables: str) -> None:
    quiet = subprocess.run(
        command, env=os.environ | variables, cwd=ROOT, stdin=subprocess.DEVNULL, check=False
    )
    if quiet.returncode:
        sys.exit(otherwise)


@contextmanager
def _alone() -> Iterator[None]:
    # Two starts at once must not write into one .venv.
    STATE.mkdir(exist_ok=True)
    with (STATE / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
