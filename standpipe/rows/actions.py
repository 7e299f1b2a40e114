"""
Adding rows: what one act adds goes to the database in one statement.

Most of what a create costs is statements, not rows. So rows wait until the transaction asks the
database anything else, or ends: whatever is asked finds them there, and nobody has to think of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Model

_WAITING = "standpipe_rows"


class _New(NamedTuple):
    model: type[Model]
    # By attribute; of a row it is the row's own, so that what is changed in it is written.
    values: Mapping[str, Any]


def add(*rows: Model) -> None:
    """
    Add new rows, every column as it stands in them when they are written.

    For tables whose defaults are the model's: the database is given each column. Within
    `together` a row waits, and a fault of it shows with the statement that it waited for.
    """
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    _add([_New(type(row), row.__dict__) for row in rows])


def add_values(model: type[Model], *rows: Mapping[str, Any]) -> None:
    """Add new rows that nobody needs as objects: values by attribute, null where there is none."""
    _add([_New(model, values) for values in rows])


def change(row: Model, **values: Any) -> None:
    """Change some columns of a row, in the database too unless it still waits to be added."""
    for name, value in values.items():
        setattr(row, name, value)
    waiting: list[_New] = getattr(connection, _WAITING, None) or []
    if not any(one.values is row.__dict__ for one in waiting):
        row.save(update_fields=list(values))


@contextmanager
def together() -> Iterator[None]:
    """
    Let added rows wait for the next statement, or for the end; the caller opens a transaction.

    What is added inside a savepoint that fails is forgotten with it, if that is `together` too.
    """
    outer: list[_New] | None = getattr(connection, _WAITING, None)
    if outer is not None:
        before = len(outer)
        try:
            yield
        except BaseException:
            del outer[before:]
            raise
        return
    setattr(connection, _WAITING, [])
    try:
        with connection.execute_wrapper(_after_those_that_wait):
            yield
            _write_waiting(connection)
    finally:
        setattr(connection, _WAITING, None)


def _after_those_that_wait(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    _write_waiting(context["connection"])
    return execute(sql, params, many, context)


def _add(rows: Sequence[_New]) -> None:
    waiting: list[_New] | None = getattr(connection, _WAITING, None)
    if waiting is None:
        _write(rows)
    else:
        waiting.extend(rows)


def _write_waiting(to: Any) -> None:
    waiting: list[_New] | None = getattr(to, _WAITING, None)
    if waiting:
        rows = waiting.copy()
        # Emptied first: writing them is a statement, too.
        waiting.clear()
        _write(rows)


def _write(rows: Sequence[_New]) -> None:
    by_model: dict[type[Model], list[dict[str, Any]]] = {}
    for model, values in rows:
        columns = {column: values.get(name) for name, column in _columns(model)}
        by_model.setdefault(model, []).append(columns)
    if by_model:
        with connection.cursor() as cursor:
            cursor.execute(
                _statement(tuple(by_model)),
                [json.dumps(each, default=_plain) for each in by_model.values()],
            )


@cache
def _columns(model: type[Model]) -> tuple[tuple[str, str], ...]:
    return tuple((field.attname, field.column) for field in model._meta.concrete_fields)


@cache
def _statement(models: tuple[type[Model], ...]) -> str:
    *first, last = (_insert(model) for model in models)
    if not first:
        return last
    parts = ", ".join(f"added_{number} AS ({each})" for number, each in enumerate(first))
    return f"WITH {parts} {last}"


def _insert(model: type[Model]) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(column) for _, column in _columns(model))
    # One value for all rows of a table: binding each of a hundred costs more than reading JSON.
    return (
        f"INSERT INTO {table} ({columns})"  # noqa: S608 (names of our own tables and columns)
        f" SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s::json)"
    )


def _plain(value: object) -> str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be kept in a row that is added")
