"""Rooms are small, labelled, and finished."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.source import ROOT, Module, modules

LINES = 400
# A library of its own, which can be lifted out of the house: its door names what it offers.
LIBRARIES = {"dmn"}
OURS = ("standpipe", "config", "launcher", "connectors", "interfaces", "bench", "tests")
# Written so that this file does not name itself.
UNFINISHED = re.compile(r"(?<![\"'])\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
NAMELESS = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common", "base"}
NAMED_BY_OTHERS = {"config.postgresql.base": "where Django looks for the connection of an ENGINE"}


def captions_missing(module: Module) -> list[str]:
    """Return what an `__init__` holds beside one docstring."""
    body = module.tree.body
    found = [] if body and ast.get_docstring(module.tree) else ["no docstring"]
    found += [ast.unparse(one) for one in body[1:]]
    return found


def too_long(path: Path) -> bool:
    return len(path.read_text(encoding="utf-8").splitlines()) > LINES


def unfinished(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if UNFINISHED.search(line)]


def files() -> list[Path]:
    return [
        path
        for folder in OURS
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".html", ".scss", ".yaml", ".md", ".js")
        and not {"migrations", "node_modules", "static", "recordings"} & set(path.parts)
    ]


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "standpipe").glob("*/__init__.py")),
    ids=lambda path: path.parent.name,
)
def test_a_room_has_its_caption_and_nothing_else_on_the_door(path):
    missing = captions_missing(Module.at(path))
    assert missing == [] or path.parent.name in LIBRARIES


def test_no_file_of_code_is_longer_than_it_should_be():
    code = [path for path in files() if path.suffix == ".py"]
    assert [str(path.relative_to(ROOT)) for path in code if too_long(path)] == []


def test_nothing_is_left_for_later_without_an_issue():
    left = {
        str(path.relative_to(ROOT)): found
        for path in files()
        if (found := unfinished(path.read_text(encoding="utf-8")))
    }
    assert left == {}


def test_every_file_is_named_for_what_it_holds():
    nameless = {one.name for one in modules(*OURS) if NAMELESS & set(one.name.split("."))}
    assert nameless == NAMED_BY_OTHERS.keys()


def test_a_faulty_room_is_noticed(tmp_path):
    code = '"""Caption."""\nfrom standpipe.cases.actions import decide\n'
    long = tmp_path / "long.py"
    long.write_text("pass\n" * (LINES + 1))

    assert captions_missing(Module("standpipe.cases", code)) == [
        "from standpipe.cases.actions import decide"
    ]
    assert captions_missing(Module("standpipe.cases", "")) == ["no docstring"]
    assert too_long(long)
    assert unfinished("x = 1  # TO" + "DO: mend")
    assert not unfinished("# A letter to do with TODOS Ltd.")
