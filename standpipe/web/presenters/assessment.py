"""Referrals as assessors, officers and applicants see them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from standpipe.assessments.findings import YES_NO, shown_finding
from standpipe.assessments.referral import Disclosed, ReferralLine, ReferralView, ReportView
from standpipe.audit.verbs import VERBS
from standpipe.kernel.text import Text
from standpipe.packs.assessment import AssessmentDefinition, Criterion
from standpipe.packs.pack import ServicePack
from standpipe.places.actions import organisation_id
from standpipe.places.place import Place
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.dates import date_in_words
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.showing import show_answer
from standpipe.web.presenters.question import lines_of
from standpipe.web.presenters.slots import appointment_shown
from standpipe.web.presenters.times import moment
from standpipe.web.wording import say

COLOURS = {"sent": "yellow", "taken": "blue", "reported": "green"}


def referral_rows(
    found: Iterable[ReferralLine],
    packs: Mapping[str, ServicePack],
    place: Place,
    vocabulary: Vocabulary,
    *,
    on: date,
    language: str,
) -> list[dict[str, Any]]:
    """Return the assessor's queue; one that is late says so."""
    rows = []
    for one in found:
        pack = packs.get(one.service)
        title = ""
        if pack and one.title is not None:
            attribute = vocabulary[Need.parse(pack.title_needs[0]).attribute]
            title = " ".join(lines_of(show_answer(attribute, one.title, language=language)))
        rows.append(
            {
                "reference": one.reference,
                "title": title or one.reference,
                "service": pack.label.in_(language) if pack else one.service,
                "organisation": name_of(one.organisation, place, language=language),
                "state": say(f"assessors.state.{one.state}", language=language),
                "colour": COLOURS.get(one.state, "grey"),
                "due": date_in_words(one.due_on, language=language),
                "is_late": one.state in ("sent", "taken") and one.due_on < on,
                "taken_by": one.taken_by_name,
            }
        )
    return rows


def referral_page(
    view: ReferralView,
    pack: ServicePack,
    definition: AssessmentDefinition,
    place: Place,
    vocabulary: Vocabulary,
    *,
    language: str,
) -> dict[str, Any]:
    """Return one referral, for whoever may see it as it is."""
    return {
        "reference": view.reference,
        "service": pack.label.in_(language),
        "asker": name_of(view.organisation, place, language=language),
        "assessor": name_of(view.assessor, place, language=language),
        "why": definition.why.in_(language),
        "law": pack.purpose.law,
        "basis": say(f"assessors.basis.{pack.purpose.lawful_basis}", language=language),
        "condition": pack.purpose.special_category_condition,
        "state": say(f"assessors.state.{view.state}", language=language),
        "state_code": view.state,
        "colour": COLOURS.get(view.state, "grey"),
        "referred": date_in_words(view.referred_at.date(), language=language),
        "referred_by": view.referred_by,
        "due": date_in_words(view.due_on, language=language),
        "is_open": view.is_open,
        "is_mine": view.is_mine,
        "taken_by": view.taken_by_name,
        "taken": moment(view.taken_at, language=language) if view.taken_at else None,
        "is_named": view.is_named_as_treating,
        "disclosed": disclosed_rows(view.disclosed, vocabulary, language=language),
        "appointment": appointment_shown(view.appointment, language=language),
        "is_seen": bool(definition.appointment.bookable),
        "conflicts": [
            {"by": one.by, "words": one.words, "when": moment(one.at, language=language)}
            for one in view.conflicts()
        ],
        "report": report_shown(view.report, definition, language=language) if view.report else None,
        "document": view.document,
        "happenings": [
            {
                "when": moment(one.at, language=language),
                "by": one.by or say("assessors.the_person", language=language),
                "did": VERBS[one.verb].in_(language),
                "words": one.words,
            }
            for one in reversed(view.happenings)
        ],
    }


def disclosed_rows(
    disclosed: Sequence[Disclosed], vocabulary: Vocabulary, *, language: str
) -> list[dict[str, Any]]:
    """Return what was told, in words, with the files among it."""
    rows = []
    for one in disclosed:
        attribute = vocabulary[Need.parse(one.need).attribute]
        rows.append(
            {
                "label": attribute.label.in_(language),
                "lines": lines_of(show_answer(attribute, one.value, language=language)),
                "document": one.document,
            }
        )
    return rows


