"""Somebody who reports a fallen tree: the shortest way through a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from standpipe.web.presenters.fields import sent_from_value
from tests.journeys.applicant import vocabulary
from tests.journeys.browsing import Visitor

QUESTION = re.compile(r".*/(?P<reference>SP-[^/]+)/questions/(?P<page>[^/]+)")
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "where": {"report.location": "Across Lake Road, opposite the bakery"},
    "land": {"report.on_public_land": True},
    "danger": {"report.danger": False},
    "blocks": {"report.blocks": "road"},
    "contact": {"contact.email": "ada@example.org"},
}


@dataclass
class Reporter:
    """Reports a tree in a browser, page by page."""

    visitor: Visitor

    @property
    def reference(self) -> str:
        """The reference in the address of the page."""
        found = re.search(r"SP-[0-9A-Z]{4}-[0-9A-Z]{4}", self.visitor.path)
        assert found, self.visitor.path
        return found[0]

    @property
    def page(self) -> str | None:
        """The page of the form that is shown; None if it is none."""
        found = QUESTION.fullmatch(self.visitor.path)
        return found["page"] if found else None

    def begin(self) -> None:
        """Start from the page of the service."""
        self.visitor.open("/services/report_a_fallen_tree")
        self.visitor.submit()

    def answer(self) -> None:
        """Answer the page that is shown, and go on."""
        for attribute, value in ANSWERS[self.page or ""].items():
            self.visitor.fill(sent_from_value(vocabulary()[attribute], value))
        self.visitor.submit_last()
        assert not self.visitor.errors, self.visitor.errors

    def answer_all(self) -> None:
        """Answer up to “check your answers”."""
        while self.page is not None:
            self.answer()

    def declare(self) -> None:
        """Say that it is true, and send it."""
        declared = vocabulary()["declaration.true_and_complete"]
        self.visitor.fill(sent_from_value(declared, True))
        self.visitor.submit_last()
        assert not self.visitor.errors, self.visitor.errors
