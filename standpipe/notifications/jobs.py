"""Ordering background work so that row and job are one commit."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

# A worker gives procrastinate's own app a connection of its own; ours is always Django's, so that
# a job ordered within a task, too, stands or falls with the rows it is about.
_jobs = JobManager(DjangoConnector())


def order(
    verb: Literal["deliver", "follow"],
    message: UUID,
    *,
    organisation: UUID,
    at: datetime | None = None,
) -> None:
    """Order the next step of a message, at once or at a time; an order that waits is enough."""
    name = f"notifications.{verb}"
    # The lock is a unique index: within a savepoint, so that the caller's transaction lives on.
    with suppress(AlreadyEnqueued), transaction.atomic():
        configure_task(
            name=name,
            job_manager=_jobs,
            queue="messages",
            queueing_lock=f"{name}:{message}",
            schedule_at=at,
        ).defer(message_id=str(message), organisation_id=str(organisation))
