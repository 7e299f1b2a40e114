"""Somebody else's client of the published service works against us, over HTTP."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection

from interfaces.dft_blue_badge.samples import order
from launcher.toolchain import fetched_uv
from tests import make
from tests.integration.interfaces.conftest import COUNTY
from tests.integration.interfaces.specification import FOLDER, specification

LIBRARY = "bravado==11.1.0"
# An index that is silent must not hold up what needs none.
FETCHING_SECONDS = 240
SCRIPT = Path(__file__).with_name("foreign_client.py")


class Server(ThreadingMixIn, WSGIServer):
    """Answers each request in a thread of its own."""

    daemon_threads = True

    def process_request_thread(self, request, client_address) -> None:
        """Answer, and leave no connection to the database behind."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            connection.close()


class Quiet(WSGIRequestHandler):
    """Writes no log of its own."""

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def origin() -> Iterator[str]:
    """Where this process answers over HTTP."""
    server = make_server(
        "127.0.0.1", 0, get_wsgi_application(), server_class=Server, handler_class=Quiet
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with somebody else's library; skipped where it cannot be had."""
    folder = tmp_path_factory.mktemp("library")
    try:
        uv = shutil.which("uv") or str(fetched_uv())
        subprocess.run(
            [uv, "pip", "install", "-q", "--python", sys.executable, "--target", folder, LIBRARY],
            capture_output=True,
            text=True,
            check=True,
            timeout=FETCHING_SECONDS,
        )
    except subprocess.CalledProcessError as refused:
        pytest.skip(f"{LIBRARY} cannot be had here: {str(refused.stderr or refused)[-300:]}")
    except (SystemExit, subprocess.TimeoutExpired) as refused:
        pytest.skip(f"{LIBRARY} cannot be had here: {refused}")
    return folder


def test_a_client_made_from_the_published_file_orders_finds_replaces_and_cancels(origin, library):
    specification("badgemanagement-api")
    system = make.client(COUNTY)
    today = datetime.now(UTC).date()
    name = f"Fay {secrets.token_hex(4)}"
    sent = order(
        today.isoformat(),
        (today + timedelta(days=365)).isoformat(),
        party__person__badgeHolderName=name,
        # Their schema requires three fields that it does not describe.
        partyTypeCode="PERSON",
        name=name,
        contactNumber="01632 960123",
    )
    file = FOLDER / "badgemanagement-api.json"

    done = subprocess.run(
        [
            *(sys.executable, str(SCRIPT), origin, system.client_id, system.secret),
            *(str(file), json.dumps(sent)),
        ],
        env={**os.environ, "PYTHONPATH": str(library)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["found"] == [told["ordered"]]
    assert told["statuses"] == ["REPLACED", "CANCELLED"]
    assert len(told["operations"]) == 9
