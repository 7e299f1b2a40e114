"""The audit log as PostgreSQL keeps it: nothing can be changed, and whatever was is found."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import InternalError, ProgrammingError, connection, connections, transaction

from standpipe.audit import queries
from standpipe.audit.actions import record
from standpipe.identity.actor import ANONYMOUS, Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.identifiers import new_id

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def write(count: int = 1, *, subjects=()) -> None:
    with transaction.atomic():
        for number in range(count):
            record(
                "data.read",
                actor=ANONYMOUS,
                at=AT + timedelta(seconds=number),
                organisation=None,
                subjects=list(subjects),
                what=f"case:{number}",
            )


@pytest.fixture
def as_owner(database):
    """Django itself as the owner, as the command line does to verify."""
    from config.command import _become_owner

    before = dict(connection.settings_dict)
    _become_owner()
    yield
    connections["default"].close()
    connection.settings_dict.clear()
    connection.settings_dict.update(before)


@pytest.fixture
def emptied(owner: psycopg.Connection):
    """A log that nobody wrote to: the owner has to switch the guard off to empty it."""
    owner.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
    owner.execute("DELETE FROM audit_entry")
    owner.execute("UPDATE audit_chain SET length = 0, head = repeat('0', 64)")
    owner.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
    return owner


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "UPDATE audit_chain SET length = 0",
    ],
)
def test_the_application_cannot_change_the_log(statement):
    write()
    with (
        pytest.raises((ProgrammingError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_even_the_owner_is_refused_while_the_guard_is_on(owner):
    write()
    for statement in ("UPDATE audit_entry SET verb = 'x'", "TRUNCATE audit_entry"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed"):
            owner.execute(statement)


def test_an_act_that_is_undone_leaves_no_entry(owner):
    person = new_id()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(subjects=[person])
        _ = 1 / 0

    found = owner.execute("SELECT count(*) FROM audit_entry WHERE %s = ANY(subjects)", [person])
    assert found.fetchone() == (0,)


def test_a_person_sees_what_was_done_with_their_data_and_nobody_else_s():
    ada, bryn = new_id(), new_id()
    write(2, subjects=[ada])
    write(1, subjects=[bryn])

    with acting(Actor(kind="person", id="ada", name="Ada", person=ada)):
        assert len(queries.about(ada)) == 2
        assert queries.about(bryn) == []
    assert queries.about(ada) == []


def test_many_writers_at_once_keep_the_chains_whole(emptied, as_owner):
    def writer(_):
        try:
            write(5)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(writer, range(40)))

    found = queries.verify()
    assert (found.entries, found.faults) == (200, ())


TAMPERINGS = {
    "text changed": "UPDATE audit_entry SET body = replace(body, 'case:', 'cAse:') WHERE id = %s",
    "column changed": "UPDATE audit_entry SET verb = 'case.decided' WHERE id = %s",
    "time changed": "UPDATE audit_entry SET at = at + interval '1 s' WHERE id = %s",
    "subject removed": "UPDATE audit_entry SET subjects = '{}' WHERE id = %s",
    "removed": "DELETE FROM audit_entry WHERE id = %s",
    "hash changed": "UPDATE audit_entry SET hash = repeat('a', 64) WHERE id = %s",
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_whoever_gets_round_the_guard_is_found(tampering, emptied, as_owner):
    write(6, subjects=[new_id()])
    assert queries.verify().faults == ()
    entries = [row[0] for row in emptied.execute("SELECT id FROM audit_entry ORDER BY position")]
    victim = random.choice(entries)
    emptied.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
    emptied.execute(TAMPERINGS[tampering], [victim])
    emptied.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")

    assert queries.verify().faults


def test_two_entries_that_change_places_are_found(emptied, as_owner):
    write(4)
    first, second = (
        row[0] for row in emptied.execute("SELECT id FROM audit_entry ORDER BY position LIMIT 2")
    )
    emptied.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
    for identifier, position in ((first, 1000), (second, 1), (first, 2)):
        emptied.execute(
            "UPDATE audit_entry SET position = %s WHERE id = %s", [position, identifier]
        )
    emptied.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")

    assert queries.verify().faults


def test_a_whole_log_rewritten_by_its_owner_is_found_by_a_checkpoint_kept_elsewhere(
    emptied, as_owner
):
    write(5)
    kept = queries.heads()
    emptied.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
    emptied.execute("DELETE FROM audit_entry")
    emptied.execute("UPDATE audit_chain SET length = 0, head = repeat('0', 64)")
    emptied.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
    write(5)

    assert queries.verify().faults == ()
    assert queries.verify(checkpoint=kept).faults
