"""What must hold of a pack whose decisions can be reviewed."""

from __future__ import annotations

from standpipe.packs.pack import ServicePack
from standpipe.packs.review import ASK_REVIEW, REVIEW, UNTIL
from standpipe.packs.rule_steps import attribute_of
from standpipe.packs.source import Source

CASE = "case.yaml"


def check_review(pack: ServicePack, source: Source) -> None:
    """Add to the source's faults whatever keeps a review from being asked, decided or told."""
    concerns = pack.case.concerns
    for need in (concerns.case, concerns.named) if concerns else ():
        if need and attribute_of(need, pack.vocabulary) is None:
            mend = "Name a role and an attribute of the vocabulary."
            source.fault(CASE, ["concerns"], f"{need} is not of the vocabulary.", mend)
    if not pack.case.reviews:
        return
    _check_terms(pack, source)
    asking = [one for one in pack.case.transitions if one.verb == ASK_REVIEW]
    reviewing = [one for one in pack.case.transitions if one.verb == REVIEW]
    from_ = {one.to for one in asking}
    reached = {one.outcome for one in reviewing if from_ & set(one.from_)}
    for outcome in sorted({one for terms in pack.case.reviews for one in terms.of}):
        ends = {
            one.to
            for one in pack.case.transitions
            if one.outcome == outcome and one.verb not in (ASK_REVIEW, REVIEW)
        }
        if not any(ends & set(one.from_) for one in asking):
            mend = f"Add a transition {ASK_REVIEW} from where {outcome} leaves the case."
            source.fault(CASE, ["review"], f"Nobody can ask about {outcome}.", mend)
        if outcome not in reached:
            mend = f"Add a transition {REVIEW} with the outcome {outcome}."
            source.fault(CASE, ["review"], f"A review cannot uphold {outcome}.", mend)
    if len(reached) < 2:
        mend = f"Add a transition {REVIEW} with another outcome."
        source.fault(CASE, ["review"], "A review cannot change anything.", mend)
    _check_words(pack, source, {one for one in reached if one})


def _check_terms(pack: ServicePack, source: Source) -> None:
    for at, terms in enumerate(pack.case.reviews):
        for outcome in sorted(terms.of - set(pack.outcomes)):
            mend = f"Name one of: {', '.join(pack.outcomes)}."
            source.fault(CASE, ["review", at], f"{outcome} is no outcome.", mend)
        said = (terms.text.en, terms.text.cy, terms.text.en_other, terms.text.cy_other)
        if any(words and UNTIL not in words for words in said):
            mend = f"Write {UNTIL} where the last day stands, in each language."
            source.fault(CASE, ["review", at], "The text does not say until when.", mend)


def _check_words(pack: ServicePack, source: Source, outcomes: set[str]) -> None:
    told = sorted(f"reviewed_{outcome}" for outcome in outcomes)
    for folder, templates, names in (
        ("messages", pack.messages, ["review_asked", *told]),
        ("letters", pack.letters, told),
    ):
        for name in names:
            if name not in templates and f"{folder}/{name}.en.md" not in source.files:
                file = f"{folder}/{name}.en.md"
                mend = f"Add {file} and {folder}/{name}.cy.md."
                source.fault(file, [], f"{name} is missing.", mend)
