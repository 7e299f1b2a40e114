"""R-18 of the drills: whatever is thrown at it is refused, with words that say how to mend it."""

from __future__ import annotations

import random
import resource
import time
import zipfile
import zlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from io import BytesIO
from multiprocessing import get_context

import pytest

from standpipe.documents.cage import MEMORY_BYTES, PATIENCE_SECONDS
from standpipe.documents.cleaning import Cleaned, clean
from standpipe.documents.recognition import EICAR
from standpipe.documents.refusals import REASONS, NotAcceptable
from tests.unit.documents import files


def archive(depth: int = 0) -> bytes:
    content = bytes(2_000_000)
    for _ in range(depth + 1):
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("../../etc/passwd", content)
        content = out.getvalue()
    return content


def nested_pdf() -> bytes:
    deep = b"[" * 100_000 + b"]" * 100_000
    return files.pdf("x").replace(b"/MediaBox", b"/Deep " + deep + b" /MediaBox", 1)


def packed_often(times: int) -> bytes:
    content = files.zeroes(1)
    for _ in range(times - 1):
        content = zlib.compress(content)
    return files.pdf_with_stream(content, filters=["/FlateDecode"] * times)


HURTFUL: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "nothing": ("evidence", "empty", lambda: b""),
    "nothing for a photo": ("photo", "empty", lambda: b""),
    "a program": ("evidence", "not_evidence", lambda: b"MZ" + bytes(500)),
    "an archive": ("evidence", "not_evidence", archive),
    "archives in archives, 100 deep": ("evidence", "not_evidence", lambda: archive(100)),
    "words": ("evidence", "not_evidence", lambda: b"I cannot walk far."),
    "a web page called PDF": (
        "evidence",
        "not_evidence",
        lambda: b"<html><script>alert(1)</script></html>",
    ),
    "a drawing with a script": (
        "photo",
        "not_photo",
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    ),
    "an XML bomb": (
        "evidence",
        "not_evidence",
        lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
    ),
    "an old Word document": ("evidence", "not_evidence", lambda: b"\xd0\xcf\x11\xe0" + bytes(999)),
    "a GIF": ("photo", "not_photo", lambda: files.written(files.scene(), "GIF")),
    "a TIFF": ("evidence", "not_evidence", lambda: files.written(files.scene(), "TIFF")),
    "a PDF as a photo": ("photo", "not_photo", lambda: files.pdf("x")),
    "a WebP as evidence": ("evidence", "not_evidence", files.webp),
    "a HEIC photo": ("photo", "heic", lambda: b"\0\0\0\x18ftypheic" + bytes(99)),
    "page, then PDF": ("evidence", "not_evidence", lambda: b"<html>" + files.pdf("x")),
    "PDF and archive": ("evidence", "ambiguous", lambda: files.pdf("x") + archive()),
    "JPEG and archive": ("photo", "ambiguous", lambda: files.jpeg() + archive()),
    "PNG and archive": ("evidence", "ambiguous", lambda: files.png() + archive()),
    "JPEG and web page": (
        "photo",
        "ambiguous",
        lambda: files.jpeg(comment=b"<SCRIPT>alert(1)</SCRIPT>"),
    ),
    "JPEG and PDF": ("evidence", "ambiguous", lambda: files.jpeg() + files.pdf("x")),
    "JPEG and program": ("photo", "ambiguous", lambda: files.jpeg() + b"<?php system($_GET[0])"),
    "virus after a PDF": ("evidence", "virus", lambda: files.pdf("x") + EICAR),
    "virus packed in a PDF": (
        "evidence",
        "virus",
        lambda: files.pdf_with_stream(zlib.compress(bytes(99) + EICAR), filters=["/FlateDecode"]),
    ),
    "virus in a picture": ("photo", "virus", lambda: files.jpeg(comment=EICAR)),
    "a stream of 500 MB": (
        "evidence",
        "too_complex",
        lambda: files.pdf_with_stream(files.zeroes(500), filters=["/FlateDecode"]),
    ),
    "packed twice": (
        "evidence",
        "too_complex",
        lambda: files.pdf_with_stream(
            zlib.compress(files.zeroes(500)), filters=["/FlateDecode", "/FlateDecode"]
        ),
    ),
    "packed 100 times": ("evidence", "too_complex", lambda: packed_often(100)),
    "a picture of 10 gigapixels in a PDF": (
        "evidence",
        "too_complex",
        lambda: files.pdf_with_stream(
            zlib.compress(b""), filters=["/FlateDecode"], Width=100_000, Height=100_000
        ),
    ),
    "brackets, 100,000 deep": ("evidence", "unreadable", nested_pdf),
    "a PNG of 10 gigapixels": (
        "evidence",
        "too_many_pixels",
        lambda: files.pixel_bomb(100_000, 100_000),
    ),
    "a PNG of 31 megapixels": ("photo", "too_many_pixels", lambda: files.pixel_bomb(6200, 5000)),
    "a PNG that ends early": ("evidence", "unreadable", lambda: files.pixel_bomb(5000, 5000)),
    "half a JPEG": ("photo", "unreadable", lambda: files.jpeg()[:5000]),
    "the beginning of a PDF": ("evidence", "unreadable", lambda: files.pdf("x")[:60]),
    "the beginning of a PNG": ("evidence", "unreadable", lambda: files.png()[:40]),
    "only the mark of a PDF": ("evidence", "unreadable", lambda: b"%PDF-1.7"),
    "a PDF with a password": ("evidence", "password", lambda: files.locked_pdf("secret")),
    "51 pages": ("evidence", "too_many_pages", lambda: files.pdf(*["x"] * 51)),
    "no page": ("evidence", "no_pages", lambda: files.pdf()),
    "a small photo": ("photo", "too_small", lambda: files.jpeg(399, 500)),
    "a low photo": ("photo", "too_small", lambda: files.jpeg(500, 499)),
    "a moving WebP": ("photo", "moving", lambda: files.moving("WEBP")),
    "a moving PNG": ("photo", "moving", lambda: files.moving("PNG")),
    "a blank photo": (
        "photo",
        "blank",
        lambda: files.written(files.scene().point(lambda _: 7), "JPEG"),
    ),
}


