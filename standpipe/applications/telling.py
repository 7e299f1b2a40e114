"""Telling the person what happened, in their language, where they asked to be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from standpipe.applications.loading import Loaded
from standpipe.notifications.actions import queue
from standpipe.packs.loaded import place


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
    template = loaded.pack.message(name)
    organisation = place().organisation(loaded.pack.organisation)
    language = loaded.row.language
    subject, body = template.render(
        language,
        {
            "reference": loaded.row.reference,
            "service": loaded.pack.label.in_(language),
            "organisation": organisation.name.in_(language),
            "phone": organisation.contact.phone,
            "link": f"{settings.ENV.origin}/applications/{loaded.row.reference}",
            "return_link": f"{settings.ENV.origin}/return",
            **values,
        },
    )
    queue(
        name=name,
        channel=channel,
        to=address,
        language=language,
        subject=subject,
        body=body,
        what=f"{loaded.what}#{once}" if once else loaded.what,
        person=loaded.row.person_id,
        organisation=loaded.row.organisation_id,
        actor=loaded.permission.actor,
        at=at,
    )


def _where(loaded: Loaded, email: str | None) -> tuple[str, str] | None:
    if email:
        return "email", email
    for need in loaded.pack.contact:
        value = loaded.answers.get(str(need))
        if isinstance(value, str) and value:
            return ("email" if "@" in value else "sms"), value
    return None
