"""A whole Standpipe on this machine: simulators, web server and worker over one database."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import secrets
import subprocess
import urllib.request
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launcher.places import PYTHON, ROOT
from launcher.postgres import free_port
from launcher.processes import Child, Died, Processes
from standpipe.kernel.data_files import read_yaml

# A busy machine needs minutes; a process that died is noticed at once.
STARTING_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Addresses:
    """How the two roles reach the database."""

    application: str
    owner: str


class Stack:
    """
    The processes of one place; `start` brings them up and `stop` ends them.

    `keep` is a file of made-up secrets that later starts use again; without it each start makes
    new ones.
    """

    def __init__(
        self,
        folder: Path,
        *,
        database: Addresses,
        kind: str,
        port: int | None = None,
        keep: Path | None = None,
        settings: Mapping[str, str] | None = None,
        residents: int = 20_000,
        seed: int = 1,
    ) -> None:
        self._folder = folder
        self.processes = Processes(folder / "logs")
        self.port = port or free_port()
        self.origin = f"http://localhost:{self.port}"
        self.simulators: dict[str, str] = {}
        self._keep = keep
        self._kept: dict[str, str] = json.loads(keep.read_text()) if keep and keep.exists() else {}
        self._residents = residents
        self._seed = seed
        self._fixed_ports = kind == "demo"
        self.owner = database.owner
        self.variables = {
            **{name: text for name, text in os.environ.items() if name.startswith("STANDPIPE_")},
            "STANDPIPE_ENVIRONMENT": kind,
            "STANDPIPE_PLACE": os.environ.get("STANDPIPE_PLACE", "borrowdale"),
            "STANDPIPE_SECRET_KEY": self._secret("STANDPIPE_SECRET_KEY"),
            "STANDPIPE_METRICS_TOKEN": self._secret("STANDPIPE_METRICS_TOKEN"),
            # Opens the page of each simulator on which it is told to fail.
            "STANDPIPE_SIMULATOR_TOKEN": self._secret("STANDPIPE_SIMULATOR_TOKEN"),
            "STANDPIPE_DATABASE_URL": database.application,
            "STANDPIPE_ORIGIN": self.origin,
            "STANDPIPE_HOSTS": "127.0.0.1",
            **(settings or {}),
        }
        self.variables.pop("STANDPIPE_OWNER_DATABASE_URL", None)

    @property
    def place(self) -> Path:
        """The folder of the place that is served."""
        return ROOT / "places" / self.variables["STANDPIPE_PLACE"]

    def standpipe(self, *words: str, as_owner: bool = False, quiet: bool = False) -> str:
        """
        Run one `standpipe` command to its end and return what it printed, if `quiet`.

        :raises Died: if it fails
        """
        owner = {"STANDPIPE_OWNER_DATABASE_URL": self.owner} if as_owner else {}
        done = subprocess.run(
            [str(PYTHON), "-m", "config.command", *words],
            env=self._environ(owner),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=quiet,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Died(f"standpipe {' '.join(words)} failed.\n{done.stderr or ''}")
        return done.stdout or ""

    def start_command(self, name: str, *words: str) -> Child:
        """Start a `standpipe` command that goes on, under a name of its own."""
        return self.processes.start(
            name, [str(PYTHON), "-m", "config.command", *words], variables=self._environ()
        )

    def start_simulators(self, *, wait: bool = True) -> None:
        """Start the simulator of every connector, and point the settings to them."""
        for manifest in sorted((ROOT / "connectors").glob("*/manifest.yaml")):
            described = read_yaml(manifest)
            if "simulator" in described:
                self._start_simulator(described["name"], described["simulator"])
        if wait:
            self.await_simulators()

    def await_simulators(self) -> None:
        """Wait until every simulator answers."""
        for name, address in self.simulators.items():
            self.processes.until(
                functools.partial(_answers, f"{address}/health"),
                what=f"The simulator of {name}",
                seconds=STARTING_SECONDS,
            )

    def start_worker(self) -> None:
        """Start one worker."""
        self.start_command("worker", "worker")

    def start_web(self) -> None:
        """Start the web server and wait until it can serve, its worker included."""
        self.start_command("web", "serve", "--port", str(self.port))
        self.processes.until(self.is_ready, what="The web server", seconds=STARTING_SECONDS)

    def start(self) -> None:
        """Start all of it over a database that is up to date."""
        self.start_simulators(wait=False)
        self.start_worker()
        self.start_web()
        self.await_simulators()

    def stop(self) -> None:
        """Stop all that was started."""
        self.processes.stop()

    def is_ready(self) -> bool:
        """Return whether the web server answers that it is ready and that a worker speaks."""
        with contextlib.suppress(OSError, ValueError):
            address = f"http://127.0.0.1:{self.port}/health/ready"
            with urllib.request.urlopen(address, timeout=5) as answer:
                found = json.load(answer)
            return bool(found["ready"] and found["worker"] == "ok")
        return False

    def _start_simulator(self, name: str, simulator: Mapping[str, Any]) -> None:
        port = free_port(int(simulator["port"]) if self._fixed_ports else 0)
        filled = {
            setting: text.format(
                port=port, uuid=self._secret(setting, is_uuid=True), secret=self._secret(setting)
            )
            for setting, text in simulator["settings"].items()
        }
        self.variables |= filled
        people = (
            *("--place", self.variables["STANDPIPE_PLACE"]),
            *("--seed", str(self._seed), "--residents", str(self._residents)),
        )
        words = [str(PYTHON), "-m", simulator["module"], "--port", str(port)]
        if simulator.get("residents"):
            words.extend(people)
        if simulator.get("remembers"):
            words.extend(("--store", str(self._folder / f"{name}.sqlite")))
        self.processes.start(f"simulator-{name}", words, variables=self._environ(filled))
        self.simulators[name] = f"http://localhost:{port}"

    def _environ(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        ours = {
            name: text for name, text in os.environ.items() if not name.startswith("STANDPIPE_")
        }
        return {**ours, **self.variables, **(more or {}), "PYTHONUNBUFFERED": "1"}

    def _secret(self, name: str, *, is_uuid: bool = False) -> str:
        key = f"{name} (uuid)" if is_uuid else name
        if key not in self._kept:
            self._kept[key] = str(uuid.uuid4()) if is_uuid else secrets.token_urlsafe(48)
            if self._keep:
                self._keep.parent.mkdir(parents=True, exist_ok=True)
                self._keep.touch(mode=0o600)
                self._keep.write_text(json.dumps(self._kept, indent=1))
        return self._kept[key]


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=2).close()
    except OSError:
        return False
    return True
