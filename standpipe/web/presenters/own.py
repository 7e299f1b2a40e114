"""Lists of what is one's own. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from standpipe.applications.application import ApplicationSummary
from standpipe.audit.queries import Looked
from standpipe.consent.queries import Agreement
from standpipe.kernel.text import Text
from standpipe.places.actions import organisation_id
from standpipe.places.place import Place
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.presenters.times import moment
from standpipe.web.wording import say

LOOKS = ("data.read", "document.read")
OWN = ("person", "anonymous")
# GOV.UK tags say at a glance whether the person has something to do.
STATUS_COLOURS = {
    "draft": "yellow",
    "paying": "yellow",
    "submitted": "blue",
    "decided": "green",
    "withdrawn": "grey",
}


def application_rows(mine: Sequence[ApplicationSummary], *, language: str) -> list[dict[str, Any]]:
    """Return a person's applications, newest first."""
    return [
        {
            "reference": one.reference,
            "label": one.label.in_(language),
            "status": one.status_words.in_(language),
            "colour": STATUS_COLOURS.get(one.status, "grey"),
            "begun": date_in_words(one.begun_at.date(), language=language),
            "is_open": one.status in ("draft", "paying"),
            "called": one.called.in_(language) if one.called else None,
            "is_readable": one.is_readable,
        }
        for one in mine
    ]


def looked_rows(
    entries: Sequence[Looked],
    place: Place,
    purposes: Mapping[str, Text],
    *,
    with_own: bool,
    language: str,
) -> list[dict[str, str]]:
    """
    Return who did what with a person's data and why, newest first.

    Their own looks are many and tell them nothing; they are left out unless `with_own`.
    """
    names = _organisations(place)
    return [
        {
            "when": moment(entry.at, language=language),
            "who": _who(entry, names, language),
            "did": entry.words.in_(language),
            "what": _what(entry.what, language),
            "to": _to(entry, names, language),
            "why": _why(entry, purposes, language),
        }
        for entry in entries
        if with_own or not (entry.verb in LOOKS and entry.actor_kind in OWN)
    ]


def agreement_rows(
    mine: Sequence[tuple[Agreement, Text | None]],
    place: Place,
    vocabulary: Vocabulary,
    owners: Mapping[str, Text],
    *,
    at: datetime,
    language: str,
) -> list[dict[str, Any]]:
    """Return what a person said yes or no to, each with for whom if not for themselves."""
    names = _organisations(place)
    return [
        {
            "id": one.id,
            "receipt": one.receipt,
            "called": called.in_(language) if called else None,
            "owner": owners[one.registry].in_(language) if one.registry in owners else one.registry,
            "organisation": names[one.organisation].in_(language),
            "attributes": [vocabulary[each].label.in_(language) for each in one.attributes],
            "disclosed": [vocabulary[each].label.in_(language) for each in one.disclosed],
            "agreed": one.agreed,
            "on": date_in_words(one.at.date(), language=language),
            "until": date_in_words(one.expires_at.date(), language=language),
            "withdrawn": date_in_words(one.withdrawn_at.date(), language=language)
            if one.withdrawn_at
            else None,
            "can_withdraw": one.in_force(at),
            "wording": one.wording.split("\n"),
        }
        for one, called in mine
    ]


def _organisations(place: Place) -> dict[UUID, Text]:
    return {organisation_id(one.slug): one.name for one in place.organisations}


def _who(entry: Looked, names: Mapping[UUID, Text], language: str) -> str:
    if entry.actor_kind in OWN:
        return say("looked.you", language=language)
    if entry.actor_kind == "on_behalf":
        key = "looked.for_you" if entry.actor_name else "looked.somebody_for_you"
        return say(key, language=language, name=entry.actor_name)
    if entry.actor_kind == "system":
        return say("looked.computer", language=language)
    if entry.organisation in names:
        organisation = names[entry.organisation].in_(language)
        return (
            entry.actor_name
            if organisation in entry.actor_name
            else (f"{entry.actor_name}, {organisation}")
        )
    return entry.actor_name


def _what(what: str, language: str) -> str:
    kind, _, name = what.partition(":")
    if kind in ("application", "case") and name:
        return say(f"looked.what.{kind}", language=language, name=name.partition("#")[0])
    if kind in ("referral", "referrals"):
        return say("looked.what.referral", language=language)
    if kind == "document":
        return say("looked.what.document", language=language)
    if kind in ("applications", "queue"):
        return say("looked.what.list", language=language)
    return name.partition("#")[0] or what


def _to(entry: Looked, names: Mapping[UUID, Text], language: str) -> str:
    """Return to which organisation something was told, and what by its labels; empty if to none."""
    told = entry.detail.get("to")
    if not told or UUID(str(told)) not in names:
        return ""
    return say("looked.to", language=language, organisation=names[UUID(str(told))].in_(language))


def _why(entry: Looked, purposes: Mapping[str, Text], language: str) -> str:
    if entry.purpose in purposes:
        return purposes[entry.purpose].in_(language)
    if entry.purpose in ("casework", "your_applications", "your_agreements", "assessment"):
        return say(f"looked.why.{entry.purpose}", language=language)
    return ""
