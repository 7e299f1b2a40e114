"""Telling the person what happened, in their language, where they asked to be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from standpipe.applications.actions.loading import Loaded
from standpipe.notifications.actions import queue
from standpipe.packs.loaded import place, vocabulary
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
    to = _where(loaded, email)
    if to is None:
        return
    channel, address = to
    subject, body = loaded.pack.message(name).render(
        loaded.row.language, {**words_for(loaded), **values}
    )
    queue(
        name=name,
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


def words_for(loaded: Loaded) -> dict[str, str]:
    """Return what every message and letter of an application may name, in its language."""
    language = loaded.row.language
    organisation = place().organisation(loaded.pack.organisation)
    due = loaded.pack.case.target_date(loaded.permission.at.date())
    return {
        "reference": loaded.row.reference,
        "service": loaded.pack.label.in_(language),
        "organisation": organisation.name.in_(language),
        "phone": organisation.contact.phone,
        "link": f"{settings.ENV.origin}/applications/{loaded.row.reference}",
        "return_link": f"{settings.ENV.origin}/return",
        "due": date_in_words(due, language=language),
    }


def addressed(loaded: Loaded) -> str:
    """Return the applicant's name as they gave it; empty where the service does not ask it."""
    need = loaded.pack.title_need
    value = loaded.answers.get(need) if need else None
    if value is None:
        return ""
    attribute = vocabulary()[Need.parse(need).attribute]
    shown = show_answer(attribute, value, language=loaded.row.language)
    return shown if isinstance(shown, str) else ", ".join(shown)


def _where(loaded: Loaded, email: str | None) -> tuple[str, str] | None:
    if email:
        return "email", email
    for need in loaded.pack.contact:
        value = loaded.answers.get(need)
        if isinstance(value, str) and value:
            return ("email" if "@" in value else "sms"), value
    return None
