"""Telling the person what happened, in their language, where they asked to be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from standpipe.applications.actions.loading import Loaded
from standpipe.applications.representing import called
from standpipe.consent.queries import mandate_of
from standpipe.identity.queries import has_died
from standpipe.kernel.text import Text
from standpipe.notifications.actions import queue
from standpipe.packs.loaded import place, vocabulary
from standpipe.packs.messages import MessageTemplate
from standpipe.vocabulary.dates import date_in_words
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.showing import show_answer


def tell(
    loaded: Loaded,
    name: str,
    *,
    values: Mapping[str, str],
    at: datetime,
    email: str | None = None,
    once: str = "",
) -> None:
    """
    Write a message of the pack in the caller's transaction; it is sent afterwards.

    To `email`, or else to the e-mail address or the phone that the application knows; with
    neither there is nobody to tell. The same message is written once for each `once`.
    """
    message = loaded.pack.message(name, of_another=loaded.for_whom != "self")
    tell_in(loaded, message, values=values, at=at, email=email, once=once)


def tell_in(
    loaded: Loaded,
    message: MessageTemplate,
    *,
    values: Mapping[str, str],
    at: datetime,
    email: str | None = None,
    once: str = "",
) -> bool:
    """Write a message in words that are not the pack's; see `tell`. False with nobody to tell."""
    to = _where(loaded, email)
    # Nothing at all is written to somebody who died.
    if to is None or has_died(loaded.row.person_id):
        return False
    channel, address = to
    subject, body = message.render(loaded.row.language, {**words_for(loaded), **values})
    queue(
        name=message.name,
        channel=channel,
        to=address,
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


def addressed(loaded: Loaded) -> str:
    """Return the name of whom it is about, as told; empty where the service does not ask it."""
    for need in loaded.pack.title_needs:
        value = loaded.answers.get(need)
        if value is not None:
            attribute = vocabulary()[Need.parse(need).attribute]
            shown = show_answer(attribute, value, language=loaded.row.language)
            return shown if isinstance(shown, str) else ", ".join(shown)
    return ""


def whom(loaded: Loaded) -> Text | None:
    """Return how texts call whom an application is about; None where that is who reads them."""
    return None if loaded.for_whom == "self" else called(loaded.for_whom, addressed(loaded))


def _where(loaded: Loaded, email: str | None) -> tuple[str, str] | None:
    if email:
        return "email", email
    reachable = loaded.pack.contact if _may_be_told(loaded) else ()
    for need in reachable:
        value = loaded.answers.get(need)
        if isinstance(value, str) and value:
            return ("email" if "@" in value else "sms"), value
    return None


def _may_be_told(loaded: Loaded) -> bool:
    """Say whether who gave the contact is still to be told: not once their mandate has ended."""
    if loaded.for_whom == "self":
        return True
    mandate = mandate_of(loaded.row.id, loaded.permission)
    return mandate is not None and mandate.revoked_at is None
