"""A port that was chosen is still free when its server starts, seconds later."""

import socket
import subprocess
import sys

import pytest

from launcher.places import ROOT
from launcher.postgres import free_port

MANY = "from launcher.postgres import free_port; print(*(free_port() for _ in range(300)))"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing holds a port")
def test_no_port_is_given_twice():
    # In a process of its own, which keeps them to its end.
    given = subprocess.run(
        [sys.executable, "-c", MANY], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert len(set(given.stdout.split())) == 300


def test_a_server_can_listen_on_it_and_come_back():
    port = free_port()

    for _ in range(2):
        with (
            socket.create_server(("127.0.0.1", port)),
            socket.create_connection(("127.0.0.1", port)),
        ):
            pass


def test_a_port_that_is_wanted_is_given_unless_somebody_listens_there():
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        assert free_port(taken) != taken

    assert free_port(taken) == taken
