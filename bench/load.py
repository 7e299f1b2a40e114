"""Load on a web server by several processes, each with one connection that it keeps."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe

from bench.children import Children
from bench.connection import Connection

# How much longer than the load itself its clients may take: a slow answer, a busy machine.
_GRACE_SECONDS = 60.0


class Wrong(RuntimeError):
    """The server answered with something else than was expected; nothing can be measured."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a load brought; `client_busy` is the share of one core that all clients used."""

    requests: int
    seconds: float
    latencies: tuple[float, ...]
    client_busy: float
    bytes_each: int

    @property
    def a_second(self) -> float:
        """Requests answered in a second."""
        return self.requests / self.seconds

    def quantile_ms(self, share: float) -> float:
        """Return the time, in milliseconds, within which this share of requests was answered."""
        return self.latencies[min(int(share * len(self.latencies)), len(self.latencies) - 1)] * 1000

    @property
    def median_ms(self) -> float:
        """The middle time of an answer, in milliseconds."""
        return statistics.median(self.latencies) * 1000


# Given the number of the client, the requests that it sends, one after the other.
Requests = Callable[[int], Iterator[bytes]]


def load(
    requests: Requests, *, port: int, clients: int, seconds: float, expect: int, warm: float = 0.5
) -> Measured:
    """
    Send requests for some seconds from several clients at once, after `warm` seconds uncounted.

    :raises Wrong: if an answer has another status than `expect`
    :raises Silent: if a client dies
    """
    started = time.monotonic() + 0.2
    begin, end = started + warm, started + warm + seconds
    children = Children(
        _client, [(number, requests, port, begin, end, expect) for number in range(clients)]
    )
    children.start()
    results = children.heard(seconds=warm + seconds + _GRACE_SECONDS)
    for result in results:
        if isinstance(result, str):
            raise Wrong(result)
    latencies = sorted(one for latencies, _, _ in results for one in latencies)
    if not latencies:
        raise Wrong("No request was answered in time.")
    return Measured(
        requests=len(latencies),
        seconds=seconds,
        latencies=tuple(latencies),
        client_busy=sum(busy for _, busy, _ in results) / (seconds + warm),
        bytes_each=max(size for _, _, size in results),
    )


def _client(
    number: int,
    requests: Requests,
    port: int,
    begin: float,
    end: float,
    expect: int,
    told: Pipe,
) -> None:
    connection = Connection(port)
    latencies: list[float] = []
    size = 0
    try:
        for request in requests(number):
            started = time.monotonic()
            answer = connection.send(request)
            ended = time.monotonic()
            if answer.status != expect:
                raise Wrong(f"{answer.status} instead of {expect}: {answer.body[:500]!r}")
            if ended > end:
                break
            # Counted by when it was answered, so that none is counted for time outside.
            if ended >= begin:
                latencies.append(ended - started)
                size = len(answer.body)
        used = resource.getrusage(resource.RUSAGE_SELF)
        told.send((latencies, used.ru_utime + used.ru_stime, size))
    except Exception as error:
        told.send(f"{type(error).__name__}: {error}")


def forever(requests: Sequence[bytes], *, start: int) -> Iterator[bytes]:
    """Give requests over and over, beginning with the one numbered `start`."""
    at = start
    while True:
        yield requests[at % len(requests)]
        at += 1
