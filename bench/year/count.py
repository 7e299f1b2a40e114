"""What the database says of the year when it is over, asked as its owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import psycopg

# An open case is stuck if it waits on nobody, on no day, or on a sitting that never came.
STUCK = """
SELECT reference FROM cases_case
WHERE closed_at IS NULL AND (due_on IS NULL OR waits_on IN ('', 'nobody'))
"""
_PAID_AND_NOT_SENT = "SELECT count(*) FROM applications_application WHERE status = 'paying'"
_LOST_JOBS = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'"
_WAITING_MESSAGES = "SELECT count(*) FROM notifications_message WHERE sent_at IS NULL"
_TIMES = """
SELECT extract(epoch FROM decision.at - application.submitted_at) / 86400.0,
       extract(epoch FROM decision.at - application.begun_at) / 60.0,
       decision.by_kind = 'system', decision.outcome
FROM cases_decision decision
JOIN cases_case ON cases_case.id = decision.case_id
JOIN applications_application application ON application.id = cases_case.application
WHERE application.service = %s AND application.submitted_at >= %s
ORDER BY 1
"""
_REMINDERS = "SELECT count(*) FROM notifications_message WHERE name = 'expiry_reminder'"
_WITHOUT_NUMBER = "SELECT count(*) FROM entitlements_entitlement WHERE status = 'ordered'"
_OPEN = """
SELECT waits_on, count(*) FROM cases_case
WHERE closed_at IS NULL GROUP BY 1 ORDER BY 2 DESC
"""


@dataclass(frozen=True, slots=True)
class Year:
    """
    The year as it was kept.

    `days` are those from sending to a decision, and `by_officers` those of decisions by a human;
    `sittings` are the minutes from the first page to a decision by the rules alone; all ascending.
    `waiting` are open cases by whom they wait on.
    """

    days: Sequence[float]
    by_officers: Sequence[float]
    sittings: Sequence[float]
    refused: int
    waiting: Sequence[tuple[str, int]]
    stuck: Sequence[str]
    paid_and_not_sent: int
    lost_jobs: int
    waiting_messages: int
    reminders: int
    without_number: int


def count(owner: str, *, service: str, since: date) -> Year:
    """Count what came of all applications for a service that were sent since a day."""
    with psycopg.connect(owner) as database:
        decided = database.execute(_TIMES, [service, since]).fetchall()
        return Year(
            days=[float(days) for days, _, _, _ in decided],
            by_officers=[float(days) for days, _, alone, _ in decided if not alone],
            sittings=sorted(float(minutes) for _, minutes, alone, _ in decided if alone),
            refused=sum(outcome == "not_eligible" for _, _, _, outcome in decided),
            waiting=database.execute(_OPEN).fetchall(),
            stuck=[reference for (reference,) in database.execute(STUCK).fetchall()],
            paid_and_not_sent=_number(database, _PAID_AND_NOT_SENT),
            lost_jobs=_number(database, _LOST_JOBS),
            waiting_messages=_number(database, _WAITING_MESSAGES),
            reminders=_number(database, _REMINDERS),
            without_number=_number(database, _WITHOUT_NUMBER),
        )


def _number(database: psycopg.Connection, question: str) -> int:
    found = database.execute(question).fetchone()
    return int(found[0]) if found else 0