@pytest.mark.parametrize("what", HURTFUL)
def test_it_is_refused_with_a_reason(what: str):
    kind, reason, make = HURTFUL[what]
    content = make()
    began = time.monotonic()

    with pytest.raises(NotAcceptable) as refused:
        clean(content, name="letter.pdf", kind=kind)

    assert refused.value.reason == reason
    assert refused.value.message == REASONS[reason]
    assert time.monotonic() - began < PATIENCE_SECONDS


def test_every_reason_is_said_in_two_languages_without_a_full_stop_at_the_end():
    for message in REASONS.values():
        assert message.en and message.cy and message.en != message.cy
        assert not message.en.endswith(".") and not message.cy.endswith(".")


def test_every_reason_but_one_of_cropping_has_a_file_that_meets_it():
    met = {reason for _, reason, _ in HURTFUL.values()}

    assert set(REASONS) - met == {"crop_too_small"}


def throw(spoilt: list[tuple[str, bytes]]) -> tuple[list[tuple[str, float]], int]:
    """Clean files; return what each was told and in how many seconds, and the most KB used."""

    def thrown(one: tuple[str, bytes]) -> tuple[str, float]:
        began = time.monotonic()
        try:
            outcome = clean(one[1], name="x", kind=one[0])
            assert isinstance(outcome, Cleaned)
            assert b"SECRET" not in outcome.content
            told = "taken"
        except NotAcceptable as refused:
            told = refused.reason
        return told, time.monotonic() - began

    with ThreadPoolExecutor(4) as several:
        outcomes = list(several.map(thrown, spoilt))
    return outcomes, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def test_spoilt_files_are_taken_or_refused_and_hurt_nobody():
    chance = random.Random(18)
    good = [
        ("photo", files.jpeg()),
        ("photo", files.webp()),
        ("evidence", files.png()),
        ("evidence", files.busy_pdf()),
        ("evidence", files.filled_form()),
    ]
    spoilt = []
    for number in range(120):
        kind, content = good[number % len(good)]
        if number % 3 == 0:
            spoilt.append((kind, content[: chance.randrange(len(content))]))
        else:
            changed = bytearray(content)
            for _ in range(chance.choice([1, 5, 50])):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            spoilt.append((kind, bytes(changed)))

    # In a process of its own: the most memory of any child is counted over a process's whole life.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        outcomes, largest_kilobytes = fresh.submit(throw, spoilt).result()

    assert max(seconds for _, seconds in outcomes) < PATIENCE_SECONDS
    assert {told for told, _ in outcomes} >= {"taken", "unreadable"}
    assert largest_kilobytes * 1024 <= MEMORY_BYTES
