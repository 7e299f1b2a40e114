"""A decision with its reasons, or what happens next. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from standpipe.applications.application import ApplicationView
from standpipe.cases.queries import DecisionView
from standpipe.kernel.text import Text
from standpipe.places.place import Organisation
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.presenters.explanation import deciding_step
from standpipe.web.presenters.review import review_part
from standpipe.web.presenters.timeline import timeline
from standpipe.web.presenters.times import whole_minutes
from standpipe.web.wording import say


def outcome_page(
    view: ApplicationView, organisation: Organisation, *, on: date, language: str
) -> dict[str, Any]:
    """Return what the outcome page of an application shows."""
    case = view.case
    waits_on_person = (
        case is not None and case.closed_at is None and case.position.waits_on == "applicant"
    )
    return {
        "status": view.status,
        "panel": _panel(view, language),
        "citizen": view.pack.outcomes[view.decision.outcome]
        .citizen.about(view.called)
        .in_(language)
        if view.decision and view.pack.entitlement
        else None,
        "is_refused": bool(view.decision and view.pack.entitlement and not view.entitlement),
        "decision": _decision(view, view.decision, language) if view.decision else None,
        "entitlement": _entitlement(view, language),
        "has_letter": f"decided_{view.outcome}" in view.pack.letters,
        "review": review_part(
            view, organisation=organisation.name.in_(language), on=on, language=language
        ),
        "next_steps": _next_steps(view, language),
        "was_referred": bool(view.referrals),
        "asked": _asked(view) if waits_on_person else None,
        "can_withdraw": view.status == "submitted",
        "timeline": timeline(view, language=language),
        "organisation": organisation.name.in_(language),
        "contact": organisation.contact,
        "hours": organisation.contact.hours.in_(language),
    }


def _panel(view: ApplicationView, language: str) -> dict[str, str]:
    """The heading of the page; green where something was granted or received."""
    if view.status == "withdrawn":
        return {"kind": "plain", "title": say("outcome.withdrawn.title", language=language)}
    if view.decision is None:
        return {
            "kind": "panel",
            "title": view.pack.form.confirmation_title.about(view.called).in_(language),
        }
    if view.pack.entitlement is None:
        # Nothing here is granted or refused: the outcome itself is the answer.
        outcome = view.pack.outcomes[view.decision.outcome]
        return {"kind": "plain", "title": _said(view, outcome.citizen, language)}
    if view.entitlement is None:
        return {"kind": "plain", "title": say("outcome.refused", language=language)}
    return {"kind": "panel", "title": say("outcome.granted", language=language)}


def _said(view: ApplicationView, text: Text, language: str) -> str:
    """Return a text of the pack as it speaks about whom the application is for."""
    return text.about(view.called).in_(language)


def _decision(view: ApplicationView, decision: DecisionView, language: str) -> dict[str, Any]:
    by_rules = decision.by_kind == "system"
    minutes = whole_minutes(view.begun_at, decision.at)
    return {
        "reason": decision.reason.in_(language),
        "by": say("outcome.by_rules", language=language)
        if by_rules
        else say("outcome.by_person", language=language),
        "by_rules": by_rules,
        "on": date_in_words(decision.at.date(), language=language),
        "step": deciding_step(decision.explanation, view.pack.vocabulary, language=language)
        if by_rules
        else None,
        "minutes": minutes if minutes < 180 else None,
    }


def _entitlement(view: ApplicationView, language: str) -> dict[str, str] | None:
    granted = view.entitlement
    if granted is None:
        return None
    return {
        "number": ", ".join(one.number for one in view.entitlements if one.number),
        "starts": date_in_words(granted.starts_on, language=language),
        "expires": date_in_words(granted.expires_on, language=language),
    }


def _next_steps(view: ApplicationView, language: str) -> list[str]:
    if view.status != "submitted" or view.submitted_at is None:
        return []
    case = view.case
    said = [_said(view, each, language) for each in view.pack.form.next_steps]
    due = case.position.due_on if case else None
    due = due or view.submitted_at.date() + timedelta(days=view.pack.case.target_days)
    by = say("outcome.received.due", language=language, due=date_in_words(due, language=language))
    return [*said, by]


def _asked(view: ApplicationView) -> str:
    asked = [event.why for event in view.case.events if event.verb == "case.asked"]
    return asked[-1] if asked else ""
