"""Check your answers: every answer by page, with where it came from and how to change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from standpipe.applications.application import ApplicationView
from standpipe.packs.for_whom import is_own
from standpipe.packs.form import Page
from standpipe.packs.repeating import items_of
from standpipe.vocabulary.attribute import Attribute, Vocabulary
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.showing import show_answer
from standpipe.vocabulary.speaking import spoken_of
from standpipe.web.presenters.question import lines_of, worded
from standpipe.web.presenters.repeating import one_of
from standpipe.web.wording import say


def answer_groups(
    view: ApplicationView,
    vocabulary: Vocabulary,
    *,
    language: str,
    change_url: Callable[[str, str], str],
) -> list[dict[str, Any]]:
    """
    Return the answers in the order of the form; pages with a title are groups of their own.

    `change_url` gives the address of a page from a reference and the page's id.
    """
    groups: list[dict[str, Any]] = []
    for page in _pages(view, language):
        rows = _rows(view, page, vocabulary, language=language, change_url=change_url)
        if not rows:
            continue
        title = (
            page.title.about(view.called).in_(language) if page.title and len(rows) > 1 else None
        )
        if title is None and groups and groups[-1]["title"] is None:
            groups[-1]["rows"].extend(rows)
        else:
            groups.append({"title": title, "rows": rows})
    return groups


def _pages(view: ApplicationView, language: str) -> Iterator[Page]:
    """Yield the pages that show; one that repeats once for each that was given."""
    for page in view.visible:
        if page.repeat is None:
            yield page
            continue
        for position, item in enumerate(items_of(page, view.answers), start=1):
            yield one_of(page, item, position=position, language=language)


def _rows(
    view: ApplicationView,
    page: Page,
    vocabulary: Vocabulary,
    *,
    language: str,
    change_url: Callable[[str, str], str],
) -> list[dict[str, Any]]:
    change = f"{change_url(view.reference, page.id)}?from=check"
    item = Need.parse(page.ask[0].need).item if page.ask else None
    if item:
        change += f"&item={item}"
    rows = []
    for ask in page.ask:
        about, attribute = worded(view, ask, vocabulary)
        if view.called is not None and is_own(Need.parse(ask.need).role, view.for_whom):
            # Among answers about somebody else, "Name" would not say whose.
            attribute = replace(attribute, label=about.label or attribute.ask)
        value = view.answers.get(str(ask.need))
        rows.append(
            {
                **_row(view, str(ask.need), attribute, value, language=language),
                "change_url": change,
            }
        )
    for need in page.gives:
        fact = view.facts.get(str(need))
        # What a registry did not confirm says nothing against the person.
        if fact is not None and fact.source == "registry" and fact.value is not False:
            attribute = spoken_of(vocabulary[Need.parse(need).attribute], view.called)
            row = _row(view, str(need), attribute, fact.value, language=language)
            rows.append({**row, "change_url": None})
    return rows


def _row(
    view: ApplicationView, need: str, attribute: Attribute, value: Any, *, language: str
) -> dict[str, Any]:
    fact = view.facts.get(need)
    source = fact.source if fact else "told"
    if fact is not None and fact.kept_from:
        source = "kept"
    return {
        "label": attribute.label.in_(language),
        "lines": lines_of(show_answer(attribute, value, language=language)),
        "is_photo": attribute.type == "photo" and isinstance(value, dict),
        "document": value["document"]
        if attribute.type in ("file", "photo") and isinstance(value, dict) and "document" in value
        else None,
        "source": say(f"answers.source.{source}", language=language) if source != "told" else None,
    }
