"""A case as staff see it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from standpipe.applications.application import ApplicationView
from standpipe.applications.channels import CHANNELS
from standpipe.audit.verbs import VERBS
from standpipe.cases.queries import CaseView, EventView
from standpipe.documents.queries import DocumentLine
from standpipe.entitlements.queries import EntitlementView
from standpipe.facts.fact import Fact
from standpipe.identity.queries import Colleague
from standpipe.kernel.text import Text
from standpipe.packs.pack import ServicePack
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.dates import date_in_words
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.showing import show_answer
from standpipe.web.presenters.explanation import every_step
from standpipe.web.presenters.mandate import mandate_row
from standpipe.web.presenters.question import lines_of
from standpipe.web.presenters.queue import party, priority_label, status_label
from standpipe.web.presenters.times import moment
from standpipe.web.wording import say


def case_page(
    case: CaseView,
    view: ApplicationView,
    vocabulary: Vocabulary,
    *,
    said: Mapping[str, Any] | None,
    owners: Mapping[str, Text],
    files: Sequence[DocumentLine],
    colleagues: Sequence[Colleague],
    on: date,
    language: str,
) -> dict[str, Any]:
    """Return everything that the page of a case shows."""
    pack = view.pack
    verbs = _open_verbs(case, pack)
    position = case.position
    explanation = case.decisions[-1].explanation if case.decisions else (said or {})
    return {
        "reference": case.reference,
        "title": case.title,
        "service": pack.label.in_(language),
        "status": status_label(pack, position.status, language=language),
        "waits_on": party(position.waits_on, language=language),
        "due": date_in_words(position.due_on, language=language) if position.due_on else None,
        "is_late": bool(case.closed_at is None and position.due_on and position.due_on < on),
        "priority": priority_label(pack, case.priority, language=language),
        "opened": date_in_words(case.opened_at.date(), language=language),
        "assigned": case.assigned_to_name,
        "channel": CHANNELS[view.channel].in_(language),
        "mandate": mandate_row(view.mandate, language=language),
        "facts": _facts(view, vocabulary, language, derived=False),
        "derived": _facts(view, vocabulary, language, derived=True),
        "files": [_file(one, language) for one in files],
        "consultations": [
            {
                "owner": owners[view.pack.form.page(page).registry or ""].in_(language),
                "status": say(f"staff.consulted.{one.status}", language=language),
                "trouble": one.trouble,
                "receipt": one.receipt,
                "when": moment(one.at, language=language),
            }
            for page, one in view.consultations.items()
            if one.receipt
        ],
        "steps": every_step(explanation, vocabulary, language=language),
        "is_decided": bool(case.decisions),
        "decisions": [
            {
                "outcome": pack.outcomes[one.outcome].label.in_(language)
                if one.outcome in pack.outcomes
                else one.outcome,
                "reason": one.reason.in_(language),
                "by": one.by,
                "when": moment(one.at, language=language),
            }
            for one in case.decisions
        ],
        "left_by_rules": _left_by_rules(case),
        "entitlements": view.entitlements,
        "has_paid": view.payment is not None and view.payment.state == "success",
        "wanted": pack.entitlement.wanted(view.answers) if pack.entitlement else None,
        "events": [_event(one, pack, language) for one in reversed(case.events)],
        "tasks": [
            {
                "name": task.name,
                "title": _task_title(pack, task.name, language),
                "done": moment(task.done_at, language=language) if task.done_at else None,
                "by": task.done_by,
            }
            for task in case.tasks
        ],
        "can_decide": "decide" in verbs,
        "can_ask": "ask_for_more" in verbs,
        "outcomes": [
            {"value": one, "text": pack.outcomes[one].label.in_(language)}
            for one in _outcomes(case, pack)
        ],
        "grounds": [
            {"value": code, "text": text.in_(language)} for code, text in pack.grounds.items()
        ],
        "colleagues": [
            {"value": "", "text": say("staff.nobody", language=language)},
            *(
                {"value": str(one.id), "text": one.name, "selected": one.id == case.assigned_to}
                for one in colleagues
            ),
        ],
    }


def _open_verbs(case: CaseView, pack: ServicePack) -> set[str]:
    if case.closed_at is not None:
        return set()
    return {
        one.verb
        for one in pack.case.transitions
        if case.position.status in one.from_ and "caseworker" in one.who
    }


def _left_by_rules(case: CaseView) -> list[str]:
    """What the rules noted for staff when they might have decided and did not."""
    if case.decisions:
        return []
    return [one.why for one in case.events if one.verb == "case.noted" and one.by_kind == "system"]


def _outcomes(case: CaseView, pack: ServicePack) -> list[str]:
    found = [
        one.outcome
        for one in pack.case.transitions
        if one.verb == "decide"
        and one.outcome
        and case.position.status in one.from_
        and "caseworker" in one.who
    ]
    return list(dict.fromkeys(found))


def register_lines(entries: Iterable[EntitlementView], *, language: str) -> list[dict[str, Any]]:
    """Return entries of the register as a case names them, for whoever is to decide."""
    return [
        {
            "id": str(one.id),
            "number": one.number or say("register.ordered", language=language),
            "name": one.holder_name,
            "until": say(
                "held.until",
                language=language,
                on=date_in_words(one.expires_on, language=language),
            ),
        }
        for one in entries
    ]


def _facts(
    view: ApplicationView, vocabulary: Vocabulary, language: str, *, derived: bool
) -> list[dict[str, Any]]:
    """Facts in the order in which they came; those worked out by themselves."""
    return [
        _fact(view.facts[need], vocabulary, language)
        for need in sorted(view.facts, key=lambda one: (view.facts[one].at, one))
        if (view.facts[need].source == "derived") == derived
    ]


def _fact(fact: Fact, vocabulary: Vocabulary, language: str) -> dict[str, Any]:
    attribute = vocabulary[Need.parse(fact.need).attribute]
    is_file = attribute.type in ("file", "photo") and isinstance(fact.value, dict)
    return {
        "label": attribute.label.in_(language),
        "lines": lines_of(show_answer(attribute, fact.value, language=language)),
        "document": fact.value.get("document") if is_file else None,
        "is_photo": attribute.type == "photo",
        "source": say(f"staff.source.{fact.source}", language=language),
        "assurance": say(f"staff.assurance.{fact.assurance}", language=language),
        "when": date_in_words(fact.at.date(), language=language),
        "until": date_in_words(fact.valid_until, language=language) if fact.valid_until else None,
    }


def _file(one: DocumentLine, language: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "size": f"{max(1, one.size // 1024)} KB",
        "when": moment(one.at, language=language),
        "made": one.made,
    }


def _event(event: EventView, pack: ServicePack, language: str) -> dict[str, Any]:
    verb = VERBS.get(event.verb)
    return {
        "when": moment(event.at, language=language),
        "by": event.by,
        "did": verb.in_(language) if verb else event.verb,
        "why": event.why,
        "status": status_label(pack, event.status, language=language),
    }


def _task_title(pack: ServicePack, name: str, language: str) -> str:
    for task in pack.case.tasks:
        if task.id == name:
            return task.title.in_(language)
    return name
