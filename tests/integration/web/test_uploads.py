"""Files are received in memory, up to their limit, and no more is kept of them."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from standpipe.web.uploads import MEGABYTE, answers_of, upload_of, uploads_of


def post(**files: object) -> HttpRequest:
    return RequestFactory().post("/", {"words": "here", "many": ["a", "b"], **files})


def test_a_file_within_the_limit_is_whole() -> None:
    request = post(file=SimpleUploadedFile("a.pdf", b"%PDF-1.7 some"))

    upload = upload_of(request, "file")

    assert upload is not None
    assert (upload.name, upload.content, upload.is_too_large) == ("a.pdf", b"%PDF-1.7 some", False)


def test_a_file_beyond_the_limit_is_marked_and_dropped() -> None:
    large = SimpleUploadedFile("a.pdf", b"x" * (settings.ENV.max_upload_mb * MEGABYTE + 1))

    upload = upload_of(post(file=large), "file")

    assert upload is not None
    assert upload.is_too_large
    assert upload.content == b""


def test_what_was_not_sent_is_none() -> None:
    assert upload_of(post(), "file") is None


def test_several_files_stay_apart() -> None:
    files = [SimpleUploadedFile("a", b"1"), SimpleUploadedFile("b", b"22")]

    assert [one.content for one in uploads_of(post(files=files), "files")] == [b"1", b"22"]


def test_answers_keep_what_was_sent_twice_as_a_list() -> None:
    assert answers_of(post()) == {"words": "here", "many": ["a", "b"]}


@pytest.mark.parametrize("size", [0, 1])
def test_small_files_pass(size: int) -> None:
    upload = upload_of(post(file=SimpleUploadedFile("a", b"x" * size)), "file")

    assert (upload.content if upload else b"") == b"x" * size
