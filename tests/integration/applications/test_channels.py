"""Each application says in which way it was asked for: to staff, to machines, and for figures."""

from __future__ import annotations

from importlib import import_module

import psycopg
import pytest

from standpipe.applications.channels import CHANNELS
from tests import make
from tests.integration.api.conftest import COUNTY, TREE, Api

MIGRATION = import_module("standpipe.applications.migrations.0003_channels")


def test_a_machine_is_told_by_which_channel_an_application_came():
    api = Api(make.client(COUNTY).token)
    lodged = api.post("/applications", {**TREE, "channel": "counter"}).json()["reference"]

    assert api.get(f"/applications/{lodged}").json()["channel"] == "counter"


def test_the_list_and_the_table_know_the_same_channels(owner):
    assert list(CHANNELS) == MIGRATION.CHANNELS
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute("UPDATE applications_application SET channel = 'pigeon'")


@pytest.mark.parametrize(
    ("before", "after"),
    [("kiosk:a-library", "kiosk"), ("crm_import", "api"), ("paper", "paper"), ("web", "web")],
)
def test_what_was_written_before_there_was_a_list_is_brought_into_it(owner, before, after):
    reference = make.begun(make.person(), "report_a_fallen_tree")
    constraint = "ALTER TABLE applications_application DROP CONSTRAINT applications_known_channel"
    with owner.transaction(force_rollback=True):
        owner.execute(constraint)
        owner.execute(
            "UPDATE applications_application SET channel = %s WHERE reference = %s",
            [before, reference],
        )
        owner.execute(MIGRATION.BRING_INTO_LINE)
        (found,) = owner.execute(
            "SELECT channel FROM applications_application WHERE reference = %s", [reference]
        ).fetchone()

    assert found == after
