"""
Files through the real pages: hostile ones are refused or made harmless, and none is shown inline.
"""

from __future__ import annotations

import http.client
import socket
import time
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from standpipe.web.actors import PERSON
from tests import make
from tests.unit.documents import files

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert('SECRET')</script>"
HOSTILE = {
    "page.html": b"<!DOCTYPE html><html>" + SCRIPT,
    "page.pdf": b"<!DOCTYPE html><html>" + SCRIPT,
    "photo.jpg": b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
    "photo.svg": b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
    "program.exe": b"MZ" + b"\0" * 600,
    "eicar.pdf": EICAR,
    "archive.zip": b"PK\x03\x04" + b"\0" * 200,
    "half.pdf": files.pdf("Half")[:120],
    "nothing.pdf": b"",
    "noise.jpg": bytes(range(256)) * 40,
}


@pytest.fixture(scope="module")
def page(database):
    """A browser on the page that asks for proof of who somebody is, and the page's address."""
    person = make.person()
    reference = make.application(person, until="identity")
    client = Client(raise_request_exception=False)
    session = client.session
    session[PERSON] = str(person.person)
    session.save()
    view = make.view(reference, person)
    assert view.next_page.id == "identity"
    return client, reference, person


def send(page, name: str, content: bytes):
    client, reference, _ = page
    from standpipe.packs.loaded import vocabulary
    from standpipe.vocabulary.inputs import inputs_of

    field = inputs_of(vocabulary()["evidence.identity"])[0].name
    file = BytesIO(content)
    file.name = name
    return client.post(
        f"/applications/{reference}/questions/identity",
        {field: file},
        headers={"Host": "localhost"},
    )


def kept(page):
    _, reference, person = page
    return make.view(reference, person).answers.get("applicant/evidence.identity")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_what_to_do(page, name):
    answer = send(page, name, HOSTILE[name])

    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.content.decode()
    assert "SECRET" not in answer.content.decode()
    assert kept(page) is None


def test_a_file_that_is_too_large_is_refused_with_the_limit(page):
    answer = send(page, "large.pdf", b"%PDF-" + b"\0" * (settings.ENV.max_upload_mb * 1024 * 1024))

    assert answer.status_code == 422
    assert f"{settings.ENV.max_upload_mb}" in answer.content.decode()
    assert kept(page) is None


def test_a_file_is_kept_clean_and_never_shown_inline(page):
    client, reference, _ = page
    busy = files.busy_pdf()
    answer = send(page, "../../<b>\u202efdp.exe\r\nX: y.pdf", busy)
    assert answer.status_code == 302

    value = kept(page)
    got = client.get(
        f"/applications/{reference}/files/{value['document']}", headers={"Host": "localhost"}
    )

    assert got.status_code == 200
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert "no-store" in got.headers["Cache-Control"]
    assert b"SECRET" not in got.content
    assert b"/JavaScript" not in got.content
    for sign in ("/", "\\", "\r", "\n", "\u202e", "<"):
        assert sign not in value["name"]


def test_a_picture_is_drawn_anew(page):
    person = make.person()
    reference = make.application(
        person, until="photo", told={"applicant/mobility.main_reason": "terminal"}
    )
    one = make.view(reference, person).next_page
    make.upload(reference, one, "applicant/badge.photo", person, mark="Roe")
    client = Client()
    session = client.session
    session[PERSON] = str(person.person)
    session.save()
    value = make.view(reference, person).answers["applicant/badge.photo"]

    got = client.get(
        f"/applications/{reference}/files/{value['document']}", headers={"Host": "localhost"}
    )

    assert got.headers["Content-Type"] in ("image/jpeg", "image/png")
    picture = Image.open(BytesIO(got.content))
    assert not picture.getexif()
    assert got.headers["Content-Disposition"].startswith("attachment")


def test_ten_gigabytes_are_refused_before_they_are_sent(stack):
    """A server that read on would take minutes, and its memory would grow with what is sent."""
    address = urlsplit(stack.origin)
    sent = 0
    started = time.monotonic()
    with socket.create_connection(("127.0.0.1", address.port), timeout=20) as line:
        line.sendall(
            b"POST /return HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10737418240\r\n"
            b"Content-Type: multipart/form-data; boundary=x\r\n\r\n"
            b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.pdf"\r\n\r\n'
        )
        block = b"\0" * 65536
        try:
            while sent < 512 * 1024 * 1024 and time.monotonic() - started < 20:
                line.sendall(block)
                sent += len(block)
        except OSError:
            pass
    took = time.monotonic() - started
    answer = http.client.HTTPConnection("127.0.0.1", address.port, timeout=10)
    answer.request("GET", "/health/live", headers={"Host": "localhost"})

    print(f"\nTen gigabytes: cut off after {sent / 1048576:.0f} MB and {took:.1f} s")
    assert sent < 256 * 1024 * 1024
    assert answer.getresponse().status == 200
