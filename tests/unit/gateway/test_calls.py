"""Which addresses may be called, and what may be repeated."""

import pytest

from standpipe.gateway.calls import AddressNotAllowed, Answer, Call, Malformed, origin


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.example", "https://api.example:443"),
        ("https://API.example./v1", "https://api.example:443"),
        ("https://api.example:8443/v1", "https://api.example:8443"),
        ("http://localhost:8411", "http://localhost:8411"),
    ],
)
def test_an_origin_is_scheme_host_and_port(url, expected):
    assert origin(url, named_by="X") == expected


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example",
        "http://127.0.0.1:8000",
        "https://127.0.0.1",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[fe80::1%25eth0]/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://name:secret@api.example/",
        "https://name@api.example/",
        "ftp://api.example/",
        "file:///etc/passwd",
        "gopher://localhost:70/",
        "unix:///tmp/socket",
        "//api.example/",
        "https://",
        "https:///path",
        "https://api.example:99999999/",
        "https://[broken/",
        "",
        "localhost",
        "http://localhost.example/",
    ],
)
def test_anything_but_https_by_name_is_refused(url):
    with pytest.raises(AddressNotAllowed, match="STANDPIPE_X_URL"):
        origin(url, named_by="STANDPIPE_X_URL")


@pytest.mark.parametrize(
    ("terms", "repeated"),
    [
        ({"method": "GET"}, True),
        ({"method": "DELETE"}, True),
        ({"method": "POST"}, False),
        ({"method": "PATCH"}, False),
        ({"method": "POST", "only_reads": True}, True),
        ({"method": "POST", "idempotency_key": "key"}, True),
    ],
)
def test_what_changes_something_is_repeated_only_with_a_key(terms, repeated):
    call = Call(url="https://api.example", route="/", correlation_id="c", **terms)

    assert call.may_be_repeated is repeated


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/html", b"{}"),
        ("", b"{}"),
        ("application/json", b'{"cut'),
        ("application/json", b"\xff\xfe"),
        ("application/json", b"[" * 100_000),
        ("application/json", b"[]"),
    ],
)
def test_an_answer_that_is_no_json_object_is_malformed(media_type, body):
    with pytest.raises(Malformed):
        Answer(200, {"content-type": media_type}, body).json_object()


def test_problem_details_are_json_too():
    answer = Answer(400, {"content-type": "application/problem+json; charset=utf-8"}, b'{"a": 1}')

    assert answer.json_object() == {"a": 1}
