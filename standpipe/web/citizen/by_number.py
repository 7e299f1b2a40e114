"""Naming an entry of a register by what stands on it: number, birth date and postcode."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest

from standpipe.entitlements.actions.matching import Matched, NoMatch, match
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import vocabulary
from standpipe.packs.pack import ServicePack
from standpipe.vocabulary.answers import Answer, FieldFault, read_answer
from standpipe.web.presenters.fields import Asked, components
from standpipe.web.wording import wording

Sent = dict[str, str | list[str]]


def number_questions(
    sent: Sent, faults: Sequence[FieldFault], *, say: Callable[..., str], language: str
) -> dict[str, Any]:
    """Return what `citizen/by_number.html` shows, with what was sent and what is wrong with it."""
    born = Asked(
        attribute=vocabulary()["person.birth_date"],
        label=say("about.birth_date"),
        hint=None,
        required=True,
        is_heading=False,
        is_own=False,
    )
    return {
        "number": sent.get("number", ""),
        "postcode": sent.get("postcode", ""),
        "components": components(born, sent, faults, language=language),
    }


def matched_by(
    request: HttpRequest, pack: ServicePack, sent: dict[str, str | list[str]]
) -> Matched | list[FieldFault]:
    """Return the entry that number, birth date and postcode fit, or what is wrong with them."""
    number, postcode = (str(sent.get(name, "")).strip() for name in ("number", "postcode"))
    read = read_answer(vocabulary()["person.birth_date"], sent, on=request.at.date())
    faults = [] if number else [FieldFault("number", wording()["about.no_number"])]
    faults += [] if isinstance(read, Answer) else list(read)
    faults += [] if postcode else [FieldFault("postcode", wording()["about.no_postcode"])]
    if faults or not isinstance(read, Answer):
        return faults
    try:
        with acting(request.actor):
            return match(
                pack.about.kind if pack.about else "",
                number=number,
                birth_date=date.fromisoformat(str(read.value)),
                postcode=postcode,
                actor=request.actor,
                at=request.at,
            )
    except NoMatch:
        return [FieldFault("number", wording()["about.no_match"])]
