"""What follows a decision outside its transaction: the letter."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from standpipe.applications.actions.loading import Loaded, load
from standpipe.applications.actions.telling import addressed, review_words, template_of, words_for
from standpipe.applications.representing import addressee
from standpipe.cases.queries import DecisionView, case_of
from standpipe.documents.actions import keep
from standpipe.documents.cleaning import Cleaned
from standpipe.documents.letters import Letter, compose
from standpipe.documents.queries import letter_of
from standpipe.entitlements.queries import entitlements_of
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import place, vocabulary
from standpipe.packs.placeholders import DECIDED
from standpipe.vocabulary.dates import date_in_words
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.showing import show_answer


def write_letter(reference: str, *, actor: Actor, at: datetime) -> UUID | None:
    """
    Write the letter of a decided application, once; return it, or None where none is due.

    Also called by a page that finds the letter not written yet.
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at)
        if loaded.row.status != "decided":
            return None
        decision, template = _decision(loaded)
        written = letter_of(loaded.what, since=decision.at)
        if written is not None or template not in loaded.pack.letters:
            return written
        letter = _letter(loaded, template, decision)
    content = compose(letter)
    with acting(actor):
        loaded = load(reference, actor=actor, at=at, lock=True)
        written = letter_of(loaded.what, since=decision.at)
        if written is not None:
            return written
        name = f"{reference}.pdf" if template.startswith(DECIDED) else f"{reference}-review.pdf"
        return keep(
            Cleaned.of(content, name=name, media_type="application/pdf"),
            what=loaded.what,
            person=loaded.row.person_id,
            organisation=loaded.row.organisation_id,
            actor=actor,
            at=at,
            made=True,
        ).document


def _decision(loaded: Loaded) -> tuple[DecisionView, str]:
    """Return the decision that stands, and the name of the letter that tells it."""
    case = case_of(loaded.row.id, loaded.permission)
    if case is None or not case.decisions:
        raise RuntimeError(f"{loaded.row.reference} is decided without a decision")
    decision = case.decisions[-1]
    return decision, template_of(decision.outcome, is_review=len(case.decisions) > 1)


def _letter(loaded: Loaded, template: str, decision: DecisionView) -> Letter:
    language = loaded.row.language
    organisation = place().organisation(loaded.pack.organisation)
    decided_on = decision.at.date()
    values = {
        **words_for(loaded),
        "reason": decision.reason.in_(language),
        "review": review_words(loaded, decision.outcome, decided_on=decided_on),
    }
    granted = entitlements_of(decision.case, loaded.permission)
    if granted:
        values |= {
            "number": ", ".join(one.number for one in granted if one.number),
            "count": str(len(granted)),
            "starts": date_in_words(granted[0].starts_on, language=language),
            "expires": date_in_words(granted[0].expires_on, language=language),
        }
    subject, paragraphs = loaded.pack.letter(template, of_another=loaded.for_whom != "self").render(
        language, values
    )
    return Letter(
        language=language,
        organisation=organisation.name.in_(language),
        organisation_address=organisation.contact.address,
        to=_addressee(loaded),
        on=decided_on,
        subject=subject,
        paragraphs=paragraphs,
        reference=loaded.row.reference,
        colour=organisation.look.brand,
    )


def _addressee(loaded: Loaded) -> tuple[str, ...]:
    lines = [addressee(loaded.for_whom, addressed(loaded)).in_(loaded.row.language)]
    need = loaded.pack.address_need
    value = loaded.answers.get(need) if need else None
    if need and value:
        attribute = vocabulary()[Need.parse(need).attribute]
        shown = show_answer(attribute, value, language=loaded.row.language)
        lines += [shown] if isinstance(shown, str) else shown
    return tuple(filter(None, lines))
