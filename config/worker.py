"""
`standpipe worker`: the background work of one machine.

Every task may be done twice, because a machine can die between the work and the note that it was
done; each keeps its effect and its idempotency key in one commit.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import socket
from collections.abc import Sequence
from datetime import timedelta

import structlog
from django.conf import settings
from procrastinate import App
from procrastinate.contrib.django import app as django_app
from procrastinate.exceptions import ConnectorException, ProcrastinateException

# A worker says every few seconds that it lives; a silent one is taken for dead, and others do its
# jobs again. The pause must be much shorter than the silence.
HEARTBEAT_SECONDS = 5
SILENCE_SECONDS = 20
STOPPING_SECONDS = 25
RECONNECT_SECONDS = 1
KEEP_DONE_JOBS = timedelta(days=7)

log = structlog.get_logger("worker")


def main(words: Sequence[str]) -> None:
    """Do jobs until SIGTERM or Ctrl-C, then finish those under way; PostgreSQL may come and go."""
    parser = argparse.ArgumentParser(prog="standpipe worker")
    parser.add_argument("--queues", help="names with commas; all queues if left out")
    parser.add_argument("--until-idle", action="store_true", help="stop when nothing is to be done")
    arguments = parser.parse_args(words)
    queues = arguments.queues.split(",") if arguments.queues else None
    with django_app.replace_connector(django_app.connector.get_worker_connector()) as app:
        asyncio.run(_work(app, queues=queues, wait=not arguments.until_idle))


def on_app_ready(app: App) -> None:
    """Register the platform's own housekeeping; Django calls it once at start."""
    task = app.task(name="config.worker.forget_done_jobs", queue="housekeeping", pass_context=False)
    app.periodic(cron="17 3 * * *")(task(_forget_done_jobs))


async def _forget_done_jobs(timestamp: int) -> None:
    await django_app.job_manager.delete_old_jobs(
        nb_hours=int(KEEP_DONE_JOBS.total_seconds() // 3600)
    )


async def _work(app: App, *, queues: list[str] | None, wait: bool) -> None:
    stopped = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        # While PostgreSQL is away there is no worker to hear these.
        asyncio.get_running_loop().add_signal_handler(each, stopped.set)
    while not stopped.is_set():
        try:
            async with app.open_async():
                await _work_while_connected(app, queues=queues, wait=wait, stopped=stopped)
            return
        except (ConnectorException, OSError) as error:
            log.warning("worker.disconnected", reason=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), RECONNECT_SECONDS)


async def _work_while_connected(
    app: App, *, queues: list[str] | None, wait: bool, stopped: asyncio.Event
) -> None:
    rescue = asyncio.create_task(_retry_stalled_jobs(app))
    work = asyncio.create_task(
        app.run_worker_async(
            queues=queues,
            wait=wait,
            name=socket.gethostname(),
            concurrency=settings.ENV.job_concurrency,
            fetch_job_polling_interval=1.0,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=SILENCE_SECONDS,
            shutdown_graceful_timeout=STOPPING_SECONDS,
            install_signal_handlers=False,
        )
    )
    stop = asyncio.create_task(stopped.wait())
    try:
        await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            # Procrastinate takes one cancellation as the wish to finish what is under way.
            work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work
    finally:
        rescue.cancel()
        stop.cancel()


async def _retry_stalled_jobs(app: App) -> None:
    while True:
        try:
            for job in await app.job_manager.get_stalled_jobs(
                seconds_since_heartbeat=SILENCE_SECONDS
            ):
                # Another worker may have been quicker with this one.
                with contextlib.suppress(ProcrastinateException):
                    await app.job_manager.retry_job(job)
                    log.info("job.retried", job=job.id, task=job.task_name)
        except ProcrastinateException as error:
            log.warning("worker.rescue_failed", reason=type(error).__name__)
        await asyncio.sleep(HEARTBEAT_SECONDS)
