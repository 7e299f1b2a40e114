"""
The databases of one run of the tests: a migrated template, and a copy for whoever asks.

Addresses are fixed before anything starts, so that settings can be read at once; PostgreSQL starts
when the first test needs it. The processes of one run find each other by one variable.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from config.database import prepare
from launcher.places import ROOT, TESTS
from launcher.postgres import ADMINISTRATOR, Server, free_port
from launcher.stack import Addresses

VARIABLE = "STANDPIPE_TRIAL"
TEMPLATE = "template"
OWNER, APPLICATION = "standpipe_trial_owner", "standpipe_trial_app"
STARTING_SECONDS = 300


class NoTrial(RuntimeError):
    """PostgreSQL for the tests did not start, or the tables could not be made."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What the processes of one run share; `given` is the PostgreSQL in the settings, if any."""

    number: int
    port: int
    owner_password: str
    application_password: str
    given: str | None

    @property
    def folder(self) -> Path:
        """The folder of this run, deleted at its end."""
        return TESTS / str(self.number)

    def addresses(self, name: str) -> Addresses:
        """Return how the two roles reach a database of this run, there already or not."""
        return Addresses(
            application=self._address(name, APPLICATION, self.application_password),
            owner=self._address(name, OWNER, self.owner_password),
        )

    def variables(self, name: str) -> dict[str, str]:
        """Return the settings under which a process of this run uses a database."""
        addresses = self.addresses(name)
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "STANDPIPE_ENVIRONMENT": "test",
            "STANDPIPE_SECRET_KEY": "a key for tests alone, known to everybody, of some length",
            "STANDPIPE_ORIGIN": "http://localhost:8000",
            "STANDPIPE_HOSTS": "testserver,127.0.0.1",
            "STANDPIPE_PLACE": "borrowdale",
            "STANDPIPE_METRICS_TOKEN": "a token for tests",
            "STANDPIPE_DATABASE_URL": addresses.application,
            "STANDPIPE_OWNER_DATABASE_URL": addresses.owner,
        }

    def clone(self, name: str) -> Addresses:
        """Make a database with every table and the place in it, starting PostgreSQL if need be."""
        with self._alone():
            self._make_template()
            return self._make(name, template=TEMPLATE)

    def empty(self, name: str) -> Addresses:
        """Make a database with nothing in it."""
        with self._alone():
            self._start()
            return self._make(name, template="template0")

    def end(self) -> None:
        """Drop what this run made on a PostgreSQL that was given; our own ends by itself."""
        if self.given is None:
            return
        with psycopg.connect(self.administrator, autocommit=True) as connection:
            names = connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{self._prefix}%"]
            ).fetchall()
            for (name,) in names:
                connection.execute(
                    sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
                )

    @property
    def administrator(self) -> str:
        """The address for a role that may do everything, once PostgreSQL has started."""
        if self.given:
            return self.given
        password = self._server().administrator_password()
        return f"postgresql://{ADMINISTRATOR}:{password}@127.0.0.1:{self.port}/postgres"

    @property
    def _prefix(self) -> str:
        return f"standpipe_trial_{self.number}_"

    def _server(self) -> Server:
        return Server(self.folder / "postgres", port=self.port)

    def _address(self, name: str, role: str, password: str) -> str:
        at = urlsplit(self.given).netloc.rpartition("@")[2] if self.given else None
        return (
            f"postgresql://{role}:{password}@{at or f'127.0.0.1:{self.port}'}/{self._prefix}{name}"
        )

    def _start(self) -> None:
        ready = self.folder / "ready"
        if self.given or ready.exists():
            return
        words = [str(self.folder / "postgres"), str(self.port), str(self.number)]
        with (self.folder / "keeper.log").open("wb") as log:
            keeper = subprocess.Popen(
                [sys.executable, "-m", "launcher.keeper", *words],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + STARTING_SECONDS
        while not ready.exists():
            if keeper.poll() is not None or time.monotonic() > deadline:
                raise NoTrial((self.folder / "keeper.log").read_text())
            time.sleep(0.05)

    def _make_template(self) -> None:
        self._start()
        if self._exists(TEMPLATE):
            return
        # Under another name until it is whole: a template that failed must not be used.
        self._make("unfinished", template="template0")
        for words in (["migrate", "--quiet"], ["place", "load", "--residents", "2000"], ["assets"]):
            made = subprocess.run(
                [sys.executable, "-m", "config.command", *words],
                cwd=ROOT,
                env={**os.environ, **self.variables("unfinished")},
                capture_output=True,
                text=True,
                check=False,
            )
            if made.returncode:
                raise NoTrial(f"standpipe {' '.join(words)} failed:\n{made.stderr}")
        self._do(
            "ALTER DATABASE {} RENAME TO {}", f"{self._prefix}unfinished", self._prefix + TEMPLATE
        )

    def _make(self, name: str, *, template: str) -> Addresses:
        name, addresses = self._prefix + name, self.addresses(name)
        if template == TEMPLATE:
            template = self._prefix + TEMPLATE
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self._do("CREATE DATABASE {} TEMPLATE {}", name, template)
        prepare(self.administrator, owner=addresses.owner, application=addresses.application)
        return addresses

    def _exists(self, name: str) -> bool:
        with psycopg.connect(self.administrator, autocommit=True) as connection:
            return bool(
                connection.execute(
                    "SELECT 1 FROM pg_database WHERE datname = %s", [self._prefix + name]
                ).fetchone()
            )

    def _do(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.administrator, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def trial() -> Trial:
    """Return the trial of this run, beginning it in the first process that asks."""
    if VARIABLE not in os.environ:
        begun = Trial(
            number=os.getpid(),
            port=free_port(),
            owner_password=secrets.token_urlsafe(16),
            application_password=secrets.token_urlsafe(16),
            given=os.environ.get("STANDPIPE_DATABASE_URL"),
        )
        os.environ[VARIABLE] = json.dumps(asdict(begun))
    return Trial(**json.loads(os.environ[VARIABLE]))
