"""
Every route, method and asker against everybody's data: nobody is shown what is not theirs.

The matrix is made from the URLconf; `leaks/routes.yaml` says what is expected of each route.
"""

from __future__ import annotations

import logging
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from django.test import Client

from standpipe.api.access import scope_of
from standpipe.api.doors import operations
from standpipe.web.access import METHODS, routes
from tests.house.leaks.actors import Asker, askers
from tests.house.leaks.asking import ask
from tests.house.leaks.expectations import Row, expected, rows
from tests.house.leaks.place import three_organisations
from tests.house.leaks.world import OWNERS, Owner, World, make_world

SHARES = 8
MARK = re.compile("zq[abc][xyn]qz", re.IGNORECASE)
# Pages that would show nothing at all if nothing of one's own came through: they must show it.
SHOWING = {
    "applications",
    "applications/<slug:reference>/questions/<slug:page>",
    "applications/<slug:reference>/outcome",
    "applications/<slug:reference>/more",
    "applications/<slug:reference>/files/<uuid:document>",
    "data",
    "agreements",
    "applications/<slug:reference>/assessment",
    "assessments/",
    "assessments/<slug:reference>",
    "api/v1/referrals/<reference>",
    "staff/",
    "staff/post",
    "staff/post/<uuid:message>.pdf",
    "staff/cases/<slug:reference>",
    "staff/cases/<slug:reference>/files/<uuid:document>",
    "api/v1/cases",
    "api/v1/cases/<reference>",
    "api/v1/cases/<reference>/notes",
}


@pytest.fixture(scope="module")
def world(database, tmp_path_factory) -> Iterator[World]:
    with three_organisations(tmp_path_factory.mktemp("place")):
        yield make_world()


class Listener(logging.Handler):
    """Keeps what the log says that gives somebody away; what anybody did is not asked here."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.marks |= set(MARK.findall(f"{record.getMessage()} {record.exc_text or ''}"))


@pytest.fixture
def log() -> Iterator[Listener]:
    """What is logged meanwhile, at any level."""
    listener, root = Listener(), logging.getLogger()
    before, root.handlers, level = root.handlers, [listener], root.level
    root.setLevel(logging.INFO)
    yield listener
    root.handlers = before
    root.setLevel(level)


@pytest.fixture(scope="module")
def client() -> Client:
    return Client(raise_request_exception=False)


def declared() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return of every route of the URLconf to whom it is open, and its methods."""
    own: dict[str, set[str]] = defaultdict(set)
    for method, path, _ in operations():
        own[f"api/v1{path}".replace("{", "<").replace("}", ">")].add(method)
    found = {}
    for route in routes():
        ninja = route.path in ("api/v1/", "api/v1/openapi.json")
        methods = own.get(route.path) or set(route.methods) - (set() if ninja else {"HEAD"})
        found[route.path] = (frozenset(route.open_to), frozenset(methods))
    return found


def test_every_route_has_an_expectation_and_every_expectation_a_route():
    said = {path: (row.open_to, row.methods) for path, row in rows().items()}

    assert said == declared()


def test_every_operation_of_the_api_asks_for_the_scope_that_is_expected():
    table = rows()
    for method, path, operation in operations():
        row = table[f"api/v1{path}".replace("{", "<").replace("}", ">")]
        assert row.scopes.get(method) == scope_of(operation), path


def cells(share: int) -> Iterator[tuple[Row, str, Owner | None]]:
    """Yield a share of the routes with each method and owner whose data can be asked for there."""
    for row in shared_out(share):
        for method in METHODS:
            named = row.takes(method) and row.names_somebody()
            for owner in OWNERS if named else (None,):
                yield row, method, owner


def shared_out(share: int) -> list[Row]:
    """Return one share of the routes: several processes go through the matrix side by side."""
    return list(rows().values())[share::SHARES]


@pytest.mark.parametrize("share", range(SHARES))
def test_nobody_is_shown_what_is_not_theirs(world, client, log, share):
    count: Counter[str] = Counter()
    wrong, leaks, shown = [], [], set()
    for asker in askers(world):
        for row, method, owner in cells(share):
            address, answer = ask(client, world, row, method, asker, owner)
            right = expected(row, method, asker, owner)
            count["refused" if right.is_refusal else "answered"] += 1
            cell = (method, address, asker.name, answer.status, answer.location)
            sent_on = right.to is None or answer.location.startswith(right.to)
            if answer.status not in right.statuses or not sent_on:
                wrong.append(cell)
            found = world.found_in(answer.text)
            leaks += [(*cell, word) for word in leaking(found, asker, address)]
            if any(asker.may_see(one) for one, word in found if word not in address):
                shown.add(row.path)
    routes_here = {row.path for row in shared_out(share)}
    print(
        f"\nLeak matrix, share {share + 1} of {SHARES}: {count.total()} cells, {dict(count)},"
        f" {len(routes_here)} routes of {len(rows())}"
    )

    assert not log.marks, "personal data in the log"
    assert not leaks, f"{len(leaks)} leaks: {leaks[:10]}"
    assert not wrong, f"{len(wrong)} wrong answers, among them {some_of(wrong)}"
    assert SHOWING & routes_here <= shown, "these pages show nothing: would a leak be seen?"


def some_of(cells: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return one of each kind, so that many alike do not hide another."""
    kinds = {
        (method, address.split("/")[-1], status): (method, address, name, status, to)
        for method, address, name, status, to in cells
    }
    return list(kinds.values())[:30]


def leaking(found: set[tuple[Owner, str]], asker: Asker, address: str) -> list[str]:
    """Return the words that give somebody away; what stood in the address was known before."""
    return sorted(
        word
        for owner, word in found
        if not asker.may_see(owner) and word.lower() not in address.lower()
    )
