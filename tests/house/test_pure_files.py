"""A file may touch Django, the clock or the network only where its name or a reason says so."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Module, modules

# What these files hold is rows, verbs, questions and wiring; see house-style.
TOUCH_DJANGO = {"models", "actions", "queries", "tasks", "loaded"}
# Doors read the clock, and everything of a request is theirs.
DOORS = {"web", "api"}
OUTSIDE = ("django", "psycopg", "procrastinate", "ninja", "allauth")
NETWORK = ("httpx", "socket", "urllib.request", "http.client", "subprocess")
CLOCK = {"now", "utcnow", "today", "localdate", "localtime", "time"}
# Each other file that touches the world, and why it must.
EXCEPTIONS = {
    "standpipe.identity.tenancy": "sets the actor of a transaction",
    "standpipe.identity.row_security": "writes the SQL of migrations",
    "standpipe.jobs.clock": "is the clock",
    "standpipe.jobs.ordering": "orders background work in the caller's transaction",
    "standpipe.cases.json": "lets the database write the JSON that machines read most",
    "standpipe.gateway.http": "is the one way out of the house",
    "standpipe.gateway.transport": "is the one way out of the house",
    "standpipe.gateway.connectors": "builds the one way out for each connector",
    "standpipe.gateway.recordings": "plays what went over the network",
    "standpipe.gateway.simulation.faults": "is a server of its own, outside the house",
    "standpipe.documents.cage": "starts the process in which strangers' files are read",
    "standpipe.documents.caged": "is the program inside that process, asked over a socket",
    "standpipe.dmn.tck": "is a command that dates its report",
}


def touched(module: Module) -> Iterator[str]:
    """Yield what of the world a module touches: an import, or a call that reads the clock."""
    for name in sorted(module.imports):
        for outside in (*OUTSIDE, *NETWORK):
            if name == outside or name.startswith(f"{outside}."):
                yield name
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCK
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in ("datetime", "date", "timezone", "time")
        ):
            yield f"{node.func.value.id}.{node.func.attr}()"


def clock_readers(module: Module) -> list[str]:
    return [one for one in touched(module) if one.endswith("()")]


def may_touch_django(module: Module) -> bool:
    return module.capability in DOORS or module.kind in TOUCH_DJANGO


def house() -> list[Module]:
    return modules("standpipe")


def test_a_pure_file_touches_nothing():
    found = {one.name: sorted(touched(one)) for one in house() if not may_touch_django(one)}
    assert {name: what for name, what in found.items() if what and name not in EXCEPTIONS} == {}


def test_every_exception_is_needed():
    found = {one.name for one in house() if list(touched(one))}
    assert EXCEPTIONS.keys() - found == set()


def test_only_doors_and_background_work_read_the_clock():
    readers = {
        one.name: clock_readers(one)
        for one in house()
        if one.capability not in DOORS and one.kind != "tasks" and one.name not in EXCEPTIONS
    }
    assert {name: found for name, found in readers.items() if found} == {}


@pytest.mark.parametrize(
    "code",
    [
        "from django.db import connection",
        "import django.utils.timezone",
        "def f():\n    import httpx",
        "from datetime import datetime\nnow = datetime.now()",
        "from datetime import date\n\ndef f():\n    return date.today()",
        "import time\nat = time.time()",
    ],
)
def test_a_file_that_only_looks_pure_is_noticed(code):
    assert list(touched(Module("standpipe.cases.lifecycle", code)))


def test_plain_code_is_not_suspected():
    code = "from datetime import date\n\ndef f(on: date):\n    return on.replace(day=1)"
    assert list(touched(Module("standpipe.cases.lifecycle", code))) == []
