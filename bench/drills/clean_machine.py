"""
`./run drill clean-machine`: both commands from a fresh clone on a bare Debian 12.

Makes a Debian with python3, python3-venv, python3-pip and ca-certificates alone, clones the last
commit into it, and runs `./run demo`, a second `./run demo`, and `./run test` there. Needs root,
debootstrap, and the Debian mirror and package index that this machine uses.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.report import Figure, report
from launcher.places import ROOT, STATE

PACKAGES = "python3,python3-venv,python3-pip,ca-certificates"
BASE = STATE / "clean-machine" / "base.tar"
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
# How this machine reaches mirrors; nothing of it enters the repository.
PASSED_ON = ("/etc/pip.conf", "/etc/resolv.conf", "/etc/hosts", CERTIFICATES)
PORT = 8765
CHECKOUT = "/srv/standpipe"
PATIENCE_SECONDS = 900


def main() -> int:
    """Make the machine, run both commands in it, and tell how long they took."""
    parser = argparse.ArgumentParser(prog="./run drill clean-machine", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print figures as JSON alone")
    parser.add_argument("--user", action="store_true", help="as an ordinary user, without tests")
    parser.add_argument("--keep", action="store_true", help="leave the machine where it is")
    arguments = parser.parse_args()
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        print("Needs root and debootstrap.", file=sys.stderr)
        return 2
    machine = Path("/var/tmp") / f"standpipe-clean-machine-{os.getpid()}"
    try:
        make(machine)
        clone(machine, user=arguments.user)
        figures = [
            Figure("fresh clone: ./run demo until ready", demo(machine, arguments), "s", "<= 120"),
            Figure("again: ./run demo until ready", demo(machine, arguments), "s", "<= 20"),
        ]
        if not arguments.user:
            seconds, status = run_tests(machine)
            figures.append(Figure("then: ./run test", seconds, "s", "<= 900"))
            figures.append(Figure("./run test: exit status", status, "", "0"))
        report(figures)
        return 0
    finally:
        if not arguments.keep:
            shutil.rmtree(machine, ignore_errors=True)


def make(machine: Path) -> None:
    """Unpack a bare Debian 12, which is fetched once and kept as an archive."""
    if not BASE.exists():
        say("Fetching a bare Debian 12 …")
        fetched = machine.with_name(f"{machine.name}-base")
        subprocess.run(
            ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", "bookworm", fetched],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        BASE.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["tar", "-C", fetched, "-cf", BASE, "."], check=True)
        shutil.rmtree(fetched)
    machine.mkdir()
    subprocess.run(["tar", "-C", machine, "-xf", BASE], check=True)
    for name in PASSED_ON:
        source, target = Path(name), machine / name.lstrip("/")
        if source.exists():
            target.unlink(missing_ok=True)
            shutil.copy(source, target)
    # What debootstrap wrote; this machine's own sources take its place.
    (machine / "etc/apt/sources.list").unlink(missing_ok=True)
    for folder in ("sources.list.d", "apt.conf.d"):
        shutil.copytree(f"/etc/apt/{folder}", machine / "etc/apt" / folder, dirs_exist_ok=True)


def clone(machine: Path, *, user: bool) -> None:
    """Clone the last commit; git itself is not on that machine."""
    target = machine / CHECKOUT.lstrip("/")
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, target], check=True)
    if user:
        subprocess.run(["chroot", machine, "useradd", "--create-home", "resident"], check=True)
        subprocess.run(["chroot", machine, "chown", "-R", "resident:", CHECKOUT], check=True)


def demo(machine: Path, arguments: argparse.Namespace) -> float:
    """Start the demo, fetch its first page, stop it; return the seconds until it was ready."""
    started = time.monotonic()
    with inside(machine, f"./run demo --port {PORT}", as_user=arguments.user) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if not arguments.json:
                print(f"  {line}", end="")
            if line.startswith("Ready after"):
                break
        else:
            raise SystemExit(f"./run demo ended with {process.wait()} before it was ready.")
        seconds = time.monotonic() - started
        with urllib.request.urlopen(f"http://localhost:{PORT}/", timeout=20) as page:
            assert page.status == 200
        subprocess.run(["pkill", "-INT", "-P", str(process.pid)], check=False)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=60)
        assert process.returncode is not None, "Ctrl-C did not stop the demo."
    return seconds


def run_tests(machine: Path) -> tuple[float, int]:
    """Run the tests; return their seconds and exit status."""
    started = time.monotonic()
    with inside(machine, "./run test", as_user=False) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(f"  {line}", end="", file=sys.stderr)
    return time.monotonic() - started, process.returncode


@contextlib.contextmanager
def inside(machine: Path, command: str, *, as_user: bool) -> Iterator[subprocess.Popen[str]]:
    """
    Run a command in the machine, in process and mount namespaces of its own.

    Whatever it leaves behind, processes and mounts, goes with it.
    """
    login = "setpriv --reuid=resident --regid=resident --clear-groups" if as_user else ""
    mounts = "mount -t proc proc proc; mount --rbind /dev dev; mount -t sysfs sys sys;"
    inner = f"cd {CHECKOUT} && exec {command}"
    script = f"cd {machine}; {mounts} exec chroot . {login} sh -c '{inner}'"
    process = subprocess.Popen(
        ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-ec", script],
        env=variables(as_user=as_user),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
        process.wait(PATIENCE_SECONDS)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def variables(*, as_user: bool) -> Mapping[str, str]:
    """Return what a person has after signing in, and the certificates that this network needs."""
    return {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/home/resident" if as_user else "/root",
        "LANG": "C.UTF-8",
        "CI": "true",
        **dict.fromkeys(("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE"), CERTIFICATES),
    }


def say(words: str) -> None:
    """Tell progress where it does not mix with figures."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
