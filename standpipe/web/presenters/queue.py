"""The queue as rows and filters. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from standpipe.cases.queries import CaseRow, QueueFilters
from standpipe.identity.queries import Colleague
from standpipe.packs.pack import ServicePack
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.wording import say


def queue_rows(
    rows: Iterable[CaseRow], packs: Mapping[str, ServicePack], *, on: date, language: str
) -> list[dict[str, Any]]:
    """Return the cases as they are listed; one that is late says so."""
    shown = []
    for row in rows:
        pack = packs.get(row.service)
        is_late = row.closed_at is None and row.due_on is not None and row.due_on < on
        shown.append(
            {
                "reference": row.reference,
                "title": row.title,
                "service": pack.label.in_(language) if pack else row.service,
                "status": status_label(pack, row.status, language=language),
                "waits_on": party(row.waits_on, language=language),
                "due": date_in_words(row.due_on, language=language) if row.due_on else "",
                "is_late": is_late,
                "priority": priority_label(pack, row.priority, language=language),
                "assigned": row.assigned_to_name or say("staff.nobody", language=language),
            }
        )
    return shown


def status_label(pack: ServicePack | None, status: str, *, language: str) -> str:
    """Return the words of a status; its id where today's pack has none of that name."""
    for one in pack.case.statuses if pack else ():
        if one.id == status:
            return one.label.in_(language)
    return status


def priority_label(pack: ServicePack | None, priority: str, *, language: str) -> str:
    """Return in words why a case stands first; its id where today's pack has none of that name."""
    for one in pack.case.priorities if pack else ():
        if one.id == priority:
            return one.label.in_(language)
    return priority


def party(waits_on: str, *, language: str) -> str:
    """Return in words on whom a case waits."""
    known = ("applicant", "organisation", "nobody", "caseworker", "staff", "assessor")
    return say(f"staff.party.{waits_on}", language=language) if waits_on in known else waits_on


def filter_fields(
    filters: QueueFilters,
    packs: Mapping[str, ServicePack],
    colleagues: Sequence[Colleague],
    *,
    language: str,
) -> list[dict[str, Any]]:
    """Return the filters as select boxes."""
    every = {"value": "", "text": say("staff.filter.all", language=language)}
    services = [{"value": name, "text": packs[name].label.in_(language)} for name in packs]
    statuses: dict[str, str] = {}
    parties: dict[str, str] = {}
    for name in packs:
        for status in packs[name].case.statuses:
            statuses.setdefault(status.id, status.label.in_(language))
            parties.setdefault(status.waits_on, party(status.waits_on, language=language))
    people = [
        {"value": "me", "text": say("staff.filter.me", language=language)},
        {"value": "nobody", "text": say("staff.filter.nobody", language=language)},
        *({"value": str(one.id), "text": one.name} for one in colleagues),
    ]
    chosen = {
        "service": (services, filters.service),
        "status": (_options(statuses), filters.status),
        "waits_on": (_options(parties), filters.waits_on),
        "assigned_to": (people, filters.assigned_to),
    }
    return [
        {
            "id": name,
            "name": name,
            "label": {"text": say(f"staff.filter.{name}", language=language)},
            "items": [every, *options],
            "value": value or "",
        }
        for name, (options, value) in chosen.items()
    ]


def reassign_items(colleagues: Sequence[Colleague], *, language: str) -> list[dict[str, str]]:
    """Return to whom chosen cases can be given; the empty one asks for a choice."""
    return [
        {"value": "", "text": say("reassign.colleague", language=language)},
        *({"value": str(one.id), "text": one.name} for one in colleagues),
        {"value": "queue", "text": say("reassign.queue", language=language)},
    ]


def _options(words: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "text": text} for value, text in words.items()]
