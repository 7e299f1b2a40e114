"""The commands of `./run`: what each is called, does and needs. Standard library only."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from launcher.places import PYTHON, ROOT
from launcher.postgres import debian_binaries
from launcher.toolchain import ready

ABOUT = """\
Standpipe needs python3 (3.11 or later) with pip, and nothing else: whatever more it uses, it
installs into this folder. Deleting .venv, .boot and .standpipe undoes all of it.

PostgreSQL is STANDPIPE_DATABASE_URL if that is set; else Debian's, if it is installed; else one
from the Python package index."""


@dataclass(frozen=True, slots=True)
class Command:
    """
    One word after `./run`: what may follow it, what it does, and how Python is told to do it.

    `groups` and `extras` are what it needs of pyproject.toml; PostgreSQL's extra comes by itself.
    """

    words: str
    help: str
    module: tuple[str, ...]
    groups: tuple[str, ...] = ("dev",)
    extras: tuple[str, ...] = ()


COMMANDS = {
    "demo": Command(
        "[--fresh] [--port N]",
        "set everything up, start it, and say where it is; Ctrl-C stops it and keeps its data",
        ("launcher.demo",),
        groups=(),
    ),
    "walk": Command(
        "", "apply for a Blue Badge in that demo, in a browser, step by step", ("launcher.walk",)
    ),
    "test": Command(
        "[PYTEST WORDS]",
        "check, then run every test",
        ("launcher.suite",),
        # The tests try every source of PostgreSQL.
        extras=("policy", "embedded"),
    ),
    "check": Command("", "check style, types and floors", ("launcher.checks",), extras=("policy",)),
    "bench": Command(
        "[NAME] [--json]",
        "measure; each figure is a ratio",
        ("launcher.figures", "bench"),
        groups=("dev", "bench"),
        extras=("policy",),
    ),
    "drill": Command(
        "NAME [--json]", "break something on purpose and count", ("launcher.figures", "drill")
    ),
    "new-pack": Command(
        "NAME", "begin a service in service_packs/", ("config.command", "pack", "new")
    ),
    "new-connector": Command(
        "NAME", "begin a connector in connectors/", ("launcher.new_connector",)
    ),
}


def main(words: list[str]) -> int:
    """Make ready what a command needs, then become it."""
    if not words or words[0] in ("-h", "--help", "help"):
        print(_help())
        return 0
    command = COMMANDS.get(words[0])
    if command is None:
        print(f"./run knows no {words[0]!r}.\n\n{_help()}", file=sys.stderr)
        return 2
    if words[1:2] in (["-h"], ["--help"]) and words[0] != "test":
        print(f"./run {words[0]} {command.words}\n\n{command.help}")
        return 0
    os.chdir(ROOT)
    has_server = os.environ.get("STANDPIPE_DATABASE_URL") or debian_binaries()
    extras = {*command.extras, *(() if has_server else ("embedded",))}
    ready(groups=command.groups, extras=sorted(extras))
    sys.stdout.flush()
    return os.execv(PYTHON, [str(PYTHON), "-m", *command.module, *words[1:]])


def _help() -> str:
    usages = {name: f"./run {name} {each.words}".rstrip() for name, each in COMMANDS.items()}
    width = max(map(len, usages.values())) + 3
    table = "\n".join(f"  {usages[name].ljust(width)}{COMMANDS[name].help}" for name in COMMANDS)
    return f"{table}\n\n{ABOUT}"
