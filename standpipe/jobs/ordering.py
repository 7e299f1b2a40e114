"""Ordering a job so that it stands or falls with the rows it is about."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

# A worker gives procrastinate's own app a connection of its own; ours is always Django's, so that
# a job ordered within a task, too, is in the caller's transaction.
_jobs = JobManager(DjangoConnector())


def order(
    name: str,
    *,
    queue: str,
    lock: str | None = None,
    at: datetime | None = None,
    first: bool = False,
    **arguments: str,
) -> None:
    """
    Order a task by its name, at once or at a time.

    Where an order with the same `lock` waits already, that one is enough; `first` says that none
    can wait.
    """
    ordered = configure_task(
        name=name,
        job_manager=_jobs,
        queue=queue,
        queueing_lock=lock,
        schedule_at=at,
    )
    if lock is None or first:
        ordered.defer(**arguments)
        return
    # The lock is a unique index: within a savepoint, so that the caller's transaction lives on.
    with suppress(AlreadyEnqueued), transaction.atomic():
        ordered.defer(**arguments)
