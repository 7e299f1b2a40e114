"""The `standpipe` command line: a table of commands, each imported only when it is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from standpipe.kernel.errors import Misconfigured, Refused, Unavailable


@dataclass(frozen=True, slots=True)
class Command:
    """
    One row: `module:function` gets the words after the command and may return an exit status.

    `django` sets Django up first. `as_owner` lets it reach PostgreSQL as the owner of the tables
    (STANDPIPE_OWNER_DATABASE_URL) instead of the application's role.
    """

    function: str
    help: str
    django: bool = True
    as_owner: bool = False


COMMANDS = {
    "check": Command("config.check:main", "say what is wrong with the settings and the database"),
    "settings": Command("config.reference:main", "print every setting", django=False),
    "database prepare": Command(
        "config.database:main", "make the two roles and the database", django=False
    ),
    "migrate": Command("config.migrate:main", "bring the tables up to date", as_owner=True),
    "assets": Command("config.assets:main", "gather stylesheets, scripts and pictures"),
    "serve": Command("config.serve:main", "serve the web pages and the API", django=False),
    "worker": Command("config.worker:main", "do the background work"),
    "backup": Command("config.backup:main", "write every table to a folder", as_owner=True),
    "restore": Command(
        "config.restore:main", "read a backup into an empty database", as_owner=True
    ),
    "audit verify": Command(
        "config.audit:main_verify", "look for audit rows changed, removed or moved", as_owner=True
    ),
    "audit checkpoint": Command(
        "config.audit:main_checkpoint", "print where the audit log ends now", as_owner=True
    ),
    "place load": Command(
        "config.place:main", "enter the organisations and addresses of the place", as_owner=True
    ),
    "pack check": Command(
        "config.packs:main_check", "name every fault in words, place and packs", django=False
    ),
    "pack test": Command(
        "config.packs:main_test", "run a pack's examples, count the rows covered", django=False
    ),
    "pack paper": Command(
        "config.packs:main_paper", "write a pack's form as a PDF to fill in", django=False
    ),
    "pack new": Command("config.packs:main_new", "begin a pack that works", django=False),
    "dmn tck": Command(
        "standpipe.dmn.tck:main", "run the DMN compatibility kit's cases of a folder", django=False
    ),
    "kiosk address": Command("config.kiosk:main", "make the address of a public computer"),
    "register import": Command(
        "config.register:main", "enter another register's CSV, checked row by row"
    ),
    "user create": Command("config.user:main", "make a member of staff who can sign in"),
    "second-factors seal": Command(
        "config.second_factors:main", "seal what second factors are checked by, with today's key"
    ),
    "reference": Command("config.documentation:main", "write the pages of docs/reference"),
    "demo cases": Command("config.demo_cases:main", "lodge cases for staff to look at"),
    "demo sign-ins": Command("config.demo:main", "make and print people who can sign in"),
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; 0 is success, 1 a refusal or a fault, 2 a wrong command or setting."""
    words = list(sys.argv[1:] if words is None else words)
    found = _find(words)
    if found is None:
        print(_help())
        return 0 if words in (["--help"], ["-h"], ["help"]) else 2
    name, rest = found
    try:
        return _run(COMMANDS[name], rest)
    except Misconfigured as fault:
        print(f"standpipe {name}: {fault}", file=sys.stderr)
        return 2
    except (Refused, Unavailable) as fault:
        print(f"standpipe {name}: {fault}", file=sys.stderr)
        return 1


def _find(words: list[str]) -> tuple[str, list[str]] | None:
    # "audit verify" before "audit".
    for length in (2, 1):
        name = " ".join(words[:length])
        if name in COMMANDS:
            return name, words[length:]
    return None


def _run(command: Command, words: list[str]) -> int:
    if command.django:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
    if command.as_owner:
        _become_owner()
    module, function = command.function.split(":")
    return getattr(import_module(module), function)(words) or 0


def _become_owner() -> None:
    from django.conf import settings
    from django.db import connections

    if settings.OWNER_DATABASE is None:
        raise Misconfigured("STANDPIPE_OWNER_DATABASE_URL is missing: this needs the owner.")
    connection = connections["default"]
    connection.close()
    connection.settings_dict.update(settings.OWNER_DATABASE)
    # The limits on time are for requests; to read or change a whole table takes what it takes.
    connection.settings_dict["OPTIONS"] = {"options": "-c synchronous_commit=on"}


def _help() -> str:
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name.ljust(width)}{command.help}" for name, command in COMMANDS.items()]
    return "standpipe COMMAND …\n\n" + "\n".join(lines) + "\n\nstandpipe COMMAND --help says more."


if __name__ == "__main__":
    sys.exit(main())
