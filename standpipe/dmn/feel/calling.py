"""Calling functions: by position or by name, with arguments converted to what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from standpipe.dmn.feel.scope import Scope
from standpipe.dmn.feel.types import FeelType, NotOfType, converted
from standpipe.dmn.feel.values import Function


def call(
    function: Any, arguments: Sequence[Any], named: Mapping[str, Any] | None, scope: Scope
) -> Any:
    """Return what a function gives; None, with a note, where it cannot be called like that."""
    if not isinstance(function, Function):
        return scope.note("what is called is not a function")
    if named is not None:
        if function.by_name is not None:
            return function.by_name(named, scope)
        if named.keys() != set(function.parameters):
            return scope.note(f"{function.name} has no parameters {', '.join(named)}")
        arguments = [named[name] for name in function.parameters]
    elif not function.variadic and len(arguments) != len(function.parameters):
        return scope.note(f"{function.name} takes {len(function.parameters)} arguments")
    if function.types:
        try:
            arguments = [
                value if wanted is None else converted(value, wanted)
                for value, wanted in zip(arguments, function.types, strict=True)
            ]
        except NotOfType as error:
            return scope.note(f"{function.name}: {error}")
    with scope.watch:
        value = function.call(arguments, scope)
    if function.result is None:
        return value
    try:
        return converted(value, function.result)
    except NotOfType as error:
        return scope.note(f"{function.name}: {error}")


def closure(
    names: tuple[str, ...],
    types: tuple[FeelType | None, ...],
    body: Callable[[Scope], Any],
    scope: Scope,
    *,
    name: str = "function",
    result: FeelType | None = None,
) -> Function:
    """Return a function that evaluates a body where it was defined, with its parameters set."""

    def run(arguments: Sequence[Any], caller: Scope) -> Any:
        inner = Scope(dict(zip(names, arguments, strict=True)), scope, caller.watch)
        return body(inner)

    return Function(name=name, parameters=names, call=run, types=types, result=result)
