"""The variables that an expression sees, and the limits that its evaluation keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_MAX_STEPS: Final = 2_000_000
_MAX_CALLS: Final = 120


class TooMuchWork(Exception):
    """An evaluation loops or recurs beyond what any honest table needs."""


class Watch:
    """Counts the steps of one evaluation; notes why it gave null, and which rows it used."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.rows: list[str] = []
        self.gave_up: str | None = None
        self._steps = 0
        self._calls = 0

    def spend(self, steps: int = 1) -> None:
        """Count steps; TooMuchWork beyond the limit."""
        self._steps += steps
        if self._steps > _MAX_STEPS:
            raise TooMuchWork("the expression takes too many steps")

    def __enter__(self) -> None:
        self._calls += 1
        if self._calls > _MAX_CALLS:
            self._calls -= 1
            raise TooMuchWork("functions call each other too deeply")

    def __exit__(self, *_: object) -> None:
        self._calls -= 1


class Scope:
    """Values by name, over those of an outer scope."""

    __slots__ = ("outer", "values", "watch")

    def __init__(
        self, values: Mapping[str, Any], outer: Scope | None = None, watch: Watch | None = None
    ) -> None:
        self.values = values
        self.outer = outer
        self.watch: Watch = watch or (outer.watch if outer is not None else Watch())

    def inner(self, values: Mapping[str, Any]) -> Scope:
        """Return a scope in which these names come first."""
        return Scope(values, self, self.watch)

    def note(self, message: str) -> Any:
        """Remember why something is null, and return that null."""
        self.watch.notes.append(message)
        return None

    def find(self, name: str) -> tuple[bool, Any]:
        """Return whether a name is known, and its value."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.values:
                return True, scope.values[name]
            scope = scope.outer
        return False, None
