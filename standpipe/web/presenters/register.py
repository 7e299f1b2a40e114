"""Entries of the register for staff. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from standpipe.entitlements.queries import EntitlementView, WaitingView
from standpipe.entitlements.receiving import Receivers
from standpipe.entitlements.status import WORDS
from standpipe.packs.entitlement import EntitlementDefinition
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.presenters.held import COLOURS, history
from standpipe.web.wording import say


def found_rows(found: Iterable[EntitlementView], *, language: str) -> list[dict[str, str]]:
    """Return the lines of a search."""
    return [_row(one, language) for one in found]


def waiting_rows(waits: Iterable[WaitingView], *, language: str) -> list[dict[str, Any]]:
    """Return what is still to be told to a maker."""
    return [
        _row(one.entry, language)
        | {
            "trouble": one.trouble,
            "tries": one.tries,
            "is_stuck": one.next_try is None,
            "reference": str(one.entry.id),
        }
        for one in waits
    ]


def entry_page(
    one: EntitlementView,
    definition: EntitlementDefinition,
    receivers: Receivers,
    *,
    roles: frozenset[str],
    language: str,
) -> dict[str, Any]:
    """Return one entry whole, with the acts that these roles may do to it where it stands."""
    acts = [
        {
            "name": name,
            "title": say(f"register.act.{name}", language=language),
            "reasons": [
                {"value": code, "text": reason.label.in_(language)}
                for code, reason in act.reasons.items()
            ],
        }
        for name, act in definition.acts.items()
        if name != "amend" and act.by & roles and one.status in act.from_ and not one.left_to
    ]
    return {
        "entry": _row(one, language)
        | {
            "label": definition.label.in_(language),
            "starts": date_in_words(one.starts_on, language=language),
            "born": date_in_words(one.holder_birth_date, language=language)
            if one.holder_birth_date
            else "",
            "left_to": one.left_to,
        },
        "history": history(one.history, definition, language=language, for_holder=False),
        "acts": acts if one.number else [],
        "organisations": [
            {"value": each.slug, "text": each.name.in_(language)} for each in receivers.choosable
        ],
    }


def _row(one: EntitlementView, language: str) -> dict[str, str]:
    return {
        "id": str(one.id),
        "number": one.number or say("register.ordered", language=language),
        "name": one.holder_name,
        "postcode": one.holder_postcode,
        "status": WORDS[one.status].in_(language),
        "colour": COLOURS.get(one.status, "grey"),
        "expires": date_in_words(one.expires_on, language=language),
    }
