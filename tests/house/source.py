"""The code of the house as trees, for tests that read it; nothing of it is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Capabilities whose folder is not a package of the platform's own code.
_SKIPPED = {"migrations", "node_modules"}


@dataclass(frozen=True)
class Module:
    """One file of Python: its dotted name and its text."""

    name: str
    text: str

    @classmethod
    def at(cls, path: Path) -> Module:
        """Return the module of a file in the checkout."""
        parts = path.relative_to(ROOT).with_suffix("").parts
        return cls(".".join(parts).removesuffix(".__init__"), path.read_text(encoding="utf-8"))

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text)

    @property
    def capability(self) -> str:
        """The room it stands in: `cases` for standpipe.cases.queries."""
        return self.name.split(".")[1] if "." in self.name else ""

    @property
    def kind(self) -> str:
        """What its name says that it holds: `models`, `actions`, `queries`, `tasks`, …."""
        return next(iter(self.name.split(".")[2:]), "")

    @cached_property
    def imports(self) -> frozenset[str]:
        """Every name that it imports when it runs, with its module: `django.db.connection`."""
        found = set()
        for node in _run(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
        return frozenset(found)

    @property
    def public_functions(self) -> Iterator[ast.FunctionDef]:
        """The functions that others may call."""
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield node

    @property
    def calls(self) -> frozenset[str]:
        """The names of whatever it calls; of `a.b()` the last, b."""
        return frozenset(called(self.tree))


def called(node: ast.AST) -> Iterator[str]:
    """Yield the names of whatever is called below a node."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            if isinstance(one.func, ast.Name):
                yield one.func.id
            elif isinstance(one.func, ast.Attribute):
                yield one.func.attr


def _run(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk over all but what only checkers of types read."""
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield node
            yield from _run(node)


@cache
def modules(*packages: str) -> list[Module]:
    """Return the modules below some folders of the checkout, migrations left out."""
    return [
        Module.at(path)
        for package in packages
        for path in sorted((ROOT / package).rglob("*.py"))
        if not _SKIPPED & set(path.parts)
    ]
