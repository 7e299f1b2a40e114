"""
`./run bench pages`: a page of the form, and whole journeys, with two web processes.

A journey is the Blue Badge of somebody whom the department confirms: fifteen pages over plain HTTP
with their forms, the check at the simulated register, a photo, the payment on the provider's pages,
and the decision in the same sitting. Simulators and background worker share the machine with it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence

from bench.children import Children
from bench.citizen import Citizen, begin, confirmed, decided_in_one_sitting
from bench.connection import request_bytes
from bench.cost import cost
from bench.load import forever, load
from bench.proving_ground import ProvingGround
from bench.report import Figure, report
from bench.yardstick import NAME, commits_a_second
from launcher.processes import hear_stop
from standpipe.places.residents import Resident

VISITORS = 6
# Among so many the department confirms some hundreds.
RESIDENTS = 20_000
# How long the journeys that are under way at the end may take to finish.
_GRACE_SECONDS = 120.0


def main() -> int:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(prog="./run bench pages", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print figures as JSON alone")
    parser.add_argument("--seconds", type=float, default=8.0, help="for the page; thrice for more")
    arguments = parser.parse_args()
    hear_stop()
    with ProvingGround(residents=RESIDENTS) as ground:
        ground.stack.start_worker()
        ground.stack.start_web()
        report(measure(ground, seconds=arguments.seconds), as_json=arguments.json)
    return 0


def measure(ground: ProvingGround, *, seconds: float) -> list[Figure]:
    """Measure the page, then journeys, each beside the yardstick."""
    yardstick = commits_a_second(ground.database.owner, seconds=seconds / 4)
    journeys = _journeys_a_second(ground, seconds=seconds * 3)
    return [
        Figure(NAME, round(yardstick, 1), "/s"),
        *_form_page(ground, seconds=seconds),
        Figure(
            "complete citizen journeys",
            round(journeys, 2),
            "/s",
            None,
            NAME,
            round(journeys / yardstick, 5),
        ),
        # Whoever else works here takes his share of what was measured.
        Figure("others at work: load of the machine", round(os.getloadavg()[0], 1), "processes"),
    ]


def _form_page(ground: ProvingGround, *, seconds: float) -> list[Figure]:
    citizen = Citizen(ground.stack.origin)
    begin(citizen)
    page = request_bytes("GET", citizen.path, headers={"Cookie": citizen.cookies})
    citizen.leave()
    web = next(one for one in ground.stack.processes.children if one.name == "web")
    assert ground.postgres.process is not None
    with cost(web=web.process.pid, postgres=ground.postgres.process.pid) as used:
        measured = load(
            lambda _: forever([page], start=0),
            port=ground.port,
            clients=1,
            seconds=seconds,
            expect=200,
            warm=0,
        )
    each = round(used.web / measured.requests * 1000, 2)
    return [
        Figure("a form page, one client: p50", round(measured.median_ms, 2), "ms", "<= 8"),
        Figure("a form page, one client: p99", round(measured.quantile_ms(0.99), 2), "ms"),
        Figure("a form page: CPU of the web server", each, "ms"),
        Figure("a form page: HTML", round(measured.bytes_each / 1024, 1), "KB", "<= 15"),
    ]


def _journeys_a_second(ground: ProvingGround, *, seconds: float) -> float:
    # The first visitor finds templates and pictures cold.
    one, *people = confirmed(RESIDENTS)
    decided_in_one_sitting(first := Citizen(ground.stack.origin), one)
    first.leave()
    started = time.monotonic()
    # Nobody is granted two: each visitor goes in the place of residents of their own.
    visitors = Children(
        _visit,
        [(ground.stack.origin, started + seconds, people[at::VISITORS]) for at in range(VISITORS)],
    )
    visitors.start()
    finished = sum(visitors.heard(seconds=seconds + _GRACE_SECONDS))
    return float(finished / (time.monotonic() - started))


def _visit(origin: str, until: float, people: Sequence[Resident], told: object) -> None:
    finished = 0
    while time.monotonic() < until:
        citizen = Citizen(origin)
        decided_in_one_sitting(citizen, people[finished])
        citizen.leave()
        finished += 1
    told.send(finished)  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
