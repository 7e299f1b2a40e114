"""A page that repeats: those who were given so far, and one of them to add or change. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from standpipe.applications.application import ApplicationView
from standpipe.packs.form import Page
from standpipe.packs.repeating import asks_of, items_of
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.showing import show_answer
from standpipe.web.presenters.question import lines_of, title_of, worded
from standpipe.web.wording import say

REMOVE, ANOTHER = "remove", "another"


def one_of(page: Page, item: int, *, position: int, language: str) -> Page:
    """Return a page as it asks of one of several, headed by which one that is."""
    if page.repeat is None:
        raise ValueError(f"{page.id} does not repeat")
    title = page.repeat.item
    numbered = replace(
        title,
        en=title.en.format(number=position),
        cy=title.cy.format(number=position),
    )
    return replace(page, ask=asks_of(page, item), title=numbered, repeat=None)


def list_page(
    view: ApplicationView,
    page: Page,
    vocabulary: Vocabulary,
    *,
    path: str,
    kept_query: dict[str, str],
    fault: str | None,
    language: str,
) -> dict[str, Any]:
    """Return who was given so far, with ways to change and remove each, and to add another."""
    if page.repeat is None:
        raise ValueError(f"{page.id} does not repeat")
    known = items_of(page, view.answers)
    rows = []
    for position, item in enumerate(known, start=1):
        one = one_of(page, item, position=position, language=language)
        rows.append(
            {
                "title": one.title.in_(language) if one.title else "",
                "lines": _lines(view, one, vocabulary, language),
                "change_url": f"{path}?{urlencode({**kept_query, 'item': item})}",
                "remove_url": f"{path}?{urlencode({**kept_query, 'remove': item})}",
            }
        )
    is_full = len(known) >= page.repeat.most
    return {
        "title": title_of(view, page, vocabulary, language=language),
        "rows": rows,
        "full": say("repeat.full", language=language, most=page.repeat.most) if is_full else None,
        "another": None if is_full else _yes_no(ANOTHER, page, fault, language),
        "errors": [{"href": f"#{ANOTHER}", "text": fault}] if fault else [],
    }


def remove_page(
    view: ApplicationView,
    page: Page,
    vocabulary: Vocabulary,
    *,
    item: int,
    fault: str | None,
    language: str,
) -> dict[str, Any]:
    """Return the question whether one of several is to be removed."""
    position = items_of(page, view.answers).index(item) + 1
    one = one_of(page, item, position=position, language=language)
    question = say("repeat.remove_question", language=language)
    return {
        "title": one.title.in_(language) if one.title else "",
        "lines": _lines(view, one, vocabulary, language),
        "remove": _radios(REMOVE, question, fault, language),
        "errors": [{"href": f"#{REMOVE}", "text": fault}] if fault else [],
    }


def _lines(view: ApplicationView, one: Page, vocabulary: Vocabulary, language: str) -> list[str]:
    lines: list[str] = []
    for ask in one.ask:
        value = view.answers.get(ask.need)
        if value is not None:
            _, attribute = worded(view, ask, vocabulary)
            lines += lines_of(show_answer(attribute, value, language=language))
    return lines


def _yes_no(name: str, page: Page, fault: str | None, language: str) -> dict[str, Any] | None:
    question = page.repeat.another.in_(language) if page.repeat else ""
    return _radios(name, question, fault, language)


def _radios(name: str, question: str, fault: str | None, language: str) -> dict[str, Any]:
    hidden = say("common.error", language=language)
    return {
        "idPrefix": name,
        "name": name,
        "classes": "govuk-radios--inline",
        "fieldset": {"legend": {"text": question, "classes": "govuk-fieldset__legend--m"}},
        "errorMessage": {"text": fault, "visuallyHiddenText": hidden} if fault else None,
        "items": [
            {"value": "yes", "text": say("common.yes", language=language)},
            {"value": "no", "text": say("common.no", language=language)},
        ],
    }
