"""A Standpipe of its own to measure or to break: fresh PostgreSQL, simulators, worker, web."""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import httpx
import psycopg

from config.database import prepare
from launcher.places import ROOT, STATE
from launcher.postgres import Server, free_port
from launcher.processes import deafen
from launcher.stack import STARTING_SECONDS, Addresses, Stack

ORGANISATION = "borrowdale_county"
_DUE = """
SELECT count(*) FROM procrastinate_jobs
WHERE status = 'doing'
   OR (status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now() + interval '5 seconds'))
"""


class ProvingGround:
    """
    A whole Standpipe over an empty database that waits for the disk, deleted at the end.

    Beside the services of the place it has the one in `bench/packs`. `settings` are variables for
    its processes; so many `residents` have a home here and are known to the simulated department.
    """

    def __init__(self, *, settings: Mapping[str, str] | None = None, residents: int = 2000) -> None:
        self._residents = residents
        STATE.mkdir(exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(dir=STATE, prefix="proving-ground-"))
        packs = self._packs()
        # On one machine a socket costs a quarter less for each statement; its path must be short.
        self._socket = Path(tempfile.mkdtemp(prefix="standpipe-"))
        # A port of its own: after a kill it comes back where its clients look for it.
        self.postgres = Server(self.folder / "postgres", port=free_port(), socket=self._socket)
        self.postgres.start()
        self.database = Addresses(
            application=self._address("standpipe_app"), owner=self._address("standpipe_owner")
        )
        prepare(
            self.postgres.administrator,
            owner=self.database.owner,
            application=self.database.application,
        )
        self.stack = Stack(
            self.folder,
            database=self.database,
            kind="test",
            keep=self.folder / "secrets.json",
            settings={
                "STANDPIPE_LOG_LEVEL": "warning",
                "STANDPIPE_PACKS_DIR": str(packs),
                **(settings or {}),
            },
            residents=residents,
        )
        self.clients: dict[str, str] = {}
        # Staff of the place who can sign in: address and password by organisation and role.
        self.staff: dict[tuple[str, str], tuple[str, str]] = {}

    def __enter__(self) -> ProvingGround:
        try:
            self.stack.standpipe("migrate", "--quiet", as_owner=True)
            self.stack.standpipe("assets", quiet=True)
            self.stack.start_simulators()
            self.stack.standpipe(
                *("place", "load", "--residents", str(self._residents)), as_owner=True, quiet=True
            )
            signed = json.loads(self.stack.standpipe("demo", "sign-ins", "--json", quiet=True))
            self.clients = {
                one["name"]: one["secret"] for one in signed if one["role"] == "API client"
            }
            self.staff = {
                (one["organisation"], one["role"]): (one["name"], one["secret"])
                for one in signed
                if one["role"] != "API client"
            }
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def port(self) -> int:
        """Where the web server listens on this machine."""
        return self.stack.port

    def token(self, organisation: str = ORGANISATION) -> str:
        """Get a token for the API client of an organisation; it lasts for half an hour."""
        name = f"{organisation}-system"
        answer = httpx.post(
            f"http://127.0.0.1:{self.port}/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=(name, self.clients[name]),
            timeout=60,
        )
        answer.raise_for_status()
        return str(answer.json()["access_token"])

    def until_it_answers(self) -> None:
        """Wait until the web server can serve and a worker speaks."""
        self.stack.processes.until(
            self.stack.is_ready, what="The web server", seconds=STARTING_SECONDS
        )

    @contextmanager
    def without_worker(self) -> Iterator[None]:
        """Stop the worker for a while; what is queued waits for it."""
        workers = [one for one in self.stack.processes.children if one.name == "worker"]
        for each in workers:
            self.stack.processes.stop(each)
        yield
        self.stack.start_worker()

    def drain(self, *, seconds: float = 600.0, pause_seconds: float = 0.5) -> None:
        """
        Wait until the worker has nothing left that is due.

        :raises TimeoutError: if it does not come to an end
        """
        until = time.monotonic() + seconds
        with psycopg.connect(self.database.owner, autocommit=True) as database:
            while database.execute(_DUE).fetchone() != (0,):
                if time.monotonic() > until:
                    raise TimeoutError("The worker does not come to an end.")
                time.sleep(pause_seconds)

    def close(self) -> None:
        """Stop everything and delete it."""
        deafen()
        self.stack.stop()
        self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self._socket, ignore_errors=True)

    def _packs(self) -> Path:
        # The services of the place, and one that is lodged whole, without files, and left to staff.
        packs = self.folder / "packs"
        packs.mkdir()
        for folder in ("service_packs", "bench/packs"):
            for pack in (ROOT / folder).iterdir():
                if pack.is_dir():
                    (packs / pack.name).symlink_to(pack)
        return packs

    def _address(self, role: str) -> str:
        return self.postgres.address(role, password=secrets.token_urlsafe(24), database="standpipe")
