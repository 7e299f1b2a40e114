"""What is lost, doubled or orphaned after the kills, counted in the database and at Notify."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import psycopg

from bench.drills.killing.submitters import Acknowledged, Intent

MARK = "applicant/contact.email"

# By name: rows that should not be. What a request writes stands or falls in one commit.
ORPHANS = {
    "facts without application": """
        SELECT count(*) FROM facts_fact f
        WHERE NOT EXISTS (SELECT FROM applications_application a WHERE a.id = f.application)""",
    "documents without application": """
        SELECT count(*) FROM documents_document d WHERE NOT EXISTS (
            SELECT FROM applications_application a WHERE d.what = 'application:' || a.reference)""",
    "cases without application": """
        SELECT count(*) FROM cases_case c
        WHERE NOT EXISTS (SELECT FROM applications_application a WHERE a.id = c.application)""",
    "applications without case": """
        SELECT count(*) FROM applications_application a WHERE a.status <> 'draft'
        AND NOT EXISTS (SELECT FROM cases_case c WHERE c.application = a.id)""",
    "drafts that nobody made": """
        SELECT count(*) FROM applications_application WHERE status = 'draft'""",
    "cases without event": """
        SELECT count(*) FROM cases_case c
        WHERE NOT EXISTS (SELECT FROM cases_event e WHERE e.case_id = c.id)""",
    "messages without application": """
        SELECT count(*) FROM notifications_message m WHERE NOT EXISTS (
            SELECT FROM applications_application a WHERE m.what = 'application:' || a.reference)""",
    "applications without message": """
        SELECT count(*) FROM applications_application a WHERE NOT EXISTS (
            SELECT FROM notifications_message m WHERE m.what = 'application:' || a.reference)""",
    "jobs without message": """
        SELECT count(*) FROM procrastinate_jobs j WHERE j.args ? 'message_id' AND NOT EXISTS (
            SELECT FROM notifications_message m WHERE m.id = (j.args ->> 'message_id')::uuid)""",
    "persons without application": """
        SELECT count(*) FROM identity_person p
        WHERE NOT EXISTS (SELECT FROM applications_application a WHERE a.person_id = p.id)""",
    "keys without answer": "SELECT count(*) FROM api_keyedrequest WHERE status = 0",
    "audit entries without application": """
        SELECT count(*) FROM audit_entry e WHERE e.body::json ->> 'what' LIKE 'application:%'
        AND NOT EXISTS (SELECT FROM applications_application a
                        WHERE 'application:' || a.reference = e.body::json ->> 'what')""",
}

_WRITTEN = """
SELECT f.value #>> '{}' AS mark, a.reference,
       (SELECT json_object_agg(need, value) FROM facts_fact
        WHERE application = a.id AND source = 'told' AND superseded_at IS NULL) AS facts,
       (SELECT count(*) FROM cases_case c
        WHERE c.application = a.id AND c.reference = a.reference) AS cases,
       (SELECT count(*) FROM cases_event e JOIN cases_case c ON c.id = e.case_id
        WHERE c.application = a.id AND e.verb = 'case.opened') AS events,
       (SELECT array_agg(m.id) FROM notifications_message m
        WHERE m.what = 'application:' || a.reference) AS messages
FROM facts_fact f JOIN applications_application a ON a.id = f.application
WHERE f.need = %s AND f.superseded_at IS NULL AND f.value #>> '{}' LIKE %s
"""
_RECORDED = """
SELECT body::json ->> 'what', verb, count(*) FROM audit_entry
WHERE verb IN ('application.begun', 'application.submitted', 'case.opened', 'message.queued')
GROUP BY 1, 2
"""
_UNSENT = """
SELECT count(*) FROM notifications_message WHERE state IN ('waiting', 'sending')
"""
_SENT_TO_NOTIFY = "SELECT id FROM notifications_message WHERE state IN ('sent', 'delivered')"


@dataclass(frozen=True, slots=True)
class Counted:
    """What is wrong; each a number that should be 0, or examples of what is at fault."""

    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    incomplete: tuple[str, ...]
    orphans: Mapping[str, int]

    @property
    def orphaned(self) -> int:
        """How many orphans there are of all kinds."""
        return sum(self.orphans.values())


@dataclass(frozen=True, slots=True)
class _Written:
    reference: str
    facts: Mapping[str, object]
    cases: int
    events: int
    messages: tuple[UUID, ...]


def count(
    owner: str, *, run: str, acknowledged: Sequence[Acknowledged], intents: Sequence[Intent]
) -> Counted:
    """Compare what clients were told with what is kept; `run` begins the marks of its intents."""
    with psycopg.connect(owner) as connection:
        written: dict[str, list[_Written]] = {}
        for mark, reference, facts, cases, events, messages in connection.execute(
            _WRITTEN, [MARK, f"{run}%"]
        ):
            row = _Written(reference, facts, cases, events, tuple(messages or ()))
            written.setdefault(mark, []).append(row)
        recorded = {(what, verb): found for what, verb, found in connection.execute(_RECORDED)}
        orphans = {name: _one(connection, query) for name, query in ORPHANS.items()}
    lost, incomplete = [], []
    for one in acknowledged:
        kept = [row for row in written.get(one.intent.mark, ()) if row.reference == one.reference]
        if not kept:
            lost.append(f"{one.intent.mark}: {one.reference} is not there")
            continue
        incomplete += _missing(kept[0], one.intent, recorded)
    doubled = [f"{mark}: {len(rows)} applications" for mark, rows in written.items() if rows[1:]]
    meant = {intent.mark for intent in intents}
    doubled += [f"{mark}: nobody meant it" for mark in written if mark not in meant]
    doubled += [
        f"{reference}: told to more than one"
        for reference, times in Counter(one.reference for one in acknowledged).items()
        if times > 1
    ]
    return Counted(tuple(lost), tuple(doubled), tuple(incomplete), orphans)


def unsent(owner: str) -> int:
    """Return how many messages are still to be sent."""
    with psycopg.connect(owner) as connection:
        return _one(connection, _UNSENT)


def sent(owner: str) -> list[UUID]:
    """Return the messages that the outbox takes for sent."""
    with psycopg.connect(owner) as connection:
        return [row[0] for row in connection.execute(_SENT_TO_NOTIFY)]


def _missing(row: _Written, intent: Intent, recorded: Mapping[tuple[str, str], int]) -> list[str]:
    faults = []
    if not _same(row.facts, intent.body["answers"]):
        faults.append(f"{row.facts} instead of {intent.body['answers']}")
    if (row.cases, row.events, len(row.messages)) != (1, 1, 1):
        faults.append(f"{row.cases} cases, {row.events} openings, {len(row.messages)} messages")
    for what, verb in (
        (f"application:{row.reference}", "application.begun"),
        (f"application:{row.reference}", "application.submitted"),
        (f"application:{row.reference}", "message.queued"),
        (f"case:{row.reference}", "case.opened"),
    ):
        if recorded.get((what, verb)) != 1:
            faults.append(f"{recorded.get((what, verb), 0)} × {verb} in the audit log")
    return [f"{row.reference}: {fault}" for fault in faults]


def _same(kept: Mapping[str, object], told: Mapping[str, object]) -> bool:
    return json.dumps(kept, sort_keys=True) == json.dumps(told, sort_keys=True)


def _one(connection: psycopg.Connection, query: str) -> int:
    row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])
