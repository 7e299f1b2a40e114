"""For whom somebody is applying, asked before there is an application. Pure."""

from __future__ import annotations

from typing import Any

from standpipe.packs.pack import ServicePack
from standpipe.web.wording import say

FIELD = "forWhom"
# Oneself needs no explaining.
_PLAIN = ("self",)


def who_question(
    pack: ServicePack, *, chosen: str, fault: str | None, language: str
) -> dict[str, Any] | None:
    """Return the radios; None where a service is applied for in one way only."""
    if len(pack.applies_for) == 1:
        return None
    items = []
    for one in pack.applies_for:
        item: dict[str, Any] = {
            "value": one,
            "text": say(f"who.for.{one}", language=language),
            "checked": one == chosen,
        }
        if one not in _PLAIN:
            item["hint"] = {"text": say(f"who.hint.{one}", language=language)}
        items.append(item)
    params: dict[str, Any] = {
        "idPrefix": FIELD,
        "name": FIELD,
        "items": items,
        "fieldset": {
            "legend": {
                "text": say("who.question", language=language),
                "classes": "govuk-fieldset__legend--m",
            }
        },
    }
    if fault:
        hidden = say("common.error", language=language)
        params["errorMessage"] = {"text": fault, "visuallyHiddenText": hidden}
    return params
