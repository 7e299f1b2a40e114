"""What will be asked of whom, in the words that the person agrees to; and what came of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from standpipe.applications.application import ApplicationView
from standpipe.applications.standing import known_of_beginning
from standpipe.consent.mandate import BASIS_WORDS
from standpipe.eligibility.rules import Known
from standpipe.eligibility.working_out import WorkingOut
from standpipe.kernel.text import Text
from standpipe.packs.for_whom import in_words
from standpipe.packs.form import Page
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.dates import date_in_words
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.showing import show_answer
from standpipe.vocabulary.speaking import spoken_of
from standpipe.web.presenters.question import lines_of
from standpipe.web.wording import say


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the person is asked to agree to; `wording` is all of it, as it is kept."""

    title: str
    owner: str
    organisation: str
    asked: tuple[str, ...]
    told: tuple[dict[str, Any], ...]
    finding: str
    why: str
    in_stead: str | None
    wording: str


def proposal(
    view: ApplicationView,
    page: Page,
    vocabulary: Vocabulary,
    *,
    owner: Text,
    organisation: Text,
    language: str,
) -> Proposal:
    """Return what will be asked of a registry, what it will be told, and why."""
    name, asking = owner.in_(language), organisation.in_(language)
    title = (
        page.title.about(view.called).in_(language)
        if page.title
        else say("consult.title", language=language)
    )
    asked = tuple(
        spoken_of(vocabulary[Need.parse(need).attribute], view.called).label.in_(language)
        for need in page.gives
    )
    known = [need for need in page.discloses if known_value(view, need) is not None]
    told = tuple(_told(view, vocabulary, need, language) for need in known)
    finding = (
        say("consult.told_of", language=language, name=view.called.in_(language))
        if view.called
        else say("consult.told", language=language)
    )
    why = (page.why or view.pack.purpose.text).about(view.called).in_(language)
    in_stead = _in_stead("consult.in_stead", view, language)
    said = [
        title,
        *([in_stead] if in_stead else []),
        say("consult.intro", language=language, organisation=asking),
        name,
        say("consult.asked", language=language),
        *(f"- {one}" for one in asked),
        finding,
        *(f"- {one['label']}" for one in told),
        say("consult.why", language=language),
        why,
        say("consult.choice", language=language),
    ]
    return Proposal(title, name, asking, asked, told, finding, why, in_stead, "\n".join(said))


def result(
    view: ApplicationView, page: Page, vocabulary: Vocabulary, *, owner: Text, language: str
) -> dict[str, Any]:
    """Return what a registry said, in plain words, with the receipt of the agreement."""
    done = view.consultations[page.id]
    name = owner.in_(language)
    answered = []
    for need in page.gives:
        fact = view.facts.get(str(need))
        if fact is None or fact.value is not True:
            continue
        attribute = vocabulary[Need.parse(str(need)).attribute]
        answered.append(
            {
                "label": attribute.label.in_(language),
                "lines": lines_of(show_answer(attribute, fact.value, language=language)),
                "until": date_in_words(fact.valid_until, language=language)
                if fact.valid_until
                else None,
            }
        )
    return {
        "title": say(f"consult.result.{done.status}.title", language=language),
        "text": say(f"consult.result.{done.status}.text", language=language),
        "owner": name,
        "answers": answered if done.status == "met" else [],
        "receipt": done.receipt,
        "on": date_in_words(done.at.date(), language=language),
        "agreed": done.status != "declined",
        "in_stead": _in_stead("consult.receipt.in_stead", view, language),
    }


def _in_stead(key: str, view: ApplicationView, language: str) -> str | None:
    """Say who answers for whom, and by what right; None where people answer for themselves."""
    if view.called is None or view.mandate is None or view.mandate.basis is None:
        return None
    basis = BASIS_WORDS[view.mandate.basis].in_(language)
    return say(key, language=language, name=view.called.in_(language), basis=basis)


def known_value(view: ApplicationView, need: str) -> Any:
    """Return what is known of a need or follows from what is known; None if nothing does."""
    known = {one: Known(fact.value, fact.source) for one, fact in view.facts.items()}
    known |= known_of_beginning(view.for_whom)
    try:
        return WorkingOut(view.pack.rules(view.begun_at.date()), known).value(need)
    except KeyError:
        return None


def _told(
    view: ApplicationView, vocabulary: Vocabulary, need: str, language: str
) -> dict[str, Any]:
    attribute = in_words(vocabulary[Need.parse(need).attribute], need, view.called)
    value = known_value(view, need)
    return {
        "label": attribute.label.in_(language),
        "lines": lines_of(show_answer(attribute, value, language=language)),
    }
