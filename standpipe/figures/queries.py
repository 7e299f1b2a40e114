"""Counting, by PostgreSQL: no row of a person leaves the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from standpipe.figures.counted import Answers, Counted, Flow, Period, Spread, Wait
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.measures import Return, Route
from standpipe.packs.pack import ServicePack

# Each application begun in the period, with its first decision. Reads across rooms, and on
# purpose: what is counted together is joined where it is kept. Row-level security holds here too.
_COUNTED = """
WITH asked AS MATERIALIZED (
    SELECT a.id, a.channel, a.status, a.submitted_at, c.id AS case_id, d.at AS decided_at, d.by_kind
    FROM applications_application a
    LEFT JOIN cases_case c ON c.application = a.id
    LEFT JOIN LATERAL (
        SELECT at, by_kind FROM cases_decision WHERE case_id = c.id ORDER BY at LIMIT 1
    ) d ON true
    WHERE a.organisation_id = %(organisation)s AND a.service = %(service)s
      AND a.begun_at >= %(since)s AND a.begun_at < %(until)s
),
timed AS MATERIALIZED (
    SELECT {route} AS route,
           extract(epoch FROM decided_at - submitted_at)::float8 / 3600 AS hours
    FROM asked WHERE decided_at IS NOT NULL AND submitted_at IS NOT NULL
),
waited AS (
    SELECT e.case_id, e.waits_on,
           extract(epoch FROM lead(e.at, 1, %(until)s) OVER (PARTITION BY e.case_id ORDER BY e.at)
               - e.at)::float8 / 86400 AS days
    FROM cases_event e JOIN asked ON asked.case_id = e.case_id
),
waits AS (
    SELECT case_id, waits_on, sum(days) AS days FROM waited
    WHERE waits_on NOT IN ('', 'nobody') GROUP BY case_id, waits_on
),
given AS (
    SELECT f.source, f.kept_from IS NOT NULL AS kept
    FROM facts_fact f JOIN asked ON asked.id = f.application
    WHERE asked.submitted_at IS NOT NULL AND f.superseded_at IS NULL
),
left_at AS (
    SELECT coalesce(last.page, '') AS page
    FROM asked LEFT JOIN LATERAL (
        SELECT f.page FROM facts_fact f
        WHERE f.application = asked.id AND f.superseded_at IS NULL AND f.source = 'told'
        ORDER BY f.at DESC LIMIT 1
    ) last ON true
    WHERE asked.submitted_at IS NULL AND asked.status IN ('draft', 'paying', 'expired')
)
SELECT 'flows', jsonb_agg(jsonb_build_array(channel, begun, sent, decided)) FROM (
    SELECT channel, count(*) AS begun, count(submitted_at) AS sent, count(decided_at) AS decided
    FROM asked GROUP BY channel) one
UNION ALL SELECT 'bands', jsonb_agg(jsonb_build_array(route, band, number)) FROM (
    SELECT route, width_bucket(hours, %(bands)s::float8[]) AS band, count(*) AS number
    FROM timed GROUP BY 1, 2) one
UNION ALL SELECT 'middles', jsonb_agg(jsonb_build_array(coalesce(route, ''), middles)) FROM (
    SELECT route, percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY hours) AS middles
    FROM timed GROUP BY ROLLUP (route)) one
UNION ALL SELECT 'waits', jsonb_agg(jsonb_build_array(waits_on, cases, middles, together)) FROM (
    SELECT waits_on, count(*) AS cases, sum(days) AS together,
           percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY days) AS middles
    FROM waits WHERE days > 0 GROUP BY waits_on) one
UNION ALL SELECT 'left', jsonb_agg(jsonb_build_array(page, number)) FROM (
    SELECT page, count(*) AS number FROM left_at GROUP BY page) one
UNION ALL SELECT 'answers', jsonb_build_array(
    (SELECT count(*) FROM asked WHERE submitted_at IS NOT NULL),
    count(*) FILTER (WHERE source = 'told' AND NOT kept),
    count(*) FILTER (WHERE source = 'told' AND kept),
    count(*) FILTER (WHERE source = 'registry')) FROM given
"""

_RATINGS = """
SELECT rating, count(*) FROM figures_feedback
WHERE organisation_id = %(organisation)s AND service = %(service)s
  AND "on" >= %(since)s::date AND "on" < %(until)s::date + 1
