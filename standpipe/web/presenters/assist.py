"""Help as staff begin it and as the person sees it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from standpipe.applications.channels import CHANNELS, Channel
from standpipe.assistance.assistance import BASES, LEGAL_POWERS, Assistance
from standpipe.kernel.text import Text
from standpipe.packs.pack import ServicePack
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.presenters.fields import Component
from standpipe.web.presenters.script import yes_or_no
from standpipe.web.wording import say

# In which ways staff help; the first two are read out.
WAYS: tuple[Channel, ...] = ("phone", "counter", "paper", "web_assisted")
# As on the page where people begin themselves.
FOR_WHOM = "forWhom"
READ_OUT: frozenset[Channel] = frozenset({"phone", "counter"})


def begin_questions(
    sent: Mapping[str, str],
    faults: Mapping[str, str],
    pack: ServicePack,
    *,
    helper: str,
    wording: str,
    language: str,
) -> dict[str, Component]:
    """Return what staff answer before they begin, by name; for whom only where that is open."""

    def radios(name: str, text: str, items: list[dict[str, Any]]) -> Component:
        params: dict[str, Any] = {
            "idPrefix": name,
            "name": name,
            "fieldset": {"legend": {"text": text, "classes": "govuk-fieldset__legend--m"}},
            "items": [{**one, "checked": sent.get(name) == one["value"]} for one in items],
        }
        return Component("radios", params | _fault(faults, name, language))

    def words(key: str, **values: str) -> str:
        return say(f"assist.begin.{key}", language=language, **values)

    whom = [{"value": one, "text": words(f"for.{one}")} for one in pack.applies_for]
    ways = [{"value": one, "text": CHANNELS[one].in_(language)} for one in WAYS]
    bases = [{"value": one, "text": text.in_(language)} for one, text in BASES.items()]
    said = yes_or_no(language=language)
    confirmed = {"value": "yes", "text": words("undertaking")}
    asked = {FOR_WHOM: radios(FOR_WHOM, words("for_whom"), whom)} if len(whom) > 1 else {}
    return asked | {
        "channel": radios("channel", words("channel"), ways),
        "agreed": radios("agreed", wording, said),
        "follow": radios("follow", words("follow", helper=helper), said),
        "basis": radios("basis", words("basis"), bases),
        "evidence": Component(
            "input",
            {
                "id": "evidence",
                "name": "evidence",
                "value": sent.get("evidence", ""),
                "label": {"text": words("evidence"), "classes": "govuk-label--s"},
                "hint": {"text": words("evidence_hint")},
                "autocomplete": "off",
                **_fault(faults, "evidence", language),
            },
        ),
        "undertaking": Component(
            "checkboxes",
            {
                "idPrefix": "undertaking",
                "name": "undertaking",
                "fieldset": {
                    "legend": {"text": words("yours"), "classes": "govuk-fieldset__legend--m"}
                },
                "items": [{**confirmed, "checked": sent.get("undertaking") == "yes"}],
                **_fault(faults, "undertaking", language),
            },
        ),
    }


def begin_faults(sent: Mapping[str, str], pack: ServicePack, *, language: str) -> dict[str, str]:
    """Return what is missing before help may begin, by field."""
    is_open = len(pack.applies_for) > 1
    chosen = sent.get(FOR_WHOM, "" if is_open else pack.applies_for[0])
    missing = {
        FOR_WHOM: chosen not in pack.applies_for,
        "channel": sent.get("channel") not in WAYS,
        "agreed": sent.get("agreed") != "yes",
        "follow": sent.get("follow") not in ("yes", "no"),
        "basis": sent.get("basis") not in BASES,
        "evidence": sent.get("basis") in LEGAL_POWERS and not sent.get("evidence", "").strip(),
        "undertaking": sent.get("undertaking") != "yes",
    }
    faults = {
        name: say(f"assist.begin.{name}_missing", language=language)
        for name, is_missing in missing.items()
        if is_missing
    }
    # Who speaks for somebody applies for somebody, where a service knows of that.
    if is_open and chosen == "self" and sent.get("basis") in LEGAL_POWERS:
        faults[FOR_WHOM] = say("assist.begin.speaks_for_another", language=language)
    return faults


def help_rows(
    helps: Sequence[Assistance], names: Mapping[UUID, Text], *, language: str
) -> list[dict[str, Any]]:
    """Return who helped a person, for that person."""
    return [
        {
            "id": one.id,
            "who": who_helps(one, names, language=language),
            "what": one.what.partition(":")[2],
            "until": _until(one, language),
            "basis": say(f"assist.help.{one.basis}", language=language, evidence=one.evidence),
            "receipt": one.receipt,
            "wording": one.wording,
            "undertaking": one.undertaking,
            "is_open": one.ended_at is None,
        }
        for one in helps
    ]


def who_helps(one: Assistance, names: Mapping[UUID, Text], *, language: str) -> str:
    """Return a helper's name with that of their organisation."""
    return called(one.helper_name, names[one.helper_organisation].in_(language))


def called(name: str, organisation: str) -> str:
    """Return a name with the organisation, unless it is part of the name already."""
    return name if organisation in name else f"{name}, {organisation}"


def _until(one: Assistance, language: str) -> str:
    if one.ended_at is not None:
        on = date_in_words(one.ended_at.date(), language=language)
        return say("assist.help.ended", language=language, on=on)
    return say(f"assist.help.until_{'ended' if one.may_follow else 'sent'}", language=language)


def _fault(faults: Mapping[str, str], name: str, language: str) -> dict[str, Any]:
    if name not in faults:
        return {}
    hidden = say("common.error", language=language)
    return {"errorMessage": {"text": faults[name], "visuallyHiddenText": hidden}}
