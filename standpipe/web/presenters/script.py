"""A page as words to say on the phone or across a counter, numbered. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from standpipe.applications.application import ApplicationView
from standpipe.packs.form import Page
from standpipe.vocabulary.attribute import Attribute, Vocabulary
from standpipe.web.presenters.fields import Component
from standpipe.web.presenters.question import attribute_of, label_of, paragraphs
from standpipe.web.wording import say


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say: its number, the words, the answers to offer, and a note for who asks."""

    number: str = ""
    words: str = ""
    options: tuple[str, ...] = ()
    note: str = ""


def question_script(
    view: ApplicationView, page: Page, vocabulary: Vocabulary, *, language: str
) -> list[Line]:
    """Return what to say for a page of questions; its number is its place in the form so far."""
    place = 1 + next((at for at, one in enumerate(view.visible) if one.id == page.id), 0)
    told = [page.title.in_(language)] if page.title else []
    told += paragraphs(page.body, language=language)
    lines = [Line("", words) for words in told]
    for at, ask in enumerate(page.ask, start=1):
        attribute = attribute_of(ask, vocabulary)
        number = str(place) if len(page.ask) == 1 else f"{place}.{at}"
        hint = ask.hint or attribute.hint
        note = "" if ask.required else say("assist.script.may_skip", language=language)
        words = label_of(ask, attribute, language=language)
        lines.append(Line(number, words, options(attribute, language=language), note))
        if hint:
            lines.append(Line("", hint.in_(language)))
    if page.why:
        lines.append(Line("", page.why.in_(language)))
    return lines


def options(attribute: Attribute, *, language: str) -> tuple[str, ...]:
    """Return the answers to a question that are read out; none where people use their own words."""
    found = [choice.label.in_(language) for choice in attribute.choices]
    if found and attribute.unknown:
        found.append(attribute.unknown.in_(language))
    return tuple(found)


def as_said(components: Sequence[Component], *, language: str) -> list[Component]:
    """Return tick boxes of declarations as a yes or no that somebody else says."""
    return [_said(one, language) if one.name == "checkboxes" else one for one in components]


def _said(one: Component, language: str) -> Component:
    (box,) = one.params["items"]
    params: dict[str, Any] = {
        "idPrefix": one.params["idPrefix"],
        "name": one.params["name"],
        "fieldset": {"legend": {"text": box["text"], "classes": "govuk-fieldset__legend--s"}},
        "items": yes_or_no(language=language),
        "classes": "govuk-radios--inline",
    }
    if "errorMessage" in one.params:
        params["errorMessage"] = one.params["errorMessage"]
    return Component("radios", params)


def yes_or_no(*, language: str, chosen: str = "") -> list[dict[str, Any]]:
    """Return the two things that somebody can have said."""
    return [
        {
            "value": value,
            "text": say(f"assist.said.{value}", language=language),
            "checked": chosen == value,
        }
        for value in ("yes", "no")
    ]
