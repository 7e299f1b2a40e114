"""What a person holds, and what can be done about it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from standpipe.entitlements.queries import EntitlementView, HappeningView
from standpipe.entitlements.renewal import renewed_with
from standpipe.entitlements.status import WORDS
from standpipe.packs.entitlement import EntitlementDefinition
from standpipe.packs.pack import ServicePack
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.wording import say

COLOURS = {"ordered": "blue", "issued": "green", "expired": "grey"}


def own_choices(
    own: Iterable[EntitlementView],
    of_others: Iterable[EntitlementView] = (),
    *,
    chosen: str,
    other: str,
    language: str,
) -> list[dict[str, Any]]:
    """
    Return radios for one's own entries and for those of whom one acts for, and one for another.

    None where there are none.
    """
    both = [(one, "") for one in own] + [(one, one.holder_name) for one in of_others]
    items = [
        {
            "value": str(one.id),
            "text": ", ".join(filter(None, (_number(one, language), name))),
            "hint": {"text": say("held.until", language=language, on=_day(one, language))},
            "checked": str(one.id) == chosen,
        }
        for one, name in both
    ]
    if not items:
        return []
    last = {
        "value": other,
        "text": say("about.other", language=language),
        "checked": chosen == other,
    }
    return [*items, last]


def held_rows(
    entries: Iterable[EntitlementView],
    definitions: Mapping[str, EntitlementDefinition],
    services: Iterable[ServicePack],
    *,
    on: date,
    language: str,
    of_others: bool = False,
) -> list[dict[str, Any]]:
    """
    Return a person's entries, newest first, each with its history and what can be asked.

    `of_others` are those of people for whom the person acts: each says whose it is.
    """
    offered, entries = list(services), list(entries)
    rows = []
    for one in entries:
        definition = definitions.get(one.kind)
        rows.append(
            {
                "id": str(one.id),
                "holder": one.holder_name if of_others else "",
                "label": definition.label.in_(language) if definition else one.kind,
                "number": one.number,
                "status": WORDS[one.status].in_(language),
                "colour": COLOURS.get(one.status, "grey"),
                "starts": date_in_words(one.starts_on, language=language),
                "expires": _day(one, language),
                "left_to": one.left_to,
                "together": _together(one, entries, definition, on=on, language=language),
                "history": history(one.history, definition, language=language, for_holder=True),
                "actions": [
                    {"service": pack.name, "label": pack.label.in_(language)}
                    for pack in offered
                    if pack.about is not None
                    and pack.about.kind == one.kind
                    and one.status in pack.about.statuses
                    and not one.left_to
                ],
                "renew": next(
                    (
                        pack.name
                        for pack in offered
                        if pack.entitlement is not None
                        and pack.entitlement.kind == one.kind
                        and pack.entitlement.may_renew(one.expires_on, status=one.status, on=on)
                        and not one.left_to
                    ),
                    None,
                ),
            }
        )
    renewed = {one.renews for one in entries}
    return [row | ({"renew": None} if _is(row, renewed) else {}) for row in rows]


def _together(
    one: EntitlementView,
    entries: Iterable[EntitlementView],
    definition: EntitlementDefinition | None,
    *,
    on: date,
    language: str,
) -> str:
    """Say how many end with one and can be renewed together; empty where it is one alone."""
    more = renewed_with(one, entries, definition, on=on) if definition else []
    return say("held.together", language=language, all=len(more) + 1) if more else ""


def history(
    happened: Iterable[HappeningView],
    definition: EntitlementDefinition | None,
    *,
    language: str,
    for_holder: bool,
) -> list[dict[str, str]]:
    """Return what happened, in words; what officers noted is not shown to the holder."""
    return [
        {
            "on": date_in_words(one.at.date(), language=language),
            "what": say(f"held.happened.{one.what}", language=language),
            "reason": _reason(one, definition, language),
            "words": "" if for_holder else one.words,
            "by": "" if for_holder else one.by,
        }
        for one in happened
        if not (for_holder and one.what == "noted")
    ]


def _reason(one: HappeningView, definition: EntitlementDefinition | None, language: str) -> str:
    for act in definition.acts.values() if definition and one.reason else ():
        if one.reason in act.reasons:
            return act.reasons[one.reason].label.in_(language)
    return one.reason


def _is(row: Mapping[str, Any], renewed: set[Any]) -> bool:
    return any(str(one) == row["id"] for one in renewed if one)


def _number(one: EntitlementView, language: str) -> str:
    return one.number or say("register.ordered", language=language)


def _day(one: EntitlementView, language: str) -> str:
    return date_in_words(one.expires_on, language=language)
