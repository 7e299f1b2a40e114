"""
`./run bench size`: what reading and listing cost with 1,000, 10,000 and 100,000 open cases.

The cases are copies of one that was lodged, each of another person and due on another day, written
straight into the tables. What should not grow with them is the time of one request.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys

import psycopg

from bench.connection import Connection, request_bytes
from bench.load import forever, load
from bench.lodgings import lodgings
from bench.proving_ground import ProvingGround
from bench.report import Figure, report
from bench.yardstick import NAME, commits_a_second
from launcher.processes import hear_stop

SIZES = (1_000, 10_000, 100_000)
CLIENTS = 4

_COPIES = """
CREATE TEMPORARY TABLE copies AS
SELECT gen_random_uuid() AS id, gen_random_uuid() AS person, gen_random_uuid() AS application,
       'SP-' || substr(code, 1, 4) || '-' || substr(code, 5, 4) AS reference,
       number %% 84 AS days
FROM (SELECT number, upper(lpad(to_hex(number), 8, '0')) AS code
      FROM generate_series(%s::int, %s::int) AS number) AS numbered
"""
_PERSONS = "INSERT INTO identity_person (id, created_at) SELECT person, now() FROM copies"
_CASES = """
INSERT INTO cases_case (id, reference, person_id, organisation_id, application, service, pack_id,
                        title, status, waits_on, assigned_to_id, opened_at, due_on, days_left,
                        closed_at, outcome, priority, rank)
SELECT copies.id, copies.reference, copies.person, organisation_id, copies.application, service,
       pack_id, title, status, waits_on, assigned_to_id, opened_at, due_on + copies.days,
       days_left, closed_at, outcome, priority, rank
FROM copies, cases_case WHERE cases_case.reference = %s
"""
_EVENTS = """
INSERT INTO cases_event (id, case_id, organisation_id, person_id, at, verb, by_kind, "by", by_id,
                         why, status, waits_on, due_on, shown_to_person)
SELECT gen_random_uuid(), copies.id, event.organisation_id, copies.person, event.at, event.verb,
       event.by_kind, event."by", event.by_id, event.why, event.status, event.waits_on,
       event.due_on + copies.days, event.shown_to_person
FROM copies, cases_event AS event JOIN cases_case ON cases_case.id = event.case_id
WHERE cases_case.reference = %s
"""


def main() -> int:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(prog="./run bench size", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print figures as JSON alone")
    parser.add_argument("--seconds", type=float, default=4.0, help="for each figure")
    arguments = parser.parse_args()
    hear_stop()
    with ProvingGround() as ground:
        ground.stack.start_worker()
        ground.stack.start_web()
        with ground.without_worker():
            figures = measure(ground, sizes=SIZES, seconds=arguments.seconds)
            report(figures, as_json=arguments.json)
    return 0


def measure(ground: ProvingGround, *, sizes: tuple[int, ...], seconds: float) -> list[Figure]:
    """Measure at each size; it grows from one to the next."""
    token, owner = ground.token(), ground.database.owner
    connection = Connection(ground.port)
    lodged = connection.send(next(lodgings(token, client=0)))
    model = str(json.loads(lodged.body)["reference"])
    connection.close()
    figures, there = [], 1
    for size in sizes:
        references = grow(owner, model, begin=there, end=size - 1)
        there = size
        yardstick = commits_a_second(owner, seconds=seconds / 4)
        chosen = random.Random(size).sample(references, 200)
        read = [_get(f"/api/v1/cases/{reference}", token) for reference in chosen]
        lists = [_get("/api/v1/cases?size=100", token)]
        for name, requests in (("read a case", read), ("list 100 cases", lists)):
            measured = load(
                lambda client, requests=requests: forever(requests, start=client * 7),
                port=ground.port,
                clients=CLIENTS,
                seconds=seconds,
                expect=200,
            )
            rate = round(measured.a_second, 1)
            ratio = round(rate / yardstick, 4)
            figures.append(Figure(f"{name} of {size:,}", rate, "/s", None, NAME, ratio))
    load_now = round(os.getloadavg()[0], 1)
    return [*figures, Figure("others at work: load of the machine", load_now, "processes")]


def grow(owner: str, model: str, *, begin: int, end: int) -> list[str]:
    """Copy a case for each number from `begin` to `end`; return the copies' references."""
    # A table is made by a statement that takes no parameters from outside.
    with psycopg.connect(owner, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute(_COPIES, [begin, end])
        connection.execute(_PERSONS)
        connection.execute(_CASES, [model])
        connection.execute(_EVENTS, [model])
        rows = connection.execute("SELECT reference FROM copies").fetchall()
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE cases_case, cases_event")
    return [row[0] for row in rows]


def _get(path: str, token: str) -> bytes:
    return request_bytes("GET", path, headers={"Authorization": f"Bearer {token}"})


if __name__ == "__main__":
    sys.exit(main())
