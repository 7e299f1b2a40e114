"""Sending messages and following them. The call to the sender is inside no transaction."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from standpipe.gateway.contracts import (
    MessageSender,
    NotAccepted,
    OutgoingMessage,
    Sent,
    Unreached,
)
from standpipe.gateway.loaded import connectors
from standpipe.jobs.clock import now
from standpipe.notifications.actions import outbox
from standpipe.notifications.delivery import next_try
from standpipe.places.queries import organisation_ids

# A job is normally begun within a second; what is this late has lost its job.
OVERDUE_AFTER = timedelta(minutes=2)
MOST_AT_ONCE = 500


@app.task(name="notifications.deliver", queue="messages")
def deliver(message_id: str, organisation_id: str) -> None:
    """Send one message, once, however often this runs."""
    sender = connectors().contract(MessageSender)
    deliver_by(sender, UUID(message_id), organisation=UUID(organisation_id), at=now())


@app.task(name="notifications.follow", queue="messages")
def follow(message_id: str, organisation_id: str) -> None:
    """Ask how far a message has come."""
    sender = connectors().contract(MessageSender)
    follow_by(sender, UUID(message_id), organisation=UUID(organisation_id), at=now())


@app.periodic(cron="* * * * *")
@app.task(name="notifications.sweep", queue="messages", queueing_lock="notifications.sweep")
def sweep(timestamp: int) -> None:
    """Order anew what should long have been done: a lost job loses no message."""
    before = now() - OVERDUE_AFTER
    for organisation in organisation_ids():
        outbox.order_overdue(organisation=organisation, before=before, most=MOST_AT_ONCE)


def deliver_by(
    sender: MessageSender, message_id: UUID, *, organisation: UUID, at: datetime
) -> None:
    """Send one message by a sender, if it is due."""
    claimed = outbox.claim(message_id, organisation=organisation, at=at)
    if claimed is None:
        return
    looking = claimed.may_be_out
    try:
        sent = sender.find(str(claimed.id)) if looking else None
        looking = False
        sent = sent or _send(sender, claimed)
    except NotAccepted as refused:
        outbox.record_refused(claimed, trouble=str(refused)[:500])
    except Unreached as unreached:
        # Whoever could not even look knows no more than before.
        outcome_unknown = looking or unreached.outcome_unknown
        outbox.put_off(
            claimed,
            until=next_try(
                tries=claimed.tries,
                at=at,
                outcome_unknown=outcome_unknown,
                chance=random.random(),  # noqa: S311 (it spreads load, and guards nothing)
            ),
            outcome_unknown=outcome_unknown,
            trouble=str(unreached)[:500],
        )
    else:
        outbox.record_sent(claimed, provider_id=sent.provider_id, at=at)


def follow_by(sender: MessageSender, message_id: UUID, *, organisation: UUID, at: datetime) -> None:
    """Ask a sender how far one message has come, if it is time to."""
    provider_id = outbox.sent_message(message_id, organisation=organisation, at=at)
    if provider_id is None:
        return
    try:
        status: str | None = sender.status(provider_id)
    except (NotAccepted, Unreached):
        status = None
    outbox.record_progress(message_id, organisation=organisation, status=status, at=at)


def _send(sender: MessageSender, claimed: outbox.Claimed) -> Sent:
    words = {"body": claimed.body}
    if claimed.channel != "sms":
        words["subject"] = claimed.subject
    return sender.send(
        OutgoingMessage(
            channel=claimed.channel,
            to=claimed.to,
            template=claimed.name,
            personalisation=words,
            reference=str(claimed.id),
        )
    )
