"""A transaction is somebody's: nobody else's rows are seen in it, and nothing of them is left."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from standpipe.identity.actor import ANONYMOUS, system
from standpipe.identity.tenancy import acting
from standpipe.places.actions import organisation_id
from tests import make

COUNTY = organisation_id("borrowdale_county")
NORTHMERE = organisation_id("northmere_district")


def seen(table: str = "applications_application") -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_nobody_sees_nothing():
    make.begun(make.person(), "blue_badge")

    assert seen() == 0
    with acting(ANONYMOUS):
        assert seen() == 0
    with acting(system(None, task="test")):
        assert seen() == 0


def test_who_one_was_ends_with_the_transaction():
    make.begun(make.person(), "blue_badge")
    with acting(make.worker("borrowdale_county")):
        assert seen() > 0

    assert seen() == 0


def test_it_ends_also_when_something_went_wrong():
    make.begun(make.person(), "blue_badge")
    with pytest.raises(ZeroDivisionError), acting(make.worker("borrowdale_county")):
        _ = 1 / 0

    assert seen() == 0
    with acting(make.worker("northmere_district")):
        assert seen() == 0


def test_two_actors_cannot_share_a_transaction():
    ada, bryn = make.person(), make.person()

    with acting(ada), acting(ada), pytest.raises(RuntimeError, match="is at work"), acting(bryn):
        pass


def test_nobody_can_write_a_row_that_is_not_theirs():
    ada = make.person()
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting(make.worker("northmere_district")),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO consent_grant (id, receipt, person_id, organisation_id, registry, purpose,"
            " attributes, disclosed, wording, language, what, agreed, at, expires_at)"
            " VALUES (gen_random_uuid(), 'C-X', %s, %s, 'r', 'p', '{}', '{}', '', 'en', 'w', true,"
            " now(), now())",
            [ada.person, COUNTY],
        )


def test_nobody_can_hand_their_row_to_another_organisation():
    ada = make.person()
    reference = make.begun(ada, "blue_badge")
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting(make.worker("borrowdale_county")),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE applications_application SET organisation_id = %s WHERE reference = %s",
            [NORTHMERE, reference],
        )


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE standpipe_trial_owner",
        "SET SESSION AUTHORIZATION standpipe_trial_owner",
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "DROP POLICY whom_it_concerns ON cases_case",
        "CREATE TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "TRUNCATE cases_case",
        "COPY cases_case TO PROGRAM 'cat'",
        "ALTER ROLE CURRENT_USER BYPASSRLS",
    ],
)
def test_the_application_cannot_let_itself_out(database, statement):
    with (
        psycopg.connect(database.application) as application,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        application.execute(statement)


def test_switching_it_off_shows_no_more(database):
    make.begun(make.person(), "blue_badge")
    with psycopg.connect(database.application) as application:
        application.execute("SET row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            application.execute("SELECT * FROM applications_application")


def test_a_made_up_name_is_nobody():
    make.begun(make.person(), "blue_badge")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('standpipe.organisation', '', true)")
        assert seen() == 0
