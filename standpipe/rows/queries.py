"""Finding rows by what their columns say, with statements that are made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)
Test = Literal["is", "is any of", "is null"]


class _Select(NamedTuple):
    text: str
    names: tuple[str, ...]
    # By place in a row, for the few columns that do not come as what they are.
    converters: tuple[tuple[int, Callable[..., Any]], ...]


def find(model: type[Row], *, lock: bool = False, **columns: Any) -> list[Row]:
    """
    Return the rows whose columns are as said: None is null, a list any of its values.

    The same as `model.objects.filter`, for the few questions that every page asks: there the
    making of the statement costs more than the answer. `lock` lets nobody else change them.
    """
    tests = tuple((name, _test(value)) for name, value in columns.items())
    select = _select(model, tests, lock)
    with connection.cursor() as cursor:
        cursor.execute(select.text, [value for value in columns.values() if value is not None])
        rows = cursor.fetchall()
    return [_row(model, select, values) for values in rows]


def _test(value: object) -> Test:
    if value is None:
        return "is null"
    return "is any of" if isinstance(value, list) else "is"


@cache
def _select(model: type[Model], tests: tuple[tuple[str, Test], ...], lock: bool) -> _Select:
    fields = model._meta.concrete_fields
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields)
    by_name = {field.attname: quoted(field.column) for field in fields}
    wheres = " AND ".join(_condition(name, by_name[name], test) for name, test in tests)
    converters = (
        (place, convert)
        for place, field in enumerate(fields)
        for convert in field.get_db_converters(connection)
    )
    return _Select(
        f"SELECT {columns} FROM {quoted(model._meta.db_table)} WHERE {wheres}"  # noqa: S608 (our own)
        + (" FOR UPDATE" if lock else ""),
        tuple(field.attname for field in fields),
        tuple(converters),
    )


def _condition(name: str, column: str, test: Test) -> str:
    sql = {
        "is": f"{column} = %s",
        "is any of": f"{column} = ANY(%s)",
        "is null": f"{column} IS NULL",
    }
    return sql[test]


def _row(model: type[Row], select: _Select, values: tuple[Any, ...]) -> Row:
    if select.converters:
        changed = list(values)
        for place, convert in select.converters:
            changed[place] = convert(changed[place], None, connection)
        return model.from_db(connection.alias, select.names, changed)
    return model.from_db(connection.alias, select.names, values)
