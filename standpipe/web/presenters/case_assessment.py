"""The referrals of an application, for its officer and for its person."""

from __future__ import annotations

from typing import Any

from standpipe.applications.application import ApplicationView
from standpipe.packs.assessment import REFER, TAKE_BACK
from standpipe.packs.loaded import place, vocabulary
from standpipe.web.presenters.assessment import referral_page


def referrals_shown(view: ApplicationView, *, language: str) -> list[dict[str, Any]]:
    """Return every referral, newest first."""
    definition = view.pack.case.assessment
    if definition is None:
        return []
    return [
        referral_page(one, view.pack, definition, place(), vocabulary(), language=language)
        for one in view.referrals
    ]


def case_assessment(view: ApplicationView, *, language: str) -> dict[str, Any] | None:
    """Return what the page of a case shows of its assessment; None for a service without one."""
    case, definition = view.case, view.pack.case
    if case is None or definition.assessment is None:
        return None
    verbs = {
        one.verb
        for one in definition.transitions
        if case.closed_at is None and case.position.status in one.from_ and "caseworker" in one.who
    }
    return {
        "referrals": referrals_shown(view, language=language),
        "can_refer": REFER in verbs and definition.assessor is not None,
        "can_take_back": TAKE_BACK in verbs,
    }
