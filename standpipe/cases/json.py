"""Cases as JSON made by the database: what machines read most often costs least."""

from __future__ import annotations

from django.db import connection

from standpipe.cases.actions import NoSuchCase
from standpipe.consent.actions import record_use
from standpipe.consent.permission import Permission

_LINE = """
    SELECT c.reference, c.title, c.service, c.status, c.waits_on, c.due_on, c.priority, c.opened_at,
           c.closed_at, c.outcome, coalesce(nullif(a.name, ''), a.email) AS assigned_to
"""
# Both are put together from constants alone; what a request says comes as a parameter.
_CASE = f"""
SELECT c.person_id, row_to_json(line)::text FROM cases_case c
LEFT JOIN identity_account a ON a.id = c.assigned_to_id,
LATERAL ({_LINE},
    (SELECT coalesce(json_agg(e ORDER BY e.at, e.id), '[]') FROM (
        SELECT id, at, verb, "by", by_kind, why, status, waits_on, due_on
        FROM cases_event WHERE case_id = c.id) e) AS events,
    (SELECT coalesce(json_agg(d ORDER BY d.at), '[]') FROM (
        SELECT outcome, json_build_object('en', reason_en, 'cy', reason_cy) AS reason,
               explanation, "by", by_kind, at
        FROM cases_decision WHERE case_id = c.id) d) AS decisions,
    (SELECT to_json(r) FROM (
        SELECT asked_at, asked_by, words, due_on, reviewed_at, reviewed_by, is_changed
        FROM cases_review WHERE case_id = c.id) r) AS review
) line
WHERE c.reference = %s AND c.organisation_id = %s
"""
_QUEUE = f"""
SELECT coalesce(array_agg(person_id), '{{{{}}}}'), coalesce(json_agg(line), '[]')::text FROM (
    SELECT c.person_id, (SELECT row_to_json(one) FROM ({_LINE}) one) AS line
    FROM (
        SELECT * FROM cases_case
        WHERE organisation_id = %(organisation)s
          AND (%(status)s::text IS NULL OR status = %(status)s)
          AND (%(service)s::text IS NULL OR service = %(service)s)
          AND {{which}}
        ORDER BY {{order}} LIMIT %(size)s OFFSET %(start)s
    ) c
    LEFT JOIN identity_account a ON a.id = c.assigned_to_id
    ORDER BY {{order_again}}
) lines
"""


def case_json(permission: Permission, reference: str) -> str:
    """
    Return one case of the permission's organisation as JSON, and record that it was read.

    :raises NoSuchCase: if the organisation has none of this reference
    """
    with connection.cursor() as cursor:
        cursor.execute(_CASE, [reference, permission.organisation])
        found = cursor.fetchone()
    if found is None:
        raise NoSuchCase("There is no case with this reference in your organisation.")
    record_use(permission, subjects=[found[0]], what=f"case:{reference}")
    return str(found[1])


def queue_json(
    permission: Permission,
    *,
    status: str | None,
    service: str | None,
    closed: bool,
    page: int,
    size: int,
) -> str:
    """Return one page (from 1) of the queue as JSON, and record whose cases it showed."""
    order = "closed_at DESC, reference" if closed else "rank, due_on, opened_at, reference"
    query = _QUEUE.format(
        which="closed_at IS NOT NULL" if closed else "closed_at IS NULL",
        order=order,
        order_again=", ".join(f"c.{column.strip()}" for column in order.split(",")),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            query,
            {
                "organisation": permission.organisation,
                "status": status,
                "service": service,
                "size": size,
                "start": (page - 1) * size,
            },
        )
        persons, lines = cursor.fetchone()
    record_use(permission, subjects=list(dict.fromkeys(persons)), what="queue")
    has_more = "true" if len(persons) == size else "false"
    return f'{{"cases":{lines},"has_more":{has_more}}}'
