"""Figures for Prometheus: requests by route, and the state of the background work."""

from __future__ import annotations

import contextlib
import hmac
import os
import time
from collections.abc import Callable, Iterator

import structlog
from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client import generate_latest as as_text
from prometheus_client.core import REGISTRY, GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from standpipe.gateway.loaded import connectors
from standpipe.kernel.errors import Misconfigured

REQUESTS = Counter("standpipe_requests", "Requests answered.", ["route", "method", "status"])
SECONDS = Histogram(
    "standpipe_request_seconds",
    "Time from the first middleware to the answer.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
)
log = structlog.get_logger("request")


class MeasureMiddleware:
    """Counts, times and logs each request under its route: the pattern, never the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        match = request.resolver_match
        route = f"/{match.route}" if match else "none"
        method = request.method or ""
        REQUESTS.labels(route, method, response.status_code).inc()
        SECONDS.labels(route).observe(seconds)
        log.info(
            "request",
            route=route,
            method=method,
            status=response.status_code,
            milliseconds=round(seconds * 1000, 1),
        )
        return response


class Jobs(Collector):
    """Background work as PostgreSQL has it now: by queue and state, and the oldest that waits."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        jobs = GaugeMetricFamily("standpipe_jobs", "Background jobs.", labels=["queue", "state"])
        waiting = GaugeMetricFamily(
            "standpipe_job_waiting_seconds", "Age of the oldest job that is due.", labels=["queue"]
        )
        workers = GaugeMetricFamily("standpipe_workers", "Workers that spoke in the last 30 s.")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs"
                " WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1, 2"
            )
            for queue, state, count in cursor.fetchall():
                jobs.add_metric([queue, state], count)
            cursor.execute(
                "SELECT job.queue_name, extract(epoch FROM now() -"
                " min(coalesce(job.scheduled_at, event.at)))::float"
                " FROM procrastinate_jobs job JOIN procrastinate_events event"
                " ON event.job_id = job.id AND event.type = 'deferred'"
                " WHERE job.status = 'todo' AND coalesce(job.scheduled_at, now()) <= now()"
                " GROUP BY 1"
            )
            for queue, seconds in cursor.fetchall():
                waiting.add_metric([queue], seconds)
            cursor.execute(
                "SELECT count(*) FROM procrastinate_workers"
                " WHERE last_heartbeat > now() - interval '30 seconds'"
            )
            workers.add_metric([], cursor.fetchone()[0])
        yield from (jobs, waiting, workers)


class Circuits(Collector):
    """Whether calls go out to each outside system from the process that answers."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        closed = GaugeMetricFamily(
            "standpipe_circuit_closed",
            "1 while calls go out, 0 while we rest.",
            labels=["connector"],
        )
        # A connector without its settings stops start-up, and must not hide the other figures.
        with contextlib.suppress(Misconfigured):
            for name, state in connectors().circuit_states().items():
                closed.add_metric([name], 1 if state == "closed" else 0)
        yield closed


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the figures of every web process of this machine to whoever has the token."""
    token = settings.ENV.metrics_token
    given = request.headers.get("Authorization", "")
    # Without the right token there is no such page: it says how busy the place is.
    if not token or not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise Http404
    jobs = CollectorRegistry()
    jobs.register(Jobs())
    jobs.register(Circuits())
    requests = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        requests = CollectorRegistry()
        MultiProcessCollector(requests)
    return HttpResponse(as_text(requests) + as_text(jobs), content_type=CONTENT_TYPE_LATEST)