GROUP BY rating
"""

_RETURN = """
SELECT {columns}, count(*)
FROM (
    SELECT a.channel, a.submitted_at, d.outcome, d.at AS decided_at, d.by_kind, c.id AS case_id,
           coalesce(d.explanation ->> 'ground', d.explanation -> 'outputs' ->> 'ground', '')
               AS ground,
           (born.value #>> '{{}}')::date AS born
    FROM cases_decision d
    JOIN cases_case c ON c.id = d.case_id
    JOIN applications_application a ON a.id = c.application
    LEFT JOIN facts_fact born ON born.application = a.id AND born.superseded_at IS NULL
         AND born.need = %(born)s
    WHERE d.organisation_id = %(organisation)s AND c.service = %(service)s
      AND d.at >= %(since)s AND d.at < %(until)s
) decided
GROUP BY {groups} ORDER BY {groups}
"""
_COLUMNS = {
    "outcome": "outcome",
    "ground": "ground",
    "channel": "channel",
    "age": "width_bucket(date_part('year', age(decided_at::date, born)), {bands}::float8[])::text",
    "days_taken": (
        "width_bucket(extract(epoch FROM decided_at - submitted_at)::float8 / 86400,"
        " {bands}::float8[])::text"
    ),
}


def count(pack: ServicePack, period: Period, *, actor: Actor) -> Counted:
    """Count what one organisation's service did with the applications begun in a period."""
    told: dict[str, Any] = {
        "organisation": actor.organisation,
        "service": pack.name,
        "since": period.since,
        "until": period.until,
        "bands": list(pack.success.bands_hours),
    }
    route, routes = _route(pack.success.routes)
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(route=route), told | routes)
        found = {part: json.loads(rows) if rows else [] for part, rows in cursor.fetchall()}
        cursor.execute(_RATINGS, told)
        ratings = dict(cursor.fetchall())
    counts: dict[str, list[int]] = {}
    for name, band, number in found["bands"]:
        counts.setdefault(name, [0] * (len(told["bands"]) + 1))[band] = number
    if counts:
        counts[""] = [sum(numbers) for numbers in zip(*counts.values(), strict=True)]
    middles = dict(found["middles"])
    return Counted(
        flows={channel: Flow(*numbers) for channel, *numbers in found["flows"]},
        spreads={name: Spread(tuple(bands), *middles[name]) for name, bands in counts.items()},
        waits={
            party: Wait(cases, *shares, together)
            for party, cases, shares, together in found["waits"]
        },
        left=dict(found["left"]),
        answers=Answers(*found["answers"]),
        ratings=ratings,
    )


def rows_of_return(
    pack: ServicePack, wanted: Return, period: Period, *, actor: Actor
) -> list[tuple[tuple[str, ...], int]]:
    """Return how many decisions fell into each group of a return, by their codes, in order."""
    told: dict[str, Any] = {
        "organisation": actor.organisation,
        "service": pack.name,
        "since": period.since,
        "until": period.until,
        "born": wanted.born,
    }
    columns = []
    for place, column in enumerate(wanted.columns):
        told[f"bands_{place}"] = list(column.bands)
        columns.append(_COLUMNS[column.by].format(bands=f"%(bands_{place})s"))
    groups = ", ".join(str(place + 1) for place in range(len(columns)))
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(_RETURN.format(columns=", ".join(columns), groups=groups), told)
        return [
            (tuple("" if one is None else str(one) for one in codes), number)
            for *codes, number in cursor.fetchall()
        ]


def _route(routes: Sequence[Route]) -> tuple[str, dict[str, Any]]:
    """Return the SQL that names a decision's route, the first that fits, and its parameters."""
    cases, told = [], {}
    for place, route in enumerate(routes):
        told[f"route_{place}"] = route.id
        if route.by_rules:
            cases.append(f"WHEN by_kind = 'system' THEN %(route_{place})s")
        elif route.passed_through:
            told[f"through_{place}"] = list(route.passed_through)
            cases.append(
                "WHEN EXISTS (SELECT FROM cases_event e WHERE e.case_id = asked.case_id"
                f" AND e.status = ANY(%(through_{place})s)) THEN %(route_{place})s"
            )
        else:
            cases.append(f"WHEN true THEN %(route_{place})s")
    return f"CASE {' '.join(cases)} ELSE 'staff' END", told
