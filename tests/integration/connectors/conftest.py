"""Simulators as processes of their own, and the real connectors that call them."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from standpipe.gateway.connectors import build_connector
from standpipe.gateway.http import Outbound
from standpipe.gateway.manifest import Manifest, read_manifests
from tests.integration.outside import PATIENCE_SECONDS

ROOT = Path(__file__).parents[3]
NAMES = ("dwp_benefits", "govuk_notify", "govuk_pay")


@dataclass
class Running:
    """One simulator that runs: its address, its connector's settings, and a way to spoil it."""

    manifest: Manifest
    settings: dict[str, str]
    url: str
    control_token: str
    process: subprocess.Popen[str]

    def fail_by(self, fault: str | None) -> None:
        """Switch a fault on; None switches it off."""
        answer = httpx.post(
            f"{self.url}/control/fault",
            json={"fault": fault},
            headers={"Authorization": f"Bearer {self.control_token}"},
            timeout=PATIENCE_SECONDS,
        )
        assert answer.status_code == 200

    def connector(self, **limits: float) -> tuple[Outbound, object]:
        """Build the real connector over real HTTP, with a circuit of its own; it has patience."""
        patient = {"read_seconds": 30.0, "deadline_seconds": 60.0, **limits}
        manifest = replace(self.manifest, limits=replace(self.manifest.limits, **patient))
        return build_connector(manifest, manifest.pick_settings(self.settings))

    def asked(self) -> list[dict]:
        """Return what the simulated DWP was asked, in order."""
        answer = httpx.get(
            f"{self.url}/control/asked",
            headers={"Authorization": f"Bearer {self.control_token}"},
            timeout=PATIENCE_SECONDS,
        )
        return answer.json()["asked"]


def start(manifest: Manifest, *arguments: str, secret: str | None = None) -> Running:
    """Start a simulator on a free port, and wait until it says where."""
    token = secrets.token_urlsafe()
    secret, one_uuid = secret or secrets.token_urlsafe(), str(uuid.uuid4())
    terms = manifest.simulator
    settings = {
        name: text.replace("{secret}", secret).replace("{uuid}", one_uuid)
        for name, text in terms.settings.items()
    }
    process = subprocess.Popen(
        [sys.executable, "-m", terms.module, "--port", "0", *arguments],
        cwd=ROOT,
        env={**os.environ, **settings, "STANDPIPE_SIMULATOR_TOKEN": token},
        stdout=subprocess.PIPE,
        text=True,
    )
    url = process.stdout.readline().partition(": ")[2].strip()
    assert url, f"{terms.module} did not start"
    port = url.rpartition(":")[2]
    settings = {name: text.replace("{port}", port) for name, text in settings.items()}
    return Running(manifest, settings, url, token, process)


@pytest.fixture(scope="module")
def simulators() -> Iterator[dict[str, Running]]:
    """The three simulators, by name."""
    manifests = {one.name: one for one in read_manifests(ROOT / "connectors")}
    people = ("--place", "borrowdale", "--residents", "500")
    running = {
        name: start(manifests[name], *(people if manifests[name].simulator.residents else ()))
        for name in NAMES
    }
    yield running
    for one in running.values():
        one.process.terminate()
        assert one.process.wait(timeout=PATIENCE_SECONDS) == 0


@pytest.fixture
def dwp(simulators: dict[str, Running]) -> Running:
    """The simulated department, in order."""
    simulators["dwp_benefits"].fail_by(None)
    return simulators["dwp_benefits"]
