"""A simulator's server: its routes, its control, and its faults on a real wire."""

import socket
import threading
import time
from urllib.parse import urlsplit

import httpx
import pytest

from standpipe.gateway.simulation.command import arguments_parser, required_setting
from standpipe.gateway.simulation.faults import FAULTS, Failing
from standpipe.gateway.simulation.messages import Reply, Request, Routes
from standpipe.gateway.simulation.server import Simulation, make_server

TOKEN = "control"
HASTY = httpx.Timeout(60, read=0.2)


def greet(request: Request, *, name: str) -> Reply:
    return Reply.json(200, {"hello": name, "loud": request.query.get("loud")})


def fail(request: Request) -> Reply:
    raise Failing("malformed")


@pytest.fixture
def url():
    """The address of a simulator that greets, and fails on request."""
    routes = Routes()
    routes.add("GET", "/hello/{name}", greet)
    routes.add("POST", "/form", lambda request: Reply.json(200, request.form()))
    routes.add("GET", "/fail", fail)
    routes.add("GET", "/page", lambda _: Reply.page("<p>"))
    server = make_server(Simulation("example", routes, control_token=TOKEN), port=0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    thread.join(timeout=5)
    server.server_close()


def switch(url, fault, *, token=TOKEN):
    return httpx.post(
        f"{url}/control/fault", json={"fault": fault}, headers={"Authorization": f"Bearer {token}"}
    )


def test_a_route_gets_what_its_path_and_query_say(url):
    answer = httpx.get(f"{url}/hello/ada", params={"loud": "yes"})

    assert answer.json() == {"hello": "ada", "loud": "yes"}
    assert answer.headers["cache-control"] == "no-store"


def test_a_form_is_read(url):
    assert httpx.post(f"{url}/form", data={"a": "1 2", "b": ""}).json() == {"a": "1 2", "b": ""}


@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("POST", "/hello/ada")])
def test_what_no_route_fits_is_not_found(url, method, path):
    assert httpx.request(method, url + path).status_code == 404


def test_health_answers_even_while_everything_else_fails(url):
    switch(url, "error")

    assert httpx.get(f"{url}/health").json() == {"simulator": "example", "fault": "error"}


@pytest.mark.parametrize("given", ["Bearer", "Basic control", "Bearer other", "Bearer þ"])
def test_control_wants_its_token(url, given):
    headers = {"Authorization": given.encode("latin-1")}
    answer = httpx.post(f"{url}/control/fault", json={"fault": "error"}, headers=headers)

    assert answer.status_code == 403
    assert httpx.get(f"{url}/health").json()["fault"] is None


def test_a_fault_nobody_knows_is_declined(url):
    assert switch(url, "tired").status_code == 400
    assert switch(url, "").status_code == 400


@pytest.mark.parametrize(
    ("fault", "status"),
    [("error", 500), ("unavailable", 503), ("throttled", 429), ("refusing", 403)],
)
def test_faults_of_status(url, fault, status):
    switch(url, fault)

    assert httpx.get(f"{url}/hello/ada").status_code == status
    switch(url, None)
    assert httpx.get(f"{url}/hello/ada").status_code == 200


def test_faults_of_content(url):
    switch(url, "malformed")
    with pytest.raises(ValueError):
        httpx.get(f"{url}/hello/ada").json()

    switch(url, "wrong_type")
    wrong = httpx.get(f"{url}/hello/ada").json()
    assert wrong.keys() == {"hello", "loud"}
    assert not any(isinstance(value, str | None) for value in wrong.values())


def test_a_page_of_another_type_is_still_no_answer(url):
    switch(url, "wrong_type")

    assert httpx.get(f"{url}/page").json() == [1, 2, 3]


def test_faults_of_the_wire(url):
    switch(url, "dropped")
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{url}/hello/ada")

    switch(url, "silent")
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{url}/hello/ada", timeout=HASTY)

    switch(url, "slow")
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{url}/hello/ada", timeout=HASTY)

    switch(url, "huge")
    with httpx.stream("GET", f"{url}/hello/ada") as answer:
        assert int(answer.headers["content-length"]) > 50_000_000


def test_one_route_may_fail_alone(url):
    with pytest.raises(ValueError):
        httpx.get(f"{url}/fail").json()
    assert httpx.get(f"{url}/hello/ada").status_code == 200


@pytest.mark.parametrize("length", ["-1", "many", str(10**9)])
def test_a_request_of_no_honest_length_is_hung_up_on(url, length):
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=60) as connection:
        connection.sendall(
            f"POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode()
        )
        assert connection.recv(100) == b""


def test_one_who_waits_in_silence_is_let_go_when_the_server_stops():
    routes = Routes()
    routes.add("GET", "/hello/{name}", greet)
    server = make_server(Simulation("example", routes, fault="silent"), port=0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    threading.Timer(0.3, server.shutdown).start()
    began = time.monotonic()

    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"http://localhost:{server.server_address[1]}/hello/ada", timeout=50)

    # Its silence would last a minute.
    assert time.monotonic() - began < 40
    thread.join(timeout=5)
    server.server_close()


def test_the_command_line_knows_every_fault():
    parser = arguments_parser("a.module", about="It.", settings=("STANDPIPE_EXAMPLE_KEY",))

    for fault in FAULTS:
        assert parser.parse_args(["--port", "0", "--fault", fault]).fault == fault
    assert "STANDPIPE_EXAMPLE_KEY" in parser.format_help()


def test_a_setting_that_is_missing_ends_the_program(monkeypatch):
    monkeypatch.delenv("STANDPIPE_EXAMPLE_KEY", raising=False)
    with pytest.raises(SystemExit, match="STANDPIPE_EXAMPLE_KEY is not set"):
        required_setting("STANDPIPE_EXAMPLE_KEY")

    monkeypatch.setenv("STANDPIPE_EXAMPLE_KEY", "key")
    assert required_setting("STANDPIPE_EXAMPLE_KEY") == "key"
