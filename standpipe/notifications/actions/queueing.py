"""Writing messages: with the act they tell of, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import connection

from standpipe.audit.actions import record
from standpipe.identity.actor import Actor
from standpipe.kernel.identifiers import new_id
from standpipe.notifications.actions.ordering import order
from standpipe.notifications.models import Message
from standpipe.rows.actions import add

# Asked for again and again, and each time with another code.
MAY_REPEAT = "return_code"
Channel = Literal["email", "sms", "letter", "phone"]
# No machine of ours does these: staff post the one, and ring for the other.
BY_HAND = frozenset({"letter", "phone"})


def queue(
    *,
    name: str,
    channel: Channel,
    to: str,
    language: str,
    subject: str,
    body: str,
    what: str,
    person: UUID | None,
    organisation: UUID,
    actor: Actor,
    at: datetime,
    first: bool = False,
) -> UUID:
    """
    Write a message about a thing (`application:REF`), to be sent once the caller commits.

    A letter, with the lines of the envelope in `to`, and a phone call wait for staff instead.
    The same message (`name`) about the same thing by the same channel is written once: asked
    for again, this returns the first. Only `return_code` may repeat. `first` says that there can
    be none yet: the thing itself was made in this very transaction.
    """
    is_by_hand = channel in BY_HAND
    message = Message(
        id=new_id(),
        person_id=person,
        organisation_id=organisation,
        what=what,
        name=name,
        channel=channel,
        to=to,
        language=language,
        subject=subject,
        body=body,
        state="by_hand" if is_by_hand else "waiting",
        written_at=at,
        due_at=None if is_by_hand else at,
    )
    if first or name == MAY_REPEAT:
        add(message)
    else:
        written = _write_once(message)
        if written != message.id:
            return written
    if not is_by_hand:
        order("deliver", message.id, organisation=organisation, first=True)
    record(
        "message.queued",
        actor=actor,
        at=at,
        organisation=organisation,
        subjects=[person] if person else [],
        what=what,
        detail={"message": str(message.id), "name": name, "channel": channel},
    )
    return message.id


def _write_once(message: Message) -> UUID:
    """Write a message, or return the id of the one that was written before."""
    fields = Message._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = [getattr(message, field.attname) for field in fields]
    with connection.cursor() as cursor:
        # Two who ask at once are told apart by the database, which lets one of them write.
        cursor.execute(
            f"INSERT INTO notifications_message ({columns})"  # noqa: S608 (names of our own columns)
            f" VALUES ({', '.join(['%s'] * len(fields))}) ON CONFLICT DO NOTHING RETURNING id",
            values,
        )
        if cursor.fetchone():
            return message.id
    return Message.objects.get(what=message.what, name=message.name, channel=message.channel).id
