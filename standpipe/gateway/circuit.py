"""A circuit breaker: after too many failures in a row, stop calling for a while. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Literal

CircuitState = Literal["closed", "open", "trying"]


@dataclass(frozen=True, slots=True)
class _Position:
    failures: int = 0
    opened_at: float | None = None
    tried_at: float | None = None


class Circuit:
    """
    Decides whether a call may go out; may be shared by threads.

    Moments are seconds of any clock that never goes back, such as `time.monotonic`.
    """

    def __init__(self, *, failures: int, rest_seconds: float) -> None:
        self._failures = failures
        self._rest_seconds = rest_seconds
        self._lock = Lock()
        self._position = _Position()

    def permits(self, at: float) -> bool:
        """
        Say whether a call may go out; after a rest, one caller alone is let through to try.

        Whoever was let through reports with `succeeded` or `failed`. One who never does holds the
        others up for one more rest, not for ever.
        """
        with self._lock:
            position = self._position
            if position.opened_at is None:
                return True
            since = position.opened_at if position.tried_at is None else position.tried_at
            if at - since < self._rest_seconds:
                return False
            self._position = _Position(position.failures, position.opened_at, tried_at=at)
            return True

    def succeeded(self) -> None:
        """Take note of an answer: the circuit closes and the count starts again."""
        with self._lock:
            self._position = _Position()

    def failed(self, at: float) -> None:
        """Take note of a failure: enough of them in a row, or a failed try, open the circuit."""
        with self._lock:
            position = self._position
            failures = position.failures + 1
            trying = position.tried_at is not None
            opens = trying or (position.opened_at is None and failures >= self._failures)
            opened_at = at if opens else position.opened_at
            self._position = _Position(failures, opened_at)

    def state(self, at: float) -> CircuitState:
        """Return `closed`, `open`, or `trying` once the rest is over and nobody has succeeded."""
        with self._lock:
            opened_at = self._position.opened_at
            if opened_at is None:
                return "closed"
            return "open" if at - opened_at < self._rest_seconds else "trying"