def report_shown(
    report: ReportView, definition: AssessmentDefinition, *, language: str
) -> dict[str, Any]:
    """Return a report in words; `outcome` None where the assessor could not say."""
    recommendation = definition.recommendations[report.recommendation]
    return {
        "by": report.by,
        "when": moment(report.at, language=language),
        "recommendation": recommendation.label.in_(language),
        "outcome": recommendation.outcome,
        "words": report.words,
        "findings": [
            {
                "label": definition.criterion(one["criterion"]).label.in_(language),
                "value": shown_finding(
                    definition.criterion(one["criterion"]), one["value"], language=language
                ),
                "evidence": one["evidence"],
                "law": definition.criterion(one["criterion"]).law,
            }
            for one in report.findings
        ],
    }


def report_fields(
    definition: AssessmentDefinition,
    values: Mapping[str, str],
    faults: Mapping[str, str],
    *,
    language: str,
) -> dict[str, Any]:
    """Return the form of a report: one group of fields a criterion, in the order of the pack."""
    return {
        "criteria": [
            {
                "id": one.id,
                "label": one.label.in_(language),
                "law": one.law,
                "component": _component(one, values, faults, language),
                "evidence": None
                if one.kind == "text"
                else _textarea(f"evidence_{one.id}", "assessors.evidence", values, faults, language)
                | {"about": one.label.in_(language)},
            }
            for one in definition.criteria
        ],
        "recommendation": {
            "idPrefix": "recommendation",
            "name": "recommendation",
            "value": values.get("recommendation"),
            "fieldset": {
                "legend": {
                    "text": say("assessors.recommend", language=language),
                    "classes": "govuk-fieldset__legend--m",
                }
            },
            "items": [
                {"value": one.id, "text": one.label.in_(language)}
                for one in definition.recommendations.values()
            ],
            **_fault("recommendation", faults, language),
        },
        "words": _textarea("words", "assessors.recommend_why", values, faults, language),
        "errors": [{"href": f"#{name}", "text": text} for name, text in faults.items()],
    }


def name_of(organisation: UUID, place: Place, *, language: str) -> str:
    """Return the name of an organisation of the place."""
    for one in place.organisations:
        if organisation_id(one.slug) == organisation:
            return one.name.in_(language)
    return ""


def _component(
    criterion: Criterion, values: Mapping[str, str], faults: Mapping[str, str], language: str
) -> dict[str, Any]:
    hint = {"hint": {"text": criterion.hint.in_(language)}} if criterion.hint else {}
    named = {
        "name": criterion.id,
        "value": values.get(criterion.id),
        **hint,
        **_fault(criterion.id, faults, language),
    }
    label = {"text": criterion.label.in_(language), "classes": "govuk-label--m"}
    match criterion.kind:
        case "number":
            unit = criterion.unit.in_(language) if criterion.unit else None
            params = {
                **named,
                "id": criterion.id,
                "label": label,
                "classes": "govuk-input--width-5",
                "inputmode": "numeric",
                **({"suffix": {"text": unit}} if unit else {}),
            }
            return {"kind": "input", "params": params}
        case "text":
            params = {**named, "id": criterion.id, "label": label, "rows": 6}
            return {"kind": "textarea", "params": params}
    options: Mapping[str, Text] = criterion.options or YES_NO
    legend = {"text": label["text"], "classes": "govuk-fieldset__legend--m"}
    params = {
        **named,
        "idPrefix": criterion.id,
        "fieldset": {"legend": legend},
        "items": [{"value": one, "text": text.in_(language)} for one, text in options.items()],
    }
    if criterion.kind == "yes_no":
        params["classes"] = "govuk-radios--inline"
    return {"kind": "radios", "params": params}


def _textarea(
    name: str, label: str, values: Mapping[str, str], faults: Mapping[str, str], language: str
) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "rows": 3,
        "value": values.get(name),
        "label": {"text": say(label, language=language), "classes": "govuk-label--s"},
        **_fault(name, faults, language),
    }


def _fault(name: str, faults: Mapping[str, str], language: str) -> dict[str, Any]:
    if name not in faults:
        return {}
    hidden = say("common.error", language=language)
    return {"errorMessage": {"text": faults[name], "visuallyHiddenText": hidden}}
