"""Saying whether a number is valid, to whoever of the place may ask."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from standpipe.audit.actions import record
from standpipe.entitlements.actions.entries import by_number
from standpipe.entitlements.models import Check
from standpipe.identity.actor import Actor

Validity = Literal["valid", "not_valid", "unknown"]


def check(kind: str, number: str, *, actor: Actor, at: datetime) -> Validity:
    """
    Say whether a number is valid today, and keep that it was asked, by whom and when.

    Any organisation of the place may ask about any number; it is told this one word alone.
    """
    found = by_number(kind, number, on=at.date())
    answer: Validity = "unknown" if found is None else ("valid" if found.valid else "not_valid")
    asked = number.strip().upper()[:40]
    Check.objects.create(
        kind=kind,
        number=asked,
        asked_by_id=actor.organisation,
        by=actor.name,
        answer=answer,
        at=at,
    )
    record(
        "entitlement.checked",
        actor=actor,
        at=at,
        organisation=actor.organisation,
        subjects=[] if found is None else [found.person],
        what=f"{kind}:{asked}",
        detail={"answer": answer},
    )
    return answer
