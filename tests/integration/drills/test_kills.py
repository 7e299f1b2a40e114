"""The drill of kills in short: three hundred submissions, and both wrong servers caught."""

import pytest

from bench.drills.kill import drill, is_reached


@pytest.fixture(scope="module")
def figures():
    return {figure.name: figure for figure in drill(short=True, seed=7)}


def test_nothing_acknowledged_is_lost_doubled_or_orphaned(figures):
    counts = ("lost", "doubled", "incomplete", "orphans", "messages sent, not exactly once")
    assert {name: figures[name].value for name in counts} == dict.fromkeys(counts, 0)


def test_everything_is_killed_five_times_at_least(figures):
    assert figures["kills of web server and worker"].value >= 10
    assert figures["kills of PostgreSQL"].value >= 5


def test_the_audit_log_is_whole(figures):
    assert figures["faults in the audit log"].value == 0


def test_a_server_that_acknowledges_before_it_commits_is_caught(figures):
    assert figures["control, acknowledges before commit: lost"].value >= 1


def test_a_server_that_knows_no_idempotency_keys_is_caught(figures):
    assert figures["control, knows no keys: doubled"].value >= 1


def test_no_goal_is_missed(figures):
    slow = "slowest recovery"
    assert [
        name for name, one in figures.items() if not (name.startswith(slow) or is_reached(one))
    ] == []
