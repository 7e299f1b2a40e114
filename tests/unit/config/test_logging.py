"""Logs hold ids and counts, and nothing that a person wrote or is called."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from config.logging import configure


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged meanwhile; afterwards logging is as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    configure({"level": "info"})
    written = io.StringIO()
    root.handlers[0].setStream(written)
    yield written
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def _last(lines: io.StringIO) -> dict:
    return json.loads(lines.getvalue().splitlines()[-1])


def test_a_line_has_the_ids_of_request_and_case(lines):
    structlog.contextvars.bind_contextvars(request_id="r-1", case_id="c-1")

    structlog.get_logger("cases").info("case.assigned", count=3)

    line = _last(lines)
    assert (line["event"], line["request_id"], line["case_id"]) == ("case.assigned", "r-1", "c-1")
    assert (line["level"], line["logger"], line["count"]) == ("info", "cases", 3)


def test_a_value_without_a_listed_name_is_dropped_and_said_to_be(lines):
    structlog.get_logger("web").info("signed.in", email="ada@example.org")

    assert "ada@example.org" not in lines.getvalue()
    assert _last(lines)["dropped"] == ["email"]


def test_lines_of_other_packages_lose_their_values(lines):
    logging.getLogger("django.request").warning("Not Found: %s", "/people/ada-lovelace")

    assert _last(lines)["event"] == "Not Found: %s"
    assert "ada" not in lines.getvalue()


@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_a_traceback_keeps_its_places_and_loses_its_words(lines, whose):
    try:
        raise ValueError("Key (email)=(ada@example.org) already exists")
    except ValueError:
        if whose == "ours":
            structlog.get_logger("web").exception("page.failed")
        else:
            logging.getLogger("django.request").exception("Internal Server Error: %s", "/ada")

    assert "ada" not in lines.getvalue()
    exception = _last(lines)["exception"]
    assert exception["type"] == "ValueError"
    assert "test_logging.py" in exception["at"][-1]
