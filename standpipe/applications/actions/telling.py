"""Telling the person what happened, in their language, where they asked to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from standpipe.applications.actions.loading import Loaded
from standpipe.applications.representing import NAME, addressee, called
from standpipe.consent.queries import mandate_of
from standpipe.identity.queries import has_died
from standpipe.kernel.text import Text
from standpipe.notifications.actions import queue
from standpipe.packs.contact import Way, reach
from standpipe.packs.for_whom import OWN_ROLES
from standpipe.packs.loaded import place, vocabulary
from standpipe.packs.messages import MessageTemplate
from standpipe.vocabulary.dates import date_in_words
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.showing import show_answer


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes: an e-mail address, a phone number, or the lines of an envelope."""

    way: Way
    where: str


def tell(
    loaded: Loaded,
    name: str,
    *,
    values: Mapping[str, str],
    at: datetime,
    to: Address | None = None,
    once: str = "",
) -> None:
    """
    Write a message of the pack in the caller's transaction; it goes out afterwards.

    To `to`, or else the way that the person chose (`packs.contact`): what is not for a machine to
    send waits for staff to post or to ring. With nothing known there is nobody to tell. The same
    message is written once for each `once`.
    """
    message = loaded.pack.message(name, of_another=loaded.for_whom != "self")
    tell_in(loaded, message, values=values, at=at, to=to, once=once)


def tell_in(
    loaded: Loaded,
    message: MessageTemplate,
    *,
    values: Mapping[str, str],
    at: datetime,
    to: Address | None = None,
    once: str = "",
) -> bool:
    """Write a message in words that are not the pack's; see `tell`. False with nobody to tell."""
    to = to or address_of(loaded)
    # Nothing at all is written to somebody who died.
    if to is None or has_died(loaded.row.person_id):
        return False
    subject, body = message.render(loaded.row.language, {**words_for(loaded), **values})
    queue(
        name=message.name,
        channel=to.way,
        to=to.where,
        language=loaded.row.language,
        subject=subject,
        body=body,
        what=f"{loaded.what}#{once}" if once else loaded.what,
        person=loaded.row.person_id,
        organisation=loaded.row.organisation_id,
        actor=loaded.permission.actor,
        at=at,
        first=not loaded.has_history,
    )
    return True


def words_for(loaded: Loaded) -> dict[str, str]:
    """Return what every message and letter of an application may name, in its language."""
    language = loaded.row.language
    organisation = place().organisation(loaded.pack.organisation)
    case, challenge = loaded.pack.case, loaded.pack.challenge
    due = case.target_date(loaded.permission.at.date(), priority=loaded.standing.priority(case))
    name = whom(loaded)
    return {
        "name": name.in_(language) if name else addressed(loaded),
        "reference": loaded.row.reference,
        "service": loaded.pack.label.in_(language),
        "organisation": organisation.name.in_(language),
        "phone": organisation.contact.phone,
        "link": f"{settings.ENV.origin}/applications/{loaded.row.reference}",
        "return_link": f"{settings.ENV.origin}/return",
        "due": date_in_words(due, language=language),
        **({"challenge": challenge.in_(language)} if challenge else {}),
    }


def template_of(outcome: str, *, is_review: bool) -> str:
    """Return the name of the message and the letter that tell an outcome."""
    return f"reviewed_{outcome}" if is_review else f"decided_{outcome}"


def review_words(loaded: Loaded, outcome: str, *, decided_on: date) -> str:
    """Return how a decision of a day says that it can be reviewed; empty where it cannot."""
    terms = loaded.pack.case.review_terms(outcome, decided_on=decided_on)
    if terms is None:
        return ""
    return terms.words(decided_on, called=whom(loaded), language=loaded.row.language)


def addressed(loaded: Loaded) -> str:
    """Return the name of whom it is about, as told or as registered; empty where it is unknown."""
    for need in loaded.pack.title_needs:
        if loaded.answers.get(need) is not None:
            return told_as(loaded, need)
    return str(loaded.row.named)


def told_as(loaded: Loaded, need: str) -> str:
    """Return an answer in one line, in the language of the application; empty where unknown."""
    value = loaded.answers.get(need)
    if value is None:
        return ""
    attribute = vocabulary()[Need.parse(need).attribute]
    shown = show_answer(attribute, value, language=loaded.row.language)
    return shown if isinstance(shown, str) else ", ".join(shown)


def whom(loaded: Loaded) -> Text | None:
    """Return how texts call whom an application is about; None where that is who reads them."""
    return None if loaded.for_whom == "self" else called(loaded.for_whom, addressed(loaded))


def address_of(loaded: Loaded) -> Address | None:
    """Return where who asked is told of an application; None where nothing is known."""
    contact, language = loaded.pack.contact, loaded.row.language
    # Who acted for somebody and may no longer is past: what is written is for whom it is about.
    acts = loaded.for_whom != "self" and _still_acts(loaded)
    reached = reach(contact if acts else contact.without_representative(), loaded.answers)
    if reached is None:
        return None
    shown = show_answer(
        vocabulary()[Need.parse(reached.need).attribute],
        loaded.answers[reached.need],
        language=language,
    )
    lines = [shown] if isinstance(shown, str) else list(shown)
    if reached.way == "letter":
        lines.insert(0, _addressee(loaded, reached.need))
    return Address(reached.way, "\n".join(filter(None, lines)))


def _addressee(loaded: Loaded, need: str) -> str:
    if Need.parse(need).role in OWN_ROLES:
        return str(told_as(loaded, NAME))
    return addressee(loaded.for_whom, addressed(loaded)).in_(loaded.row.language)


def _still_acts(loaded: Loaded) -> bool:
    mandate = mandate_of(loaded.row.id, loaded.permission)
    return mandate is not None and mandate.revoked_at is None
