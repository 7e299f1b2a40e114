"""
How a message moves through the outbox. Each step is one short transaction.

The call to the sender stands between two of them: `claim` before it, one of the others after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from standpipe.audit.actions import record
from standpipe.identity.actor import Actor, system
from standpipe.identity.queries import has_died
from standpipe.identity.tenancy import acting
from standpipe.notifications.actions.ordering import order
from standpipe.notifications.delivery import LEASE, is_given_up, next_look
from standpipe.notifications.models import Message


@dataclass(frozen=True, slots=True)
class Claimed:
    """
    A message that is ours to send until its lease ends.

    `may_be_out` says that an earlier try ended nobody knows how: look before sending it again.
    """

    id: UUID
    organisation: UUID
    name: str
    channel: str
    to: str
    subject: str
    body: str
    tries: int
    may_be_out: bool


def claim(message_id: UUID, *, organisation: UUID, at: datetime) -> Claimed | None:
    """
    Take a message that is due; None if it is sent, not yet due, or in another's hands.

    What was written to somebody who died meanwhile is not sent any more.
    """
    with acting(_worker(organisation)):
        message = (
            Message.objects.select_for_update(skip_locked=True)
            .filter(id=message_id, state__in=["waiting", "sending"])
            .first()
        )
        if message is None or message.due_at is None:
            return None
        if message.due_at > at:
            # Should whoever holds it have died, nobody else would come before the sweep.
            order("deliver", message.id, organisation=organisation, at=message.due_at)
            return None
        if message.person_id is not None and has_died(message.person_id):
            _end(message, "failed", trouble="The person died before it was sent.")
            return None
        if is_given_up(tries=message.tries, written_at=message.written_at, at=at):
            _end(message, "failed", trouble=f"Given up: {message.trouble}"[:500])
            return None
        claimed = Claimed(
            id=message.id,
            organisation=organisation,
            name=message.name,
            channel=message.channel,
            to=message.to,
            subject=message.subject,
            body=message.body,
            tries=message.tries + 1,
            may_be_out=message.state == "sending",
        )
        message.state, message.tries, message.due_at = "sending", claimed.tries, at + LEASE
        message.save(update_fields=["state", "tries", "due_at"])
        return claimed


def record_sent(claimed: Claimed, *, provider_id: str, at: datetime) -> None:
    """Note that the sender has a message, whoever handed it over, and when to look after it."""
    worker = _worker(claimed.organisation)
    with acting(worker):
        message = (
            Message.objects.select_for_update()
            .filter(id=claimed.id, state__in=["waiting", "sending", "failed"])
            .first()
        )
        if message is None:
            return
        message.state, message.provider_id, message.sent_at = "sent", provider_id, at
        message.trouble, message.due_at = "", next_look(sent_at=at, at=at)
        message.save(update_fields=["state", "provider_id", "sent_at", "trouble", "due_at"])
        order("follow", message.id, organisation=claimed.organisation, at=message.due_at)
        record(
            "message.sent",
            actor=worker,
            at=at,
            organisation=claimed.organisation,
            subjects=[message.person_id] if message.person_id else [],
            what=message.what,
            detail={"message": str(message.id), "name": message.name, "channel": message.channel},
        )


def put_off(claimed: Claimed, *, until: datetime, outcome_unknown: bool, trouble: str) -> None:
    """Try a message again later; with an unknown outcome, look first whether it is out."""
    with acting(_worker(claimed.organisation)):
        message = _still_ours(claimed)
        if message is None:
            return
        message.state = "sending" if outcome_unknown else "waiting"
        message.trouble, message.due_at = trouble, until
        message.save(update_fields=["state", "trouble", "due_at"])
        order("deliver", message.id, organisation=claimed.organisation, at=until)


def record_refused(claimed: Claimed, *, trouble: str) -> None:
    """Note that a message can never be sent as it is, as to an impossible address."""
    with acting(_worker(claimed.organisation)):
        message = _still_ours(claimed)
        if message is not None:
            _end(message, "failed", trouble=trouble)


def sent_message(message_id: UUID, *, organisation: UUID, at: datetime) -> str | None:
    """Return the sender's own id of a message to look after; None if there is nothing to ask."""
    with acting(_worker(organisation)):
        message = Message.objects.filter(id=message_id, state="sent", due_at__lte=at).first()
        return None if message is None else message.provider_id


def record_progress(
    message_id: UUID, *, organisation: UUID, status: str | None, at: datetime
) -> None:
    """Note how far a message has come, and look again later if it is still on its way."""
    with acting(_worker(organisation)):
        message = Message.objects.select_for_update().filter(id=message_id, state="sent").first()
        if message is None:
            return
        if status in ("delivered", "failed"):
            _end(message, status, trouble="" if status == "delivered" else "It did not arrive.")
            return
        message.due_at = next_look(sent_at=message.sent_at or at, at=at)
        message.save(update_fields=["due_at"])
        if message.due_at:
            order("follow", message.id, organisation=organisation, at=message.due_at)


def order_overdue(*, organisation: UUID, before: datetime, most: int) -> int:
    """Order anew the steps of messages whose job was lost; return how many."""
    with acting(_worker(organisation)):
        overdue = Message.objects.filter(
            Q(state__in=["waiting", "sending", "sent"]), due_at__lt=before
        )
        overdue = overdue.only("id", "state").order_by("due_at")[:most]
        for message in overdue:
            order(
                "follow" if message.state == "sent" else "deliver",
                message.id,
                organisation=organisation,
            )
        return len(overdue)


def _worker(organisation: UUID) -> Actor:
    return system(organisation, task="notifications.deliver")


def _still_ours(claimed: Claimed) -> Message | None:
    # Whoever claimed it after our lease has a later try, and its own result to record.
    return (
        Message.objects.select_for_update()
        .filter(id=claimed.id, state="sending", tries=claimed.tries)
        .first()
    )


def _end(message: Message, state: str, *, trouble: str) -> None:
    message.state, message.trouble, message.due_at = state, trouble, None
    message.save(update_fields=["state", "trouble", "due_at"])
