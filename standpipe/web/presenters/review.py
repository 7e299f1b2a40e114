"""A decision looked at again, as its person and as staff see it. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from standpipe.applications.actions.reviewing import asker_of
from standpipe.applications.application import ApplicationView
from standpipe.cases.queries import CaseView
from standpipe.cases.review import ReviewView, Standing, standing
from standpipe.packs.pack import ServicePack
from standpipe.packs.review import REVIEW, ReviewTerms
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.wording import say


def review_part(
    view: ApplicationView, *, organisation: str, on: date, language: str
) -> dict[str, Any] | None:
    """Return what the outcome page says of a review; None where there is none to speak of."""
    case, terms = view.case, _terms(view)
    if case is None or not case.decisions:
        return None
    stands = stands_towards(view, on=on)
    if stands == "none":
        return None
    part: dict[str, Any] = {"stands": stands, "elsewhere": _elsewhere(view, language)}
    if case.review is not None:
        return part | _said(view, case.review, organisation=organisation, language=language)
    decision, until = case.decisions[0], ""
    if terms is not None:
        last = terms.last_day(decision.at.date())
        until = date_in_words(last, language=language)
        part |= {
            "title": terms.title.about(view.called).in_(language),
            "text": terms.words(decision.at.date(), called=view.called, language=language),
            "days": terms.decide_days,
            "law": terms.law,
        }
    return part | {"late": say("review.late", language=language, until=until)}


def stands_towards(view: ApplicationView, *, on: date) -> Standing:
    """Tell how an application stands towards a review of its decision."""
    case = view.case
    if case is None or not case.decisions:
        return "none"
    return standing(
        _terms(view),
        asker=asker_of(view.for_whom),
        decided_on=case.decisions[0].at.date(),
        on=on,
        review=case.review,
    )


def staff_review(
    view: ApplicationView,
    case: CaseView,
    *,
    taken_part: Collection[str],
    who: str,
    on: date,
    language: str,
) -> dict[str, Any] | None:
    """Return what the page of a case says of a review, to `who`; None where there is none."""
    stands = stands_towards(view, on=on)
    if stands in ("none", "too_late"):
        return None
    terms = _terms(view)
    part: dict[str, Any] = {"stands": stands, "reads": _reads(view.language, language)}
    if case.review is None:
        last = terms.last_day(case.decisions[0].at.date()) if terms else on
        until = date_in_words(last, language=language)
        return part | {"hint": say("review.staff.record_hint", language=language, until=until)}
    review = case.review
    asked = date_in_words(review.asked_at.date(), language=language)
    part |= {
        "asked": say("review.staff.asked", language=language, who=review.asked_by, on=asked),
        "words": review.words,
        "due": say(
            "review.staff.due",
            language=language,
            due=date_in_words(case.position.due_on or review.due_on, language=language),
        ),
        "took_part": who in taken_part,
        "outcomes": review_outcomes(view.pack, case, language=language),
    }
    if review.reviewed_at is not None:
        what = say(f"review.staff.{_came_to(review)}", language=language)
        when = date_in_words(review.reviewed_at.date(), language=language)
        part["done"] = say(
            "review.staff.done", language=language, who=review.reviewed_by, on=when, what=what
        )
    return part


def review_outcomes(pack: ServicePack, case: CaseView, *, language: str) -> list[dict[str, str]]:
    """Return what a review can come to from where a case stands, in the words of the pack."""
    return [
        {"value": one.outcome, "text": one.label.in_(language)}
        for one in pack.case.transitions
        if one.verb == REVIEW and one.outcome and case.position.status in one.from_
    ]


def _terms(view: ApplicationView) -> ReviewTerms | None:
    if view.case is None or not view.case.decisions:
        return None
    first = view.case.decisions[0]
    return view.pack.case.review_terms(first.outcome, decided_on=first.at.date())


def _elsewhere(view: ApplicationView, language: str) -> str | None:
    return view.pack.challenge.in_(language) if view.pack.challenge else None


def _said(
    view: ApplicationView, review: ReviewView, *, organisation: str, language: str
) -> dict[str, str]:
    asked = date_in_words(review.asked_at.date(), language=language)
    case = view.case
    if review.reviewed_at is not None:
        on = date_in_words(review.reviewed_at.date(), language=language)
        return {
            "title": say("review.done.title", language=language),
            "text": say(f"review.done.{_came_to(review)}", language=language, on=on),
        }
    title = say("review.open.title", language=language)
    if case is not None and case.position.waits_on == "applicant":
        return {"title": title, "text": say("review.open.waits", language=language, asked=asked)}
    due = date_in_words(
        (case.position.due_on if case else None) or review.due_on, language=language
    )
    text = say(
        "review.open.text", language=language, asked=asked, due=due, organisation=organisation
    )
    return {"title": title, "text": text}


def _came_to(review: ReviewView) -> str:
    return "changed" if review.is_changed else "upheld"


def _reads(theirs: str, language: str) -> str:
    name = say(f"review.staff.{'welsh' if theirs == 'cy' else 'english'}", language=language)
    return say("review.staff.reads", language=language, theirs=name)
