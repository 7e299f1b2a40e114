"""`standpipe reference`: the pages of docs/reference, made from what they tell of."""

from __future__ import annotations

import argparse
import ast
import json
from collections.abc import Callable, Sequence
from importlib import import_module

from config.command import COMMANDS
from config.environment import ROOT
from config.interfaces import manifests
from config.reference import reference as settings_table
from standpipe.api.access import scope_of
from standpipe.api.doors import api, operations
from standpipe.audit.verbs import VERBS
from standpipe.gateway.manifest import read_manifests
from standpipe.gateway.reference import connectors_reference
from standpipe.packs.loaded import packs_in_folder, vocabulary

FOLDER = ROOT / "docs" / "reference"
_MENDERS = {
    "Refused": "the person",
    "Unavailable": "time",
    "Misconfigured": "the operator",
}


def main(words: Sequence[str]) -> int:
    """Write every page; with --check, write none and name those that are out of date."""
    parser = argparse.ArgumentParser(prog="standpipe reference")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args(words)
    stale = stale_pages()
    for name in stale:
        if not arguments.check:
            (FOLDER / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"{'out of date' if arguments.check else 'written'}: docs/reference/{name}")
    return 1 if arguments.check and stale else 0


def stale_pages() -> list[str]:
    """Return the pages that do not say what the code and the data say now."""
    return [
        name
        for name, page in PAGES.items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != page()
    ]


def _page(title: str, intro: str, lines: Sequence[str]) -> str:
    made = "<!-- Made by `standpipe reference`. -->"
    return "\n".join([f"# {title}", "", made, "", intro, "", *lines]) + "\n"


def _table(*heads: str) -> list[str]:
    return [_row(*heads), "|" + "---|" * len(heads)]


def _row(*cells: str) -> str:
    escaped = (cell.replace("|", r"\|").replace("\n", " ") for cell in cells)
    return "| " + " | ".join(escaped) + " |"


def _settings() -> str:
    intro = "Every setting is an environment variable. Secrets have no default."
    return _page("Settings", intro, [settings_table()])


def _commands() -> str:
    lines = _table("Command", "What it does", "Runs as")
    for name, command in COMMANDS.items():
        role = "the owner of the tables" if command.as_owner else "the application"
        lines.append(_row(f"`standpipe {name}`", command.help, role))
    return _page("Command line", "Each command says more with `--help`.", lines)


def _verbs() -> str:
    lines = _table("Verb", "What a resident reads", "Cymraeg")
    lines += [_row(f"`{verb}`", words.en, words.cy) for verb, words in VERBS.items()]
    return _page("Audit verbs", "What the audit log can say was done.", lines)


def _errors() -> str:
    lines = _table("Error", "Mended by", "What it means", "Where")
    for path in sorted((ROOT / "standpipe").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and (mender := _mender(node)):
                said = (ast.get_docstring(node) or "").split("\n\n")[0]
                where = path.relative_to(ROOT / "standpipe").with_suffix("").as_posix()
                lines.append(_row(f"`{node.name}`", mender, said, f"`{where}`"))
    intro = "Errors that somebody can mend, and who. Anything else that is raised is a bug."
    return _page("Errors", intro, lines)


def _mender(node: ast.ClassDef) -> str | None:
    for base in node.bases:
        if isinstance(base, ast.Name) and base.id in _MENDERS:
            return _MENDERS[base.id]
    return None


def _words() -> str:
    lines = _table("Attribute", "English", "Cymraeg", "Type", "Sensitivity", "Asked again?")
    for attribute in vocabulary().values():
        lines.append(
            _row(
                f"`{attribute.id}`",
                attribute.label.en,
                attribute.label.cy,
                attribute.type,
                attribute.sensitivity,
                attribute.reuse,
            )
        )
    return _page("Vocabulary", "Every attribute that may be asked or held.", lines)


def _services() -> str:
    lines = _table("Service", "English", "Cymraeg", "Version", "Purpose", "Lawful basis")
    for pack in packs_in_folder().values():
        lines.append(
            _row(
                f"`{pack.name}`",
                pack.label.en,
                pack.label.cy,
                pack.version,
                pack.purpose.text.en,
                pack.purpose.lawful_basis,
            )
        )
    return _page("Services", "The packs that come with the platform.", lines)


def _api() -> str:
    lines = _table("Method", "Path", "What it does", "Scope")
    for method, path, operation in operations():
        lines.append(
            _row(
                method,
                f"`/api/v1{path}`",
                (operation.description or "").split("\n")[0],
                scope_of(operation) or "none",
            )
        )
    intro = (
        "Tokens: OAuth 2.0 client credentials at `/oauth/token`. Acts take an `Idempotency-Key`."
        " Problems are RFC 9457. The whole contract is [openapi.json](openapi.json),"
        " served at `/api/v1/openapi.json`."
    )
    return _page("API", intro, lines)


def _openapi() -> str:
    return json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False, default=str) + "\n"


def _interfaces() -> str:
    lines = []
    for one in manifests():
        lines += [f"## `{one.name}`", "", f"{one.label.en}. {one.specification}.", ""]
        lines += _table("Method", "Address", "Operation", "Scope")
        for mount in one.mounts:
            for route in import_module(f"interfaces.{one.name}.{mount.module}").routes:
                lines += [
                    _row(method, f"`/{mount.path}/{route.pattern}`", way.operation, way.scope)
                    for method, way in route.callback.ways.items()
                ]
        lines += ["", *_table("quality", ""), *(_row(*each) for each in one.quality.items()), ""]
    intro = "Other bodies' published APIs that this platform serves, by their manifests."
    return _page("Interfaces", intro, lines).rstrip("\n") + "\n"


def _connectors() -> str:
    return connectors_reference(read_manifests(ROOT / "connectors"))


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": _settings,
    "command-line.md": _commands,
    "audit-verbs.md": _verbs,
    "errors.md": _errors,
    "vocabulary.md": _words,
    "services.md": _services,
    "connectors.md": _connectors,
    "interfaces.md": _interfaces,
    "api.md": _api,
    "openapi.json": _openapi,
}
