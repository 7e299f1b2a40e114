"""
Logs: one JSON object a line, with the ids of request and case, and no personal data.

Values get into a line only under a name of the list below. The lines of other people's packages
keep their wording and lose their values; a traceback keeps its places and loses its message, since
PostgreSQL quotes rows in its own.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

# Ids, counts and names of our own making. A name that could hold a person's words stays out.
SPOKEN = frozenset(
    {
        *("event", "level", "logger", "timestamp", "exception", "dropped"),
        *("request_id", "case_id", "application_id", "organisation", "correlation_id"),
        *("route", "method", "status", "milliseconds"),
        *("job", "task", "queue", "attempts", "reason", "reference"),
        *("connector", "trouble", "seconds", "count", "pack", "version", "host", "port"),
    }
)
Event = MutableMapping[str, Any]


def configure(wishes: Mapping[str, str]) -> None:
    """Send everything that is logged, by us and by others, to standard output as JSON."""
    before = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    after = [_bare_exception, _only_spoken, structlog.processors.JSONRenderer(ensure_ascii=False)]
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *after],
            # "Not Found: %s" says enough; the address in it may name a person.
            use_get_message=False,
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(wishes["level"].upper())
    for chatty in ("httpx", "httpcore", "procrastinate", "asyncio", "PIL"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _bare_exception(logger: logging.Logger, method: str, event: Event) -> Event:
    found = event.pop("exc_info", None)
    error = found[1] if isinstance(found, tuple) else found
    if found is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["exception"] = {
            "type": type(error).__name__,
            "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
        }
    return event


def _only_spoken(logger: logging.Logger, method: str, event: Event) -> Event:
    dropped = sorted(event.keys() - SPOKEN)
    spoken = {name: value for name, value in event.items() if name in SPOKEN}
    if dropped:
        spoken["dropped"] = dropped
    return spoken
