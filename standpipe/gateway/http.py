"""The one client for calls to outside systems: only where allowed, only so long, only so often."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import BoundedSemaphore
from typing import TypeVar

import httpx
import structlog

from standpipe.gateway.calls import AddressNotAllowed, Answer, Call, Malformed, origin
from standpipe.gateway.circuit import Circuit, CircuitState
from standpipe.gateway.contracts import Trouble, Unreached
from standpipe.gateway.manifest import Limits
from standpipe.gateway.measures import ATTEMPTS, CALLS, SECONDS
from standpipe.gateway.retries import read_retry_after, wait_before_retry
from standpipe.gateway.transport import BoundedTransport, ending_at

_log = structlog.get_logger("standpipe.gateway")

T = TypeVar("T")

# How long a call may wait for another one of its connector to end before it gives up its turn.
_LONGEST_QUEUE_SECONDS = 1.0


class _Failure(Exception):
    """
    A failed attempt; `sent` tells whether the other side may have acted on it.

    `again` says whether another attempt may help, `ours` that the other side had no part in it.
    """

    def __init__(
        self,
        trouble: Trouble,
        *,
        sent: bool,
        again: bool = False,
        ours: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble
        self.sent, self.again, self.ours = sent, again, ours
        self.retry_after = retry_after


@dataclass(slots=True)
class _Course:
    """How a call is going; `status` is that of the last answer."""

    attempts: int = 0
    status: int | None = None
    trouble: Trouble | None = None
    outcome_unknown: bool = False


class Outbound:
    """
    Calls one outside system within its limits; made once for each connector, shared by threads.

    `urls` are the settings that name where it may call. Everything that can go wrong out there is
    raised as `Unreached`.
    """

    def __init__(
        self,
        connector: str,
        *,
        urls: Mapping[str, str],
        limits: Limits,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.connector = connector
        self.limits = limits
        self._allowed = frozenset(origin(url, named_by=name) for name, url in urls.items())
        self._client = httpx.Client(
            transport=transport or BoundedTransport(connections=limits.parallel),
            headers={"User-Agent": "Standpipe", "Accept-Encoding": "identity"},
            timeout=httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds),
            follow_redirects=False,
            trust_env=False,
        )
        self._circuit = Circuit(
            failures=limits.circuit_failures, rest_seconds=limits.circuit_rest_seconds
        )
        self._turns = BoundedSemaphore(limits.parallel)
        self._clock, self._sleep, self._chance = clock, sleep, chance

    def circuit_state(self) -> CircuitState:
        """Return whether calls go out at present."""
        return self._circuit.state(self._clock())

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._client.close()

    def call(
        self, call: Call, *, read: Callable[[Answer], T], deadline_seconds: float | None = None
    ) -> T:
        """
        Make one call and return what `read` makes of the answer.

        `read` sees every answer below 500 but 429 and redirects; it raises Malformed for one that
        is not as agreed. A call that may not be repeated is sent once. The deadline is the
        connector's own, or the shorter one given; it holds for all attempts together.

        :raises Unreached: if there was no usable answer in time
        :raises AddressNotAllowed: if the connector's settings do not name the address
        """
        if origin(call.url, named_by=call.route) not in self._allowed:
            raise AddressNotAllowed(f"{self.connector}: {call.route} is not where it may call.")
        began = self._clock()
        seconds = self.limits.deadline_seconds
        if deadline_seconds is not None:
            seconds = min(seconds, deadline_seconds)
        course = _Course()
        try:
            if not self._circuit.permits(began):
                raise _Failure("unavailable", sent=False)
            try:
                result = self._attempt_until(call, read, began + seconds, course)
            except _Failure as failure:
                if not failure.ours:
                    self._circuit.failed(self._clock())
                raise
            except Exception:
                # The system did answer; that the answer was "no" is not its failure.
                self._circuit.succeeded()
                raise
            self._circuit.succeeded()
            return result
        except _Failure as failure:
            course.trouble = failure.trouble
            raise Unreached(
                self.connector, failure.trouble, outcome_unknown=course.outcome_unknown
            ) from failure
        finally:
            self._record(call, course, self._clock() - began)

    def _attempt_until(
        self, call: Call, read: Callable[[Answer], T], ends_at: float, course: _Course
    ) -> T:
        most = self.limits.attempts if call.may_be_repeated else 1
        changes = not call.only_reads and call.method != "GET"
        while True:
            course.attempts += 1
            try:
                answer = self._send(call, ends_at, course)
                try:
                    return read(answer)
                except Malformed as error:
                    raise _Failure("malformed", sent=True) from error
            except _Failure as failure:
                course.outcome_unknown |= failure.sent and changes
                wait = wait_before_retry(
                    course.attempts, retry_after=failure.retry_after, chance=self._chance()
                )
                over = course.attempts >= most or self._clock() + wait >= ends_at
                if over or not failure.again:
                    raise
            self._sleep(wait)

    def _send(self, call: Call, ends_at: float, course: _Course) -> Answer:
        left = ends_at - self._clock()
        if not self._turns.acquire(timeout=max(0.0, min(left, _LONGEST_QUEUE_SECONDS))):
            raise _Failure("unavailable", sent=False, ours=True)
        try:
            ATTEMPTS.labels(self.connector, call.route).inc()
            with ending_at(time.monotonic() + ends_at - self._clock()):
                answer = self._exchange(call, ends_at, course)
        finally:
            self._turns.release()
        if answer.status == 429 or answer.status >= 500:
            retry_after = read_retry_after(
                answer.headers.get("retry-after"), at=datetime.now(tz=UTC)
            )
            raise _Failure(
                "unavailable",
                sent=answer.status != 429,
                again=True,
                retry_after=retry_after,
            )
        if 300 <= answer.status < 400:
            raise _Failure("malformed", sent=True)
        return answer

    def _exchange(self, call: Call, ends_at: float, course: _Course) -> Answer:
        headers = {"X-Correlation-Id": call.correlation_id, **call.headers}
        if call.idempotency_key is not None:
            headers["Idempotency-Key"] = call.idempotency_key
        request = self._client.build_request(
            call.method,
            call.url,
            headers=headers,
            params=call.query,
            json=call.body,
            data=call.form,
        )
        try:
            response = self._client.send(request, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            timed_out = isinstance(error, httpx.TimeoutException)
            trouble: Trouble = "silent" if timed_out else "unavailable"
            raise _Failure(trouble, sent=False, again=True) from error
        except httpx.TimeoutException as error:
            raise _Failure("silent", sent=True, again=True) from error
        except httpx.HTTPError as error:
            raise _Failure("unavailable", sent=True, again=True) from error
        course.status = response.status_code
        with closing(response):
            return Answer(
                response.status_code,
                {name.lower(): value for name, value in response.headers.items()},
                self._read_body(response, ends_at),
            )

    def _read_body(self, response: httpx.Response, ends_at: float) -> bytes:
        # Unpacking an answer could make megabytes of a few bytes; we asked for none packed.
        if response.headers.get("content-encoding", "identity") != "identity":
            raise _Failure("malformed", sent=True)
        body = bytearray()
        try:
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > self.limits.response_bytes:
                    raise _Failure("malformed", sent=True)
                if self._clock() >= ends_at:
                    raise _Failure("slow", sent=True)
        except httpx.TimeoutException as error:
            raise _Failure("slow", sent=True, again=True) from error
        except httpx.HTTPError as error:
            raise _Failure("unavailable", sent=True, again=True) from error
        return bytes(body)

    def _record(self, call: Call, course: _Course, seconds: float) -> None:
        CALLS.labels(self.connector, call.route, course.trouble or "answered").inc()
        SECONDS.labels(self.connector, call.route).observe(seconds)
        _log.log(
            30 if course.trouble else 20,
            "outbound.call",
            connector=self.connector,
            method=call.method,
            route=call.route,
            status=course.status,
            attempts=course.attempts,
            trouble=course.trouble,
            milliseconds=round(seconds * 1000),
            correlation_id=call.correlation_id,
        )
