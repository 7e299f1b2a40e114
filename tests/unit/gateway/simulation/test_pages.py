"""Pages of simulators, and the links in messages."""

import pytest

from standpipe.gateway.simulation.messages import Reply, Request
from standpipe.gateway.simulation.pages import page, with_links


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Go to https://a.example/x?a=1&b=2.", '<a href="https://a.example/x?a=1&amp;b=2">'),
        ("(see http://localhost:8000/c/AB12)", '<a href="http://localhost:8000/c/AB12">'),
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
        ('https://a.example/"onclick="x', '<a href="https://a.example/">'),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_addresses_can_be_followed_and_nothing_else_is_html(text, html):
    assert html in with_links(text)


def test_a_page_is_of_its_language_with_its_title_as_heading():
    html = page("Taliad <1>", "<p>x</p>", notice="Efelychol", language="cy", prefix="Gwall: ")

    assert '<html lang="cy">' in html
    assert "<title>Gwall: Taliad &lt;1&gt;</title>" in html
    assert "<h1>Taliad &lt;1&gt;</h1>" in html


def test_a_page_may_run_nothing_and_be_framed_nowhere():
    policy = Reply.page("").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_none(body):
    assert Request("POST", "/", {}, {}, body).json_object() is None


@pytest.mark.parametrize(
    ("header", "token"),
    [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic abc", None), ("Bearer ", None)],
)
def test_a_bearer_token_is_read(header, token):
    assert Request("GET", "/", {}, {"authorization": header}, b"").bearer() == token
