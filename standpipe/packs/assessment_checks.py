"""What must hold of an assessment: what is disclosed is known, and the case can go and return."""

from __future__ import annotations

from collections.abc import Iterator

from standpipe.packs.assessment import REFER, REPORT, TAKE_BACK, AssessmentDefinition
from standpipe.packs.pack import ServicePack
from standpipe.packs.rule_steps import attribute_of
from standpipe.packs.source import Source
from standpipe.places.place import Place

# What is sent to somebody who is to be assessed.
REFERRED = ("referred",)
BOOKED = ("appointment_booked", "appointment_cancelled", "appointment_missed")
FILE = "case.yaml"


def check_assessment(pack: ServicePack, source: Source, place: Place) -> None:
    """Add to the source's faults whatever does not fit together."""
    assessment = pack.case.assessment
    if assessment is None:
        if pack.case.assessor:
            message = "There is an assessor and no assessment."
            source.fault(FILE, ["assessor"], message, "Remove it, or add assessment.")
        return
    where: list[str | int] = ["assessment"]
    found = (
        *_needs(assessment, pack),
        *_independence(assessment, pack),
        *_findings(assessment, pack),
        *_way(pack),
        *_organisation(pack, place),
    )
    for message, mend in found:
        source.fault(FILE, where, message, mend)
    for name in (*REFERRED, *(BOOKED if assessment.appointment.bookable else ())):
        if name not in pack.messages and f"messages/{name}.en.md" not in source.files:
            mend = f"Add messages/{name}.en.md and messages/{name}.cy.md."
            source.fault(f"messages/{name}.en.md", [], f"The message {name} is missing.", mend)


def _needs(assessment: AssessmentDefinition, pack: ServicePack) -> Iterator[tuple[str, str]]:
    asked = {ask.need for page in pack.form.pages for ask in page.ask}
    for need in (*assessment.discloses, *assessment.documents):
        attribute = attribute_of(need, pack.vocabulary)
        if attribute is None:
            yield f"{need} is not of the vocabulary.", "Name a role and an attribute of it."
            continue
        is_file = attribute.type in ("file", "photo")
        if is_file and need in assessment.discloses:
            yield f"{need} is a file.", "Name it in documents."
        if not is_file and need in assessment.documents:
            yield f"{need} is no file.", "Name it in discloses."
        if need not in asked and not attribute.derives_from:
            yield f"{need} is disclosed and never asked.", "Ask for it on a page, or leave it out."


def _independence(assessment: AssessmentDefinition, pack: ServicePack) -> Iterator[tuple[str, str]]:
    if set(pack.title_needs).isdisjoint(assessment.discloses):
        name = pack.title_needs[0]
        message = f"{name} is not disclosed: nobody could say whether they know them."
        yield message, f"Add {name} to discloses."
    for need in assessment.treated_by:
        if need not in assessment.discloses:
            yield f"{need} says who treats them and is not disclosed.", f"Add {need} to discloses."


def _findings(assessment: AssessmentDefinition, pack: ServicePack) -> Iterator[tuple[str, str]]:
    ids = [criterion.id for criterion in assessment.criteria]
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        yield f"Two criteria bear the id {twice}.", "Give each its own id."
    for criterion in assessment.criteria:
        least, most = criterion.least, criterion.most
        if least is not None and most is not None and least > most:
            yield f"{criterion.id} has no number it could be.", "Let least be at most most."
    for recommendation in assessment.recommendations.values():
        if recommendation.outcome and recommendation.outcome not in pack.outcomes:
            mend = f"Name one of: {', '.join(pack.outcomes)}."
            yield f"{recommendation.outcome} is no outcome.", mend


def _way(pack: ServicePack) -> Iterator[tuple[str, str]]:
    """The case can go to the assessor, and come back with a report or without."""
    ways = {
        verb: [one for one in pack.case.transitions if one.verb == verb]
        for verb in (REFER, REPORT, TAKE_BACK)
    }
    for verb, found in ways.items():
        if not found:
            yield f"No transition does {verb}.", f"Add one with the verb {verb}."
    gone = {one.to for one in ways[REFER]}
    for verb in (REPORT, TAKE_BACK):
        missed = gone - {status for one in ways[verb] for status in one.from_}
        for status in sorted(missed) if ways[verb] else ():
            yield f"{verb} does not lead back from {status}.", f"Add {status} to its from."
    for one in pack.case.transitions:
        if ("assessor" in one.who) != (one.verb == REPORT):
            message = f"{one.verb} is not for the assessor, or is for them and does not say so."
            yield message, f"Let assessor be in who of {REPORT}, and of nothing else."


def _organisation(pack: ServicePack, place: Place) -> Iterator[tuple[str, str]]:
    named = pack.case.assessor
    others = sorted(one.slug for one in place.organisations if one.slug != pack.organisation)
    if named is not None and named not in others:
        message = f"{named} cannot assess for {pack.organisation}: it is no other organisation."
        yield message, f"Name one of: {', '.join(others)}."
