"""The deadline holds at the socket: no server can stretch it by sending little by little."""

import socket
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from standpipe.gateway.transport import BoundedTransport, ending_at

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"


@contextmanager
def server_that(serve):
    """Run a server on a port of its own that does `serve(connection)` with each connection."""
    listening = socket.create_server(("127.0.0.1", 0))

    def accept():
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=quietly, args=(connection,), daemon=True).start()

    def quietly(connection):
        with connection:
            try:
                serve(connection)
            except OSError:
                return

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://localhost:{listening.getsockname()[1]}/"
    finally:
        listening.shutdown(socket.SHUT_RDWR)  # closing alone leaves a waiting `accept` its port
        listening.close()


def get(url, *, within, read=60.0):
    with (
        httpx.Client(
            transport=BoundedTransport(connections=1), timeout=httpx.Timeout(read)
        ) as client,
        ending_at(time.monotonic() + within),
    ):
        return client.get(url)


def drip(text):
    def serve(connection):
        connection.recv(65536)
        for byte in text:
            connection.sendall(bytes([byte]))
            time.sleep(0.05)

    return serve


def answer_twice(connection):
    for _ in range(2):
        connection.recv(65536)
        connection.sendall(OK)


def test_an_answer_in_time_is_read():
    with server_that(answer_twice) as url:
        assert get(url, within=60).text == "hello"


def test_a_connection_is_kept_for_the_next_call():
    connections = []

    def serve(connection):
        connections.append(connection)
        answer_twice(connection)

    with (
        server_that(serve) as url,
        httpx.Client(transport=BoundedTransport(connections=1), timeout=60) as client,
    ):
        assert [client.get(url).text for _ in range(2)] == ["hello", "hello"]
    assert len(connections) == 1


@pytest.mark.parametrize(
    "text",
    [
        OK.replace(b"\r\n\r\n", b"\r\n" + b"X-More: 1\r\n" * 20 + b"\r\n"),  # drips its headers
        OK[:-5].replace(b"5", b"99") + b"x" * 99,  # drips its body
    ],
)
def test_dripping_does_not_stretch_the_deadline(text):
    with server_that(drip(text)) as url:
        began = time.monotonic()
        with pytest.raises(httpx.ReadTimeout):
            get(url, within=0.4)
    assert time.monotonic() - began < 5


def test_silence_ends_with_the_read_timeout_if_that_is_shorter():
    with server_that(lambda connection: time.sleep(60)) as url:
        began = time.monotonic()
        with pytest.raises(httpx.ReadTimeout):
            get(url, within=60, read=0.2)
    assert time.monotonic() - began < 20


def test_nothing_is_tried_after_the_deadline():
    with server_that(answer_twice) as url, pytest.raises(httpx.ConnectTimeout):
        get(url, within=-1)


def test_a_large_request_to_one_who_does_not_read_ends_in_time():
    with (
        server_that(lambda connection: time.sleep(60)) as url,
        httpx.Client(transport=BoundedTransport(connections=1), timeout=60) as client,
    ):
        began = time.monotonic()
        with pytest.raises(httpx.WriteTimeout), ending_at(began + 0.4):
            client.post(url, content=b"x" * 50_000_000)
    assert time.monotonic() - began < 20


def test_nobody_there_is_a_connect_error():
    with server_that(answer_twice) as url:
        pass
    with pytest.raises(httpx.ConnectError):
        get(url, within=60)


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 200 OK\r\nContent-Le", b"SSH-2.0-OpenSSH\r\n\r\n"]
)
def test_what_is_no_http_is_a_transport_error(said):
    def serve(connection):
        connection.recv(65536)
        connection.sendall(said)

    with server_that(serve) as url, pytest.raises(httpx.TransportError):
        get(url, within=60)


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*_self_signed(tmp_path))

    def serve(connection):
        with context.wrap_socket(connection, server_side=True) as secure:
            answer_twice(secure)

    with server_that(serve) as url, pytest.raises(httpx.ConnectError, match=r"(?i)certificate"):
        get(url.replace("http://", "https://"), within=60)


def _self_signed(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(tz=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    certificate_path, key_path = folder / "certificate.pem", folder / "key.pem"
    certificate_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate_path, key_path
