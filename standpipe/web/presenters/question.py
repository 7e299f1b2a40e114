"""A page of a form as its questions, and earlier answers to keep or change. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from standpipe.applications.application import ApplicationView
from standpipe.applications.choosing import OwnThing
from standpipe.kernel.text import Text
from standpipe.packs.for_whom import asked_in_words, in_words, is_own
from standpipe.packs.form import Ask, Page
from standpipe.vocabulary.answers import FieldFault, Submitted
from standpipe.vocabulary.attribute import Attribute, Vocabulary
from standpipe.vocabulary.dates import date_in_words
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.showing import show_answer
from standpipe.web.presenters.fields import Asked, components, sent_from_value


def question_form(
    view: ApplicationView,
    page: Page,
    vocabulary: Vocabulary,
    *,
    sent: Submitted | None,
    faults: tuple[FieldFault, ...],
    language: str,
    own: Sequence[OwnThing] = (),
    may_head: bool = True,
) -> dict[str, Any]:
    """
    Return title, components and faults of a page; without `sent`, with what is known.

    The label of a page's only question is its heading, unless the page shows something above it.
    `own` is what the person may choose from where the form lets them.
    """
    asks = [worded(view, ask, vocabulary) for ask in page.ask]
    is_alone = may_head and len(asks) == 1 and page.title is None
    drawn = []
    for ask, attribute in asks:
        asked = Asked(
            attribute=attribute,
            label=label_of(ask, attribute, language=language),
            hint=ask.hint.in_(language) if ask.hint else None,
            required=ask.required,
            is_heading=is_alone,
            # Only their own browser may fill in somebody's name and address.
            is_own=is_own(Need.parse(ask.need).role, view.for_whom),
            things=tuple(own) if ask.chosen_from else (),
        )
        shown = sent if sent is not None else _known(view, ask, attribute)
        drawn.extend(components(asked, shown, faults, language=language))
    return {
        "title": title_of(view, page, vocabulary, language=language),
        "has_own_heading": is_alone,
        "components": drawn,
        "has_files": any(one.type in ("file", "photo") for _, one in asks),
        "errors": [
            {"href": f"#{fault.field}", "text": fault.message.in_(language)} for fault in faults
        ],
        "why": page.why.about(view.called).in_(language) if page.why else None,
        "text": paragraphs(page.body.about(view.called) if page.body else None, language=language),
    }


def attribute_of(ask: Ask, vocabulary: Vocabulary) -> Attribute:
    """Return the attribute that an ask is about."""
    return vocabulary[Need.parse(str(ask.need)).attribute]


def worded(view: ApplicationView, ask: Ask, vocabulary: Vocabulary) -> tuple[Ask, Attribute]:
    """Return an ask and its attribute in words about whom the application is for."""
    attribute = in_words(attribute_of(ask, vocabulary), ask.need, view.called)
    return asked_in_words(ask, view.called), attribute


def label_of(ask: Ask, attribute: Attribute, *, language: str) -> str:
    """Return the question in a form's own words, else in the vocabulary's."""
    return (ask.label or attribute.ask).in_(language)


def title_of(view: ApplicationView, page: Page, vocabulary: Vocabulary, *, language: str) -> str:
    """Return the heading of a page: its own title, else its first question."""
    if page.title or not page.ask:
        return page.title.about(view.called).in_(language) if page.title else ""
    ask, attribute = worded(view, page.ask[0], vocabulary)
    return label_of(ask, attribute, language=language)


def paragraphs(text: Text | None, *, language: str) -> list[str]:
    """Return a text of several paragraphs as a list of them."""
    return text.in_(language).strip().split("\n\n") if text else []


def asks_for_address(page: Page, vocabulary: Vocabulary) -> bool:
    """Say whether a page asks for one address and nothing else."""
    return len(page.ask) == 1 and attribute_of(page.ask[0], vocabulary).type == "address"


def is_offered(view: ApplicationView, page: Page) -> bool:
    """Say whether earlier answers could be kept for all of a page that must be answered."""
    needs = [str(ask.need) for ask in page.ask]
    if not needs or any(need in view.answers for need in needs):
        return False
    required = [str(ask.need) for ask in page.ask if ask.required]
    return all(need in view.offered for need in required or needs)


def offer(
    view: ApplicationView, page: Page, vocabulary: Vocabulary, *, language: str
) -> dict[str, Any]:
    """Return the earlier answers of a page, with from where and when they are."""
    rows = []
    for ask in page.ask:
        offered = view.offered.get(str(ask.need))
        if offered is None:
            continue
        _, attribute = worded(view, ask, vocabulary)
        rows.append(
            {
                "label": attribute.label.in_(language),
                "lines": lines_of(show_answer(attribute, offered.value, language=language)),
                "service": offered.service.in_(language),
                "on": date_in_words(offered.at.date(), language=language),
            }
        )
    title = title_of(view, page, vocabulary, language=language)
    return {"title": title, "rows": rows, "first": rows[0]}


def kept_files(
    view: ApplicationView, page: Page, vocabulary: Vocabulary, *, language: str
) -> list[dict[str, Any]]:
    """Return the files of a page that are kept already."""
    kept = []
    for ask in page.ask:
        attribute = attribute_of(ask, vocabulary)
        value = view.answers.get(str(ask.need))
        if attribute.type in ("file", "photo") and isinstance(value, dict) and "document" in value:
            kept.append(
                {
                    "label": attribute.label.in_(language),
                    "name": value["name"],
                    "document": value["document"],
                    "is_photo": attribute.type == "photo",
                }
            )
    return kept


def lines_of(shown: str | list[str]) -> list[str]:
    """Return what `show_answer` gave as lines."""
    return [shown] if isinstance(shown, str) else list(shown)


def _known(view: ApplicationView, ask: Ask, attribute: Attribute) -> Submitted:
    need = str(ask.need)
    if need in view.answers:
        return sent_from_value(attribute, view.answers[need])
    if need in view.offered:
        return sent_from_value(attribute, view.offered[need].value)
    return {}
