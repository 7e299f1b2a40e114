"""Outside systems for tests: real simulators as processes that can be killed and come back."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from launcher.postgres import free_port
from standpipe.gateway.connectors import Connectors, build_connector
from standpipe.gateway.manifest import read_manifest, read_manifests

ROOT = Path(__file__).parents[2]
# A register may still hold the numbers that another of these gave before, to other tests.
NUMBERS = range(32_000_000, 63_000_000)
# For a simulator that is well, on a machine that is busy.
PATIENCE_SECONDS = 60


class Outside:
    """One simulator on a port of its own; what it was told survives a kill."""

    def __init__(self, name: str, folder: Path) -> None:
        self.manifest = read_manifest(ROOT / "connectors" / name / "manifest.yaml")
        assert self.manifest.simulator is not None
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        given = {"port": self.port, "uuid": uuid.uuid4(), "secret": secrets.token_urlsafe()}
        self.settings = {
            setting: text.format(**given)
            for setting, text in self.manifest.simulator.settings.items()
        }
        self._first = secrets.choice(NUMBERS)
        self._store = folder / f"{name}.sqlite"
        self._token = secrets.token_urlsafe()
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", self.manifest.simulator.module),
                *("--port", str(self.port)),
                *(("--store", str(self._store)) if self.manifest.simulator.remembers else ()),
                *(("--first", str(self._first)) if self.manifest.name == "dft_blue_badge" else ()),
            ],
            cwd=ROOT,
            env={**os.environ, **self.settings, "STANDPIPE_SIMULATOR_TOKEN": self._token},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout.readline(), f"{self.manifest.name} did not start"

    def kill(self) -> None:
        """Kill it where it stands."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()
            self._process = None

    def fail_by(self, fault: str | None) -> None:
        """Switch a fault on; None switches it off."""
        answer = httpx.post(
            f"{self.url}/control/fault",
            json={"fault": fault},
            headers={"Authorization": f"Bearer {self._token}"},
            timeout=PATIENCE_SECONDS,
        )
        assert answer.status_code == 200

    def connectors(self, **limits: float) -> Connectors:
        """Build the real connector over real HTTP, with a circuit of its own."""
        manifest = replace(self.manifest, limits=replace(self.manifest.limits, **limits))
        outbound, connector = build_connector(manifest, manifest.pick_settings(self.settings))
        return Connectors({manifest.name: (manifest, outbound, connector)})

    def get(self, path: str) -> Any:
        """Return what a page of it says, as JSON."""
        return httpx.get(f"{self.url}{path}", timeout=PATIENCE_SECONDS).json()


def where_nobody_listens() -> dict[str, str]:
    """Return settings under which every connector calls a port at which nobody is."""
    given = {"port": 9, "uuid": uuid.uuid4(), "secret": "a-secret-of-tests"}
    return {
        setting: text.format(**given)
        for manifest in read_manifests(ROOT / "connectors")
        if manifest.simulator is not None
        for setting, text in manifest.simulator.settings.items()
    }
