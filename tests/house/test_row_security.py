"""
Row-level security by itself: with the platform's own filters switched off it still leaks nothing.

The same questions put as the owner, whom it does not bind, do leak: so these tests can fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from django.test import Client

from standpipe.places.actions import organisation_id
from tests.house.leaks.actors import Asker, askers
from tests.house.leaks.asking import ask
from tests.house.leaks.expectations import rows
from tests.house.leaks.place import ASSESSORS, ORGANISATIONS, three_organisations
from tests.house.leaks.switched_off import as_the_owner, filters_off
from tests.house.leaks.world import OWNERS, World, make_world

# Tables with a person's or an organisation's column that no policy guards, and why they may.
UNGUARDED = {
    "account_emailaddress": "is read to find out who signs in; says nothing of applications",
    "identity_account": "is read to find out who is acting, before anybody is",
    "identity_client": "is read to find out which system is acting, before any is",
    "kiosks_kiosk": "is read to find out at which computer somebody is, before anybody is known",
    "identity_membership": "is read to find out for whom an account acts",
}
# Where the control asks: enough to leak, and nothing that takes long to work out.
CONTROL = ("applications", "staff", "api")
NARROW = ("organisation_id", "person_id", "asked_by_id", "subjects", "email")


@pytest.fixture(scope="module")
def world(database, tmp_path_factory) -> Iterator[World]:
    with three_organisations(tmp_path_factory.mktemp("place")):
        yield make_world()


def guarded(owner: psycopg.Connection) -> list[str]:
    """Return the tables with row-level security switched on and a policy."""
    found = owner.execute(
        "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relrowsecurity"
        " AND c.relnamespace = 'public'::regnamespace"
        " AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid) ORDER BY 1"
    )
    return [name for (name,) in found]


def unguarded(owner: psycopg.Connection) -> set[str]:
    """Return the tables about people or organisations that no policy guards."""
    found = owner.execute(
        "SELECT DISTINCT table_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name = ANY(%s)",
        [list(NARROW)],
    )
    return {name for (name,) in found} - set(guarded(owner))


def test_every_table_about_somebody_has_a_policy(owner):
    assert unguarded(owner) == UNGUARDED.keys()


def test_a_new_table_without_a_policy_is_noticed(owner):
    owner.execute("CREATE TABLE cases_secret (id uuid, person_id uuid, words text)")
    try:
        assert "cases_secret" in unguarded(owner)
        owner.execute("ALTER TABLE cases_secret ENABLE ROW LEVEL SECURITY")
        assert "cases_secret" in unguarded(owner), "security without a policy is not yet one"
        owner.execute("CREATE POLICY whom_it_concerns ON cases_secret USING (false)")
        assert "cases_secret" not in unguarded(owner)
    finally:
        owner.execute("DROP TABLE cases_secret")


def test_the_application_cannot_get_round_it(database, owner):
    with psycopg.connect(database.application) as application:
        role = application.info.user
        powers = application.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        groups = application.execute(
            "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
            " WHERE r.rolname = current_user"
        ).fetchone()
    owned = owner.execute(
        "SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = %s", [role]
    ).fetchone()

    assert powers == (False,) * 5
    assert groups == owned == (0,)


def test_whoever_looks_past_it_is_known(owner):
    past = owner.execute(
        "SELECT proname::text FROM pg_proc"
        " WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY 1"
    ).fetchall()
    paths = owner.execute(
        "SELECT count(*) FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND NOT coalesce(array_to_string(proconfig, ','), '') LIKE '%search_path=%'"
    ).fetchone()

    assert past == [
        ("audit_chain_on",),
        ("entitlement_by_number",),
        ("entitlement_held_alike",),
        ("entitlement_of_holder",),
        ("hand_over_entitlement",),
        ("mandate_in_force",),
        ("saved_application",),
    ]
    assert paths == (0,), "a function that looks past it must fix its search path"


def rows_seen(
    connection: psycopg.Connection, table: str, *, organisation: UUID | None, person: UUID | None
) -> list[str]:
    """Return the rows of a table as text, as they are seen by somebody; None is nobody."""
    with connection.transaction():
        connection.execute(
            "SELECT set_config('standpipe.organisation', %s, true),"
            " set_config('standpipe.person', %s, true)",
            [str(organisation or ""), str(person or "")],
        )
        seen = connection.execute(f"SELECT t::text FROM {table} t").fetchall()
    return [text for (text,) in seen]


def test_no_table_shows_what_is_another_s(world, database, owner):
    tables = guarded(owner)
    looks = leaks = 0
    with psycopg.connect(database.application) as application:
        for table in tables:
            everything = rows_seen(owner, table, organisation=None, person=None)
            assert len(everything) >= len(OWNERS), f"{table} holds too little to leak"
            assert rows_seen(application, table, organisation=None, person=None) == []
            lookers = [
                *(Asker(one, organisation=one) for one in (*ORGANISATIONS, *ASSESSORS)),
                *(Asker(one, person=one) for one in world.residents),
            ]
            for looker in lookers:
                seen = rows_seen(
                    application,
                    table,
                    organisation=_organisation(looker),
                    person=world.residents[looker.person].person if looker.person else None,
                )
                looks += 1
                found = {one for text in seen for one, _ in world.found_in(text)}
                # A resident's rows say what staff wrote of them; pages leave that out.
                leaks += sum(one.who != "n" and not looker.may_see(one) for one in found)
                assert len(seen) < len(everything), f"{table} shows everything to {looker.name}"
    print(f"\nRow-level security: {len(tables)} tables, {looks} looks, {leaks} leaks")

    assert leaks == 0


def _organisation(looker: Asker) -> UUID | None:
    if looker.organisation is None:
        return None
    return organisation_id({**ORGANISATIONS, **ASSESSORS}[looker.organisation])


def leaks_of(
    world: World, client: Client, *, only: tuple[str, ...] = ("",)
) -> tuple[int, list[tuple[str, str, str]]]:
    """
    Ask every question that shows somebody's data, as everybody; return how many, and what leaked.

    `only` are the beginnings of the routes that are asked.
    """
    count, leaks = 0, []
    some = [one for one in askers(world) if " without " not in one.name and _is_one_of_a_kind(one)]
    for asker in some:
        for row in rows().values():
            if "GET" not in row.methods or row.data == "nobody" or row.path.startswith("accounts"):
                continue
            if not row.path.startswith(only):
                continue
            for owner in OWNERS if row.names_somebody() else (None,):
                address, answer = ask(client, world, row, "GET", asker, owner)
                count += 1
                leaks += [
                    (address, asker.name, word)
                    for one, word in world.found_in(answer.text)
                    if not asker.may_see(one) and word.lower() not in address.lower()
                ]
    return count, leaks


def _is_one_of_a_kind(asker: Asker) -> bool:
    return asker.role in (None, "caseworker", "assessor")


def test_it_leaks_nothing_with_all_filters_off_and_the_owner_does(world):
    client = Client(raise_request_exception=False)
    with filters_off():
        asked, leaks = leaks_of(world, client)
        with as_the_owner():
            again, control = leaks_of(world, client, only=CONTROL)
    print(
        f"\nFilters off: {asked} questions, {len(leaks)} leaks;"
        f" as the owner {again} questions, {len(control)} leaks"
    )

    assert leaks == []
    places = {address.split("/")[1] for address, _, _ in control}
    assert set(CONTROL) <= places, "the control leaks too little"
