"""
`./run bench api`: lodge, read and list over the API, with two web processes.

*Create* is a whole application in one request: token and idempotency key checked, every answer
read, facts kept, case opened with its task, message queued with its job, four entries in the audit
log, one commit that is on disk before the answer. Reading a case and listing a hundred write what
was seen into the audit log, and commit too. The background worker rests meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator

from bench.connection import Connection, request_bytes
from bench.cost import cost
from bench.load import Measured, Requests, forever, load
from bench.lodgings import lodgings
from bench.proving_ground import ProvingGround
from bench.report import Figure, report
from bench.yardstick import NAME, commits_a_second
from launcher.processes import hear_stop

CLIENTS = 8
CREATE, READ, LIST = "create an application", "read a case", "list 100 cases"
GOALS = {CREATE: 400, READ: 900, LIST: 140}
# Of the rate at which PostgreSQL commits single inserts.
LEAST_RATIO = 0.04


def main() -> int:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(prog="./run bench api", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print figures as JSON alone")
    parser.add_argument("--seconds", type=float, default=8.0, help="for each figure")
    arguments = parser.parse_args()
    hear_stop()
    with ProvingGround() as ground:
        ground.stack.start_worker()
        ground.stack.start_web()
        with ground.without_worker():
            report(measure(ground, seconds=arguments.seconds), as_json=arguments.json)
    return 0


def measure(ground: ProvingGround, *, seconds: float) -> list[Figure]:
    """Measure each figure beside the yardstick, which is taken before and after."""
    owner, token = ground.database.owner, ground.token()

    def fresh(client: int) -> Iterator[bytes]:
        return lodgings(token, client=client)

    references = _lodged(ground, token, count=100)
    read = [_get(f"/api/v1/cases/{reference}", token) for reference in references]
    listing = [_get("/api/v1/cases?size=100", token)]
    before = commits_a_second(owner, seconds=seconds / 4)
    figures = _figures(ground, CREATE, fresh, seconds=seconds, expect=201)
    figures += _figures(
        ground, READ, lambda client: forever(read, start=client * 7), seconds=seconds
    )
    figures += _figures(ground, LIST, lambda _: forever(listing, start=0), seconds=seconds)
    yardstick = (before + commits_a_second(owner, seconds=seconds / 4)) / 2
    return [
        Figure(NAME, round(yardstick, 1), "/s"),
        *(_beside(figure, yardstick) for figure in figures),
        # Whoever else works here takes his share of what was measured.
        Figure("others at work: load of the machine", round(os.getloadavg()[0], 1), "processes"),
    ]


def _figures(
    ground: ProvingGround, name: str, requests: Requests, *, seconds: float, expect: int = 200
) -> list[Figure]:
    web = next(one for one in ground.stack.processes.children if one.name == "web")
    assert ground.postgres.process is not None
    with cost(web=web.process.pid, postgres=ground.postgres.process.pid) as used:
        measured = load(
            requests, port=ground.port, clients=CLIENTS, seconds=seconds, expect=expect, warm=0
        )
    return [
        Figure(name, round(measured.a_second, 1), "/s", f">= {GOALS[name]}"),
        Figure(f"{name}: CPU of the web server", _each_ms(used.web, measured), "ms"),
        Figure(f"{name}: CPU of PostgreSQL", _each_ms(used.postgres, measured), "ms"),
        Figure(f"{name}: cores used by the client", round(measured.client_busy, 2), "cores"),
    ]


def _beside(figure: Figure, yardstick: float) -> Figure:
    if figure.unit != "/s":
        return figure
    goal = figure.goal
    if figure.name == CREATE:
        goal = f"{goal} and >= {LEAST_RATIO:.0%} of the yardstick"
    ratio = round(figure.value / yardstick, 4)
    return Figure(figure.name, figure.value, "/s", goal, NAME, ratio)


def _each_ms(seconds: float, measured: Measured) -> float:
    return round(seconds / measured.requests * 1000, 2)


def _lodged(ground: ProvingGround, token: str, *, count: int) -> list[str]:
    connection = Connection(ground.port)
    requests = lodgings(token, client=0)
    answers = [connection.send(next(requests)) for _ in range(count)]
    connection.close()
    return [str(json.loads(answer.body)["reference"]) for answer in answers]


def _get(path: str, token: str) -> bytes:
    return request_bytes("GET", path, headers={"Authorization": f"Bearer {token}"})


if __name__ == "__main__":
    sys.exit(main())
