"""The platform with its own filters switched off, so that row-level security stands alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import Q, QuerySet

from standpipe.cases import json as cases_json
from standpipe.identity.actor import Actor
from standpipe.rows import queries as finding
from standpipe.web import guard

# What the code narrows a question by, so as to show nobody what is not theirs.
_NARROWING = ("organisation", "organisation_id", "assessor_id", "person", "person_id")

_NARROW_SQL = re.compile(r"(c\.)?organisation_id = %(\(organisation\))?s")


@contextmanager
def filters_off() -> Iterator[None]:
    """Open every door, believe everybody, and narrow no question to a person or organisation."""
    with pytest.MonkeyPatch.context() as switched:
        switched.setattr(guard, "_refusal", lambda *_: None)
        switched.setattr(Actor, "acts_for", lambda *_: True)
        for name in ("filter", "exclude"):
            switched.setattr(QuerySet, name, _wide(getattr(QuerySet, name)))
        for name in ("_CASE", "_QUEUE"):
            text = _NARROW_SQL.sub(r"(\g<0> OR true)", getattr(cases_json, name))
            switched.setattr(cases_json, name, text)
        switched.setattr(finding, "_condition", _wide_condition(finding._condition))
        finding._select.cache_clear()
        try:
            yield
        finally:
            finding._select.cache_clear()


def _wide(narrow: Any) -> Any:
    def ask(questions: QuerySet[Any], *conditions: Any, **named: Any) -> QuerySet[Any]:
        wide = [one for one in conditions if not _narrows(one)]
        kept = {name: value for name, value in named.items() if name not in _NARROWING}
        return narrow(questions, *wide, **kept)

    return ask


def _wide_condition(narrow: Callable[..., str]) -> Callable[..., str]:
    def condition(name: str, *more: str) -> str:
        sql = narrow(name, *more)
        return f"({sql} OR true)" if name in _NARROWING else sql

    return condition


def _narrows(condition: Any) -> bool:
    return isinstance(condition, Q) and all(
        isinstance(one, tuple) and one[0] in _NARROWING for one in condition.children
    )


@contextmanager
def as_the_owner() -> Iterator[None]:
    """Let Django be the owner of the tables, whom row-level security does not bind."""
    from config.command import _become_owner

    before = dict(connection.settings_dict)
    _become_owner()
    try:
        yield
    finally:
        connections["default"].close()
        connection.settings_dict.clear()
        connection.settings_dict.update(before)
