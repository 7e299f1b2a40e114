"""What the disk and PostgreSQL of this machine can do, measured in the same run."""

from __future__ import annotations

import time

import psycopg

NAME = "single-insert commits a second"


def commits_a_second(owner: str, *, seconds: float) -> float:
    """Return how many rows a second one connection inserts, each with a commit that is on disk."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS bench_yardstick")
        connection.execute("CREATE TABLE bench_yardstick (id bigint PRIMARY KEY, said text)")
        connection.execute("SET synchronous_commit = on")
        count, end = 0, time.monotonic() + seconds
        while time.monotonic() < end:
            connection.execute("INSERT INTO bench_yardstick VALUES (%s, 'one row')", [count])
            count += 1
        connection.execute("DROP TABLE bench_yardstick")
    return count / seconds
