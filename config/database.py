"""`standpipe database prepare`: the two roles, the database, and what each role may do there."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from standpipe.kernel.errors import Misconfigured, Unavailable


class TooOld(Misconfigured):
    """PostgreSQL is older than 15."""


def main(words: Sequence[str]) -> None:
    """Make the roles and the database that the two addresses in the settings name."""
    parser = argparse.ArgumentParser(prog="standpipe database prepare")
    parser.add_argument("administrator", help="address of PostgreSQL for a role that makes roles")
    arguments = parser.parse_args(words)
    missing = [
        name
        for name in ("STANDPIPE_DATABASE_URL", "STANDPIPE_OWNER_DATABASE_URL")
        if not os.environ.get(name)
    ]
    if missing:
        raise Misconfigured(f"{' and '.join(missing)}: missing.")
    prepare(
        arguments.administrator,
        owner=os.environ["STANDPIPE_OWNER_DATABASE_URL"],
        application=os.environ["STANDPIPE_DATABASE_URL"],
    )
    print("The roles and the database are ready. Next: standpipe migrate.")


def prepare(administrator: str, *, owner: str, application: str) -> None:
    """
    Make what two PostgreSQL addresses name: two roles with their passwords, and one database.

    The owner makes and holds the tables. The application reads and writes rows and is bound by
    row-level security. Running it again changes nothing but the passwords. The administrator's
    address may be the owner's.

    :raises TooOld: below PostgreSQL 15
    :raises Unavailable: if PostgreSQL does not answer
    """
    owner_role, application_role = urlsplit(owner).username, urlsplit(application).username
    database = urlsplit(owner).path.lstrip("/")
    if not owner_role or not application_role or owner_role == application_role:
        raise Misconfigured("The two PostgreSQL addresses must name two different roles.")
    if urlsplit(application).path.lstrip("/") != database:
        raise Misconfigured("The two PostgreSQL addresses must name the same database.")
    with _connect(administrator) as connection:
        if connection.info.server_version < 150000:
            raise TooOld("PostgreSQL 15 or later is needed.")
        for role, address in ((owner_role, owner), (application_role, application)):
            if role != connection.info.user:
                _make_role(connection, role, address)
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if not exists.fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(database), sql.Identifier(owner_role)
                )
            )
    with _connect(_in_database(administrator, database)) as connection:
        _permit(connection, database=database, owner=owner_role, application=application_role)


def _connect(address: str) -> psycopg.Connection:
    try:
        return psycopg.connect(address, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise Unavailable(f"PostgreSQL does not answer: {error}") from error


def _make_role(connection: psycopg.Connection, role: str, address: str) -> None:
    name = sql.Identifier(role)
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {}").format(name))
    connection.execute(
        sql.SQL(
            "ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION"
        ).format(name)
    )
    if password := urlsplit(address).password:
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(unquote(password)))
        )


def _permit(connection: psycopg.Connection, *, database: str, owner: str, application: str) -> None:
    # What the application may do with each table is granted after each migration, by table.
    for statement in (
        "ALTER DATABASE {database} OWNER TO {owner}",
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {application}",
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {application}",
    ):
        connection.execute(
            sql.SQL(statement).format(
                database=sql.Identifier(database),
                owner=sql.Identifier(owner),
                application=sql.Identifier(application),
            )
        )


def _in_database(address: str, database: str) -> str:
    return urlsplit(address)._replace(path=f"/{database}").geturl()
