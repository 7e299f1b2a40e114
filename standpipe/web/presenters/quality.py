"""Samples of decided cases as managers and reviewers see them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from standpipe.packs.pack import ServicePack
from standpipe.quality.sample import SampledView, SampleView
from standpipe.quality.sampling import ANSWERS, SMALL, is_small, tally
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.presenters.times import moment
from standpipe.web.wording import say


def sample_rows(
    found: Iterable[SampleView], services: Mapping[str, ServicePack], *, language: str
) -> list[dict[str, Any]]:
    """Return the samples as they are listed."""
    return [
        {
            "id": one.id,
            "service": services[one.terms.service].label.in_(language)
            if one.terms.service in services
            else one.terms.service,
            "drawn": moment(one.drawn_at, language=language),
            "by": one.drawn_by,
            "done": say(
                "quality.done", language=language, done=len(one.reviewed), count=len(one.cases)
            ),
        }
        for one in found
    ]


def draw_fields(
    services: Mapping[str, ServicePack],
    sent: Mapping[str, str],
    faults: Mapping[str, str],
    *,
    on: date,
    language: str,
) -> dict[str, Any]:
    """Return the form to draw a sample; at first, of a tenth of the last thirty days."""
    usual = {
        "first": (on - timedelta(days=30)).isoformat(),
        "last": on.isoformat(),
        "share": "10",
    }

    def field(name: str, **more: Any) -> dict[str, Any]:
        hint = more.pop("hint", None)
        return {
            "id": name,
            "name": name,
            "value": sent.get(name) or usual.get(name, ""),
            "label": {
                "text": say(f"quality.{name}", language=language),
                "classes": "govuk-label--s",
            },
            **({"hint": {"text": say(hint, language=language)}} if hint else {}),
            **_fault(name, faults, language),
            **more,
        }

    outcomes = {
        code: outcome.label.in_(language)
        for pack in services.values()
        for code, outcome in pack.outcomes.items()
    }
    every = {"value": "", "text": say("quality.any", language=language)}
    return {
        "service": field(
            "service",
            items=[
                {"value": name, "text": pack.label.in_(language)} for name, pack in services.items()
            ],
        ),
        "first": field("first", type="date", classes="govuk-input--width-10"),
        "last": field("last", type="date", classes="govuk-input--width-10"),
        "outcome": field(
            "outcome",
            items=[every, *({"value": code, "text": text} for code, text in outcomes.items())],
        ),
        "share": field(
            "share", classes="govuk-input--width-3", inputmode="numeric", suffix={"text": "%"}
        ),
        "seed": field("seed", classes="govuk-input--width-10", hint="quality.seed_hint"),
    }


def sample_page(view: SampleView, pack: ServicePack, *, language: str) -> dict[str, Any]:
    """Return a sample, with what was found and how far that can be trusted."""
    marks = [mark.id for mark in pack.case.quality]
    labels = {mark.id: mark.label.in_(language) for mark in pack.case.quality}
    reviewed = view.reviewed
    terms = view.terms
    outcome = pack.outcomes.get(terms.outcome)
    return {
        "id": view.id,
        "service": pack.label.in_(language),
        "drawn": say(
            "quality.drawn",
            language=language,
            count=len(view.cases),
            population=view.population,
            share=terms.share_percent,
        ),
        "terms": [
            (
                say("quality.decided", language=language),
                say(
                    "quality.between",
                    language=language,
                    first=date_in_words(terms.first, language=language),
                    last=date_in_words(terms.last, language=language),
                ),
            ),
            (
                say("quality.outcome", language=language),
                outcome.label.in_(language) if outcome else say("quality.any", language=language),
            ),
            (say("quality.seed", language=language), terms.seed),
            (
                say("quality.drawn_by", language=language),
                f"{view.drawn_by}, {moment(view.drawn_at, language=language)}",
            ),
        ],
        "reviewed": len(reviewed),
        "note": say("quality.small", language=language, least=SMALL)
        if is_small(len(reviewed))
        else None,
        "tallies": [
            {"label": labels[one.mark], "met": one.met, "not_met": one.not_met, "asked": one.asked}
            for one in tally(marks, (each.marks for each in reviewed))
        ],
        "cases": [
            {
                "reference": one.reference,
                "state": _state(one, language),
                "words": one.words,
                "can_review": one.reviewed_at is None and not one.is_own,
            }
            for one in view.cases
        ],
    }


def review_page(
    view: SampleView,
    one: SampledView,
    pack: ServicePack,
    sent: Mapping[str, str],
    faults: Mapping[str, str],
    *,
    language: str,
) -> dict[str, Any]:
    """Return the form to mark a case."""
    return {
        "id": view.id,
        "reference": one.reference,
        "can_review": one.reviewed_at is None and not one.is_own,
        "marks": [
            {
                "idPrefix": mark.id,
                "name": mark.id,
                "value": sent.get(mark.id) or one.marks.get(mark.id),
                "classes": "govuk-radios--inline",
                "fieldset": {
                    "legend": {
                        "text": mark.label.in_(language),
                        "classes": "govuk-fieldset__legend--s",
                    }
                },
                **({"hint": {"text": mark.hint.in_(language)}} if mark.hint else {}),
                "items": [
                    {"value": answer, "text": say(f"quality.answers.{answer}", language=language)}
                    for answer in ANSWERS
                ],
                **_fault(mark.id, faults, language),
            }
            for mark in pack.case.quality
        ],
        "words": {
            "id": "words",
            "name": "words",
            "rows": 4,
            "value": sent.get("words") or one.words,
            "label": {
                "text": say("quality.words", language=language),
                "classes": "govuk-label--s",
            },
            **_fault("words", faults, language),
        },
        "errors": [{"href": f"#{name}", "text": text} for name, text in faults.items()],
    }


def _state(one: SampledView, language: str) -> str:
    if one.reviewed_at:
        return say("quality.reviewed_by", language=language, name=one.reviewed_by)
    return say("quality.own" if one.is_own else "quality.to_review", language=language)


def _fault(name: str, faults: Mapping[str, str], language: str) -> dict[str, Any]:
    if name not in faults:
        return {}
    hidden = say("common.error", language=language)
    return {"errorMessage": {"text": faults[name], "visuallyHiddenText": hidden}}
