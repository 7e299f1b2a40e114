"""`./run demo`: everything, from an empty folder to a place that answers."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.database import prepare
from launcher.places import DEMO, STATE
from launcher.postgres import NoPostgres, Server
from launcher.processes import Died, Stopped, deafen, hear_stop
from launcher.stack import Addresses, Stack
from launcher.toolchain import say
from standpipe.kernel.errors import Misconfigured, Unavailable

RUNNING = DEMO / "running.json"


class Demo:
    """One demo of this checkout: its database, and the stack over it."""

    def __init__(self, *, port: int | None = None) -> None:
        self.port = port
        self.server: Server | None = None
        self.stack: Stack | None = None
        self.sign_ins = ""

    def start(self) -> Stack:
        """Bring everything up, saying what takes time."""
        started = time.monotonic()
        _refuse_taken(self.port)
        DEMO.mkdir(parents=True, exist_ok=True)
        database = self._database()
        self.stack = Stack(
            DEMO, database=database, kind="demo", port=self.port, keep=DEMO / "secrets.json"
        )
        with ThreadPoolExecutor() as meanwhile:
            self.stack.start_simulators(wait=False)
            assets = meanwhile.submit(self.stack.standpipe, "assets", quiet=True)
            say("Bringing the tables up to date …")
            self.stack.standpipe("migrate", "--quiet", as_owner=True)
            self.stack.start_worker()
            self._once(
                "place-loaded", "place", "load", of=_content(self.stack.place), as_owner=True
            )
            say("Starting the web server …")
            sign_ins = meanwhile.submit(self.stack.standpipe, "demo", "sign-ins", quiet=True)
            cases = meanwhile.submit(self._once, "cases-lodged", "demo", "cases", quiet=True)
            assets.result()
            self.stack.start_web()
            self.stack.await_simulators()
            self.sign_ins = sign_ins.result()
            cases.result()
        RUNNING.write_text(
            json.dumps(
                {
                    "pid": os.getpid(),
                    "web": self.stack.origin,
                    "simulators": self.stack.simulators,
                }
            )
        )
        say(f"Ready after {time.monotonic() - started:.1f} s.")
        return self.stack

    def watch(self) -> None:
        """Return when a process has ended that should not have, with `Died`."""
        while self.stack:
            self.stack.processes.check()
            if self.server and not self.server.is_running():
                raise Died("PostgreSQL has ended.")
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop all that was started, the database last."""
        if self.stack:
            RUNNING.unlink(missing_ok=True)
        if self.stack:
            self.stack.stop()
        if self.server:
            self.server.stop()

    def _once(
        self,
        name: str,
        *command: str,
        of: bytes = b"",
        as_owner: bool = False,
        quiet: bool = False,
    ) -> None:
        # What takes a while and comes out the same: again only when what it is made of changes.
        stamp, wanted = DEMO / name, hashlib.sha256(of).hexdigest()
        if self.stack and (not stamp.exists() or stamp.read_text() != wanted):
            self.stack.standpipe(*command, as_owner=as_owner, quiet=quiet)
            stamp.write_text(wanted)

    def _database(self) -> Addresses:
        given = os.environ.get("STANDPIPE_DATABASE_URL")
        owner = os.environ.get("STANDPIPE_OWNER_DATABASE_URL")
        if given and owner:
            say("PostgreSQL: the two addresses in the settings.")
            return Addresses(application=given, owner=owner)
        passwords = _passwords()
        if given:
            say(
                "PostgreSQL: STANDPIPE_DATABASE_URL owns the tables; web and worker use a role made"
                " there, standpipe_app, which row-level security binds."
            )
            addresses = Addresses(application=_as_application(given, passwords["app"]), owner=given)
            prepare(given, owner=given, application=addresses.application)
            return addresses
        self.server = Server(DEMO / "postgres")
        say(f"PostgreSQL: our own, from {self.server.programs}, data in {self.server.folder}.")
        self.server.start()
        address = self.server.address
        addresses = Addresses(
            application=address("standpipe_app", password=passwords["app"], database="standpipe"),
            owner=address("standpipe_owner", password=passwords["owner"], database="standpipe"),
        )
        prepare(self.server.administrator, owner=addresses.owner, application=addresses.application)
        return addresses


def forget() -> None:
    """Delete everything that the demo has kept; its database must be ours, and stopped."""
    if os.environ.get("STANDPIPE_DATABASE_URL"):
        sys.exit("--fresh empties no database that you gave. Empty it yourself, and start again.")
    Server(DEMO / "postgres").forget()
    shutil.rmtree(DEMO, ignore_errors=True)


def running() -> dict[str, Any] | None:
    """Return `web` and `simulators`, the addresses of this checkout's demo, or None without one."""
    try:
        found: dict[str, Any] = json.loads(RUNNING.read_text())
        os.kill(found["pid"], 0)
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return None
    return found


@contextmanager
def only_one() -> Iterator[None]:
    """Hold this checkout's demo, whose data two cannot use at once."""
    STATE.mkdir(exist_ok=True)
    with (STATE / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Died("The demo of this checkout runs already.") from None
        yield


def _refuse_taken(port: int | None) -> None:
    with socket.socket() as probe:
        if port and probe.connect_ex(("127.0.0.1", port)) == 0:
            raise Died(f"Port {port} is taken. Choose another: ./run demo --port {port + 1}")


def _content(folder: Path) -> bytes:
    return b"\0".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def _passwords() -> dict[str, str]:
    kept = DEMO / "passwords.json"
    if not kept.exists():
        kept.touch(mode=0o600)
        made = {role: secrets.token_urlsafe(24) for role in ("app", "owner")}
        kept.write_text(json.dumps(made))
    passwords: dict[str, str] = json.loads(kept.read_text())
    return passwords


def _as_application(address: str, password: str) -> str:
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"standpipe_app:{password}@{host}").geturl()


def main() -> int:
    """Run the demo until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="./run demo")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--port", type=int, default=8000)
    arguments = parser.parse_args()
    demo = Demo(port=arguments.port)
    hear_stop()
    try:
        with only_one():
            if arguments.fresh:
                forget()
            try:
                stack = demo.start()
                _welcome(stack, demo.sign_ins)
                threading.Thread(target=_fill_queue, args=(stack,), daemon=True).start()
                demo.watch()
            finally:
                deafen()
                say("Stopping …")
                demo.stop()
    except Stopped:
        return 0
    except (Died, NoPostgres, Misconfigured, Unavailable) as fault:
        print(f"\n{fault}", file=sys.stderr)
        return 1
    return 0


def _fill_queue(stack: Stack) -> None:
    """Lodge cases for staff to look at, once, while people look around already."""
    with contextlib.suppress(Died):
        stack.standpipe("demo", "cases", quiet=True)


def _welcome(stack: Stack, sign_ins: str) -> None:
    say(f"\n  Standpipe          {stack.origin}/")
    for name, address in stack.simulators.items():
        say(f"  {name.ljust(18)} {address}/   (simulator)")
    say(f"\n{sign_ins}")
    say(f"Logs: {stack.processes.logs}. Ctrl-C stops everything; the data stays.")


if __name__ == "__main__":
    sys.exit(main())
