"""A made-up year of a county in the database: twenty thousand applications, as their rows alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import psycopg

COUNTY = "borrowdale_county"
CASES = 20_000
# A year of the past in which no other test does anything.
YEAR = 2011

# Of ten: four decided in one sitting, four by staff, one after an assessment, one never sent.
_MADE = """
CREATE TEMPORARY TABLE made AS
SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS case_id,
       %(first)s::timestamptz + n * interval '1 day' * 365 / %(cases)s AS begun,
       n %% 10 AS tenth, (ARRAY['web', 'web', 'web', 'phone', 'paper'])[1 + n %% 5] AS channel
FROM generate_series(0, %(cases)s - 1) n;
"""
_ROWS = """
INSERT INTO applications_application (id, reference, person_id, organisation_id, service, pack_id,
    language, channel, status, begun_at, expires_on, submitted_at, decided_at, outcome)
SELECT id, 'Y' || n, %(person)s, %(county)s, 'blue_badge', %(pack)s, 'en', channel,
    CASE WHEN tenth = 9 THEN 'expired' ELSE 'decided' END, begun, '2011-12-31',
    CASE WHEN tenth < 9 THEN begun + interval '15 minutes' END,
    CASE WHEN tenth < 9 THEN begun + interval '1 day' END, '' FROM made;
INSERT INTO cases_case (id, reference, person_id, organisation_id, application, service, pack_id,
    title, status, waits_on, opened_at, closed_at, outcome)
SELECT case_id, 'Y' || n, %(person)s, %(county)s, id, 'blue_badge', %(pack)s, '', 'granted',
    'nobody', begun, begun + interval '1 day', '' FROM made WHERE tenth < 9;
INSERT INTO cases_event (id, case_id, organisation_id, person_id, at, verb, by_kind, by, why,
    status, waits_on, shown_to_person)
SELECT gen_random_uuid(), case_id, %(county)s, %(person)s, begun + part * interval '1 day',
    'case.x', 'staff', '', '',
    CASE WHEN tenth = 8 AND part = 3 THEN 'with_assessor' ELSE 'received' END,
    (ARRAY['organisation', 'applicant', 'organisation', 'assessor', 'nobody'])[part + 1], true
FROM made, generate_series(0, 4) part WHERE tenth BETWEEN 4 AND 8;
INSERT INTO cases_decision (id, case_id, organisation_id, person_id, outcome, reason_en, reason_cy,
    explanation, rules_sha256, facts, by_kind, by, at)
SELECT gen_random_uuid(), case_id, %(county)s, %(person)s,
    CASE WHEN tenth = 7 THEN 'not_eligible' ELSE 'eligible' END, '', '',
    CASE WHEN tenth < 4 THEN '{{"outputs": {{"ground": "PIP"}}}}'::jsonb
         ELSE '{{"ground": "WALK"}}'::jsonb END,
    '{{}}', '{{}}', CASE WHEN tenth < 4 THEN 'system' ELSE 'staff' END, '',
    begun + CASE WHEN tenth < 4 THEN interval '20 minutes' ELSE tenth * interval '7 days' END
FROM made WHERE tenth < 9;
INSERT INTO facts_fact (id, person_id, organisation_id, application, need, value, source, by, form,
    page, assurance, at, kept_from)
SELECT gen_random_uuid(), %(person)s, %(county)s, id, need, value::jsonb, source, '', '', page,
    'claimed', begun + place * interval '1 minute', NULL
FROM made, (VALUES
    (0, 'applicant/person.birth_date', '"1946-05-05"', 'told', 'birth_date'),
    (1, 'applicant/person.name', '{{"given": "Ada", "family": "Roe"}}', 'told', 'name'),
    (2, 'applicant/benefit.pip.moving_around', '"f"', 'registry', 'dwp'),
    (3, 'applicant/contact.email', '"ada@example.org"', 'told', 'contact')
) told (place, need, value, source, page);
"""


_EMPTY = {"boolean": "false", "integer": "0", "smallint": "0", "jsonb": "'{}'::jsonb"}


def make_year(owner: psycopg.Connection, *, cases: int = CASES, year: int = YEAR) -> None:
    """Put a year's rows into the database, as the owner of its tables."""
    told = {
        "cases": cases,
        "first": datetime(year, 1, 1, 9, tzinfo=UTC),
        "county": owner.execute(
            "SELECT id FROM places_organisation WHERE slug = %s", [COUNTY]
        ).fetchone()[0],
        "person": owner.execute("SELECT id FROM identity_person LIMIT 1").fetchone()[0],
        "pack": owner.execute(
            "SELECT pack_id FROM applications_application WHERE service = 'blue_badge' LIMIT 1"
        ).fetchone()[0],
    }
    owner.execute(_MADE, told)
    for statement in _ROWS.replace("{{", "{").replace("}}", "}").split(";\n"):
        if statement.strip():
            owner.execute(_whole(owner, statement), told)
    owner.execute("ANALYZE applications_application, cases_case, cases_event, cases_decision")
    owner.execute("ANALYZE facts_fact")


def _whole(owner: psycopg.Connection, statement: str) -> str:
    """Return a statement that also fills the columns that these rows know nothing of."""
    head, columns, rest = re.split(r"[()]", statement, maxsplit=2)
    table, known = head.split()[-1], {name.strip() for name in columns.split(",")}
    found = owner.execute(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NULL",
        [table],
    ).fetchall()
    others = {name: _EMPTY.get(kind, "''") for name, kind in found if name not in known}
    if "for_whom" in others:
        others["for_whom"] = "'self'"
    values, made, where = rest.rpartition("FROM made")
    return (
        f"{head}({', '.join([columns, *others])}){', '.join([values.rstrip(), *others.values()])}"
        f" {made}{where}"
    )
