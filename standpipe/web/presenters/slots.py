"""Times that are offered, and the one that is chosen. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from standpipe.assessments.appointment import LOCAL, AppointmentView, SlotView
from standpipe.packs.pack import ServicePack
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.presenters.times import moment
from standpipe.web.wording import say


def slot_rows(
    offered: Iterable[SlotView], packs: Mapping[str, ServicePack], *, language: str
) -> list[dict[str, Any]]:
    """Return what an organisation offers, as its staff see it."""
    return [
        {
            "id": one.id,
            "when": moment(one.starts_at, language=language),
            "kind": say(f"slots.kinds.{one.kind}", language=language),
            "place": one.place,
            "service": packs[one.service].label.in_(language) if one.service in packs else "",
            "is_taken": one.is_taken,
        }
        for one in offered
    ]


def slot_fields(
    assessed: Mapping[str, ServicePack],
    sent: Mapping[str, str],
    faults: Mapping[str, str],
    *,
    language: str,
) -> dict[str, Any]:
    """Return the form to offer times."""
    kinds = dict.fromkeys(
        kind
        for pack in assessed.values()
        if pack.case.assessment
        for kind in pack.case.assessment.appointment.bookable
    )

    def field(name: str, **more: Any) -> dict[str, Any]:
        hint = more.pop("hint", None)
        return {
            "id": name,
            "name": name,
            "value": sent.get(name, ""),
            "label": {
                "text": say(f"slots.{name}", language=language),
                "classes": "govuk-label--s",
            },
            **({"hint": {"text": say(hint, language=language)}} if hint else {}),
            **_fault(name, faults, language),
            **more,
        }

    return {
        "service": field(
            "service",
            items=[
                {"value": name, "text": pack.label.in_(language)} for name, pack in assessed.items()
            ],
        ),
        "first": field("first", type="date", classes="govuk-input--width-10"),
        "last": field("last", type="date", classes="govuk-input--width-10", hint="slots.last_hint"),
        "times": field("times", classes="govuk-input--width-20", hint="slots.times_hint"),
        "place": field("place", hint="slots.place_hint"),
        "kind": {
            "idPrefix": "kind",
            "name": "kind",
            "value": sent.get("kind"),
            "classes": "govuk-radios--inline",
            "fieldset": {
                "legend": {
                    "text": say("slots.kind", language=language),
                    "classes": "govuk-fieldset__legend--s",
                }
            },
            "items": [
                {"value": kind, "text": say(f"slots.kinds.{kind}", language=language)}
                for kind in kinds
            ],
            **_fault("kind", faults, language),
        },
    }


def choices(
    offered: Iterable[SlotView], *, language: str, chosen: str, fault: str | None
) -> list[dict[str, Any]]:
    """Return one group of radios a day, so that a long list can be read."""
    days = []
    for number, (day, slots) in enumerate(
        groupby(offered, key=lambda one: one.starts_at.astimezone(LOCAL).date())
    ):
        error = (
            {
                "errorMessage": {
                    "text": fault,
                    "visuallyHiddenText": say("common.error", language=language),
                }
            }
            if fault and number == 0
            else {}
        )
        days.append(
            {
                "idPrefix": "slot" if number == 0 else f"slot-{day.isoformat()}",
                "name": "slot",
                "value": chosen,
                "fieldset": {
                    "legend": {
                        "text": _day(day, language),
                        "classes": "govuk-fieldset__legend--s",
                    }
                },
                "items": [
                    {
                        "value": str(one.id),
                        "text": _clock(one, language),
                        "hint": {"text": _where(one, language)},
                    }
                    for one in slots
                ],
                **error,
            }
        )
    return days


def appointment_shown(one: AppointmentView | None, *, language: str) -> dict[str, Any] | None:
    """Return a chosen time in words; None without one."""
    if one is None:
        return None
    return {
        "when": moment(one.starts_at, language=language),
        "where": _where(one, language),
        "minutes": one.minutes,
        "starts_at": one.starts_at,
    }


def _where(one: SlotView | AppointmentView, language: str) -> str:
    kind = say(f"slots.kinds.{one.kind}", language=language)
    return kind if one.kind == "phone" else f"{kind}: {one.place}"


def _clock(one: SlotView, language: str) -> str:
    return moment(one.starts_at, language=language).rpartition(", ")[2]


def _day(day: date, language: str) -> str:
    weekday = say(f"slots.days.{day.weekday()}", language=language)
    return f"{weekday} {date_in_words(day, language=language)}"


def _fault(name: str, faults: Mapping[str, str], language: str) -> dict[str, Any]:
    if name not in faults:
        return {}
    hidden = say("common.error", language=language)
    return {"errorMessage": {"text": faults[name], "visuallyHiddenText": hidden}}
