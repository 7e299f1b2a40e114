"""Built-in functions declared by the signatures that the standard prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from standpipe.dmn.feel.scope import Scope
from standpipe.dmn.feel.types import ANY, FeelType, NotOfType, Simple, builtin_type, converted
from standpipe.dmn.feel.values import Function, kind_of

_Run = TypeVar("_Run", bound=Callable[..., Any])

_SHORT = {
    "datetime": "date and time",
    "days": "days and time duration",
    "months": "years and months duration",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; `types` are alternatives, tried in order."""

    name: str
    types: tuple[FeelType, ...]
    optional: bool
    nullable: bool

    def take(self, value: Any) -> Any:
        """Return an argument as one of the types; NotOfType if it is none of them."""
        if value is None:
            if self.nullable:
                return None
            raise NotOfType(f"{self.name} is null")
        for wanted in self.types:
            if wanted == ANY or (isinstance(wanted, Simple) and _is(value, wanted)):
                return value
        for wanted in self.types:
            if wanted == Simple("list"):
                return value if isinstance(value, list) else [value]
            try:
                found = converted(value, wanted)
            except NotOfType:
                continue
            if found is not None or self.nullable:
                return found
        raise NotOfType(f"{self.name} is of another type")


def _is(value: Any, wanted: Simple) -> bool:

    return kind_of(value) == wanted.kind


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function, and what then happens."""

    parameters: tuple[Parameter, ...]
    run: Callable[..., Any]

    def fits(self, count: int) -> bool:
        """Tell whether it can be called with that many arguments."""
        needed = sum(not parameter.optional for parameter in self.parameters)
        return needed <= count <= len(self.parameters)


def read_signature(written: str, run: Callable[..., Any]) -> Signature:
    """Read `string: string, length?: number?, item: any`; the mark after a type allows null."""
    parameters = []
    for part in filter(None, (piece.strip() for piece in written.split(","))):
        name, _, kinds = part.partition(":")
        kinds = kinds.strip()
        nullable = kinds.endswith("?") or kinds == "any"
        types = [
            builtin_type(_SHORT.get(kind, kind)) or ANY
            for kind in kinds.removesuffix("?").split("|")
        ]
        types = [ANY] if kinds == "any" else types
        parameters.append(
            Parameter(name.strip().removesuffix("?"), tuple(types), "?" in name, nullable)
        )
    return Signature(tuple(parameters), run)


class Functions:
    """Gathers the functions that one module defines."""

    def __init__(self) -> None:
        self._signatures: dict[str, list[Signature]] = {}
        self._gathering: dict[str, tuple[str, Callable[..., Any]]] = {}
        self._variadic: dict[str, Callable[..., Any]] = {}

    def define(self, name: str, written: str) -> Callable[[_Run], _Run]:
        """Add a way to call a function; several ways are tried in the order they are added."""

        def add(run: _Run) -> _Run:
            self._signatures.setdefault(name, []).append(read_signature(written, run))
            return run

        return add

    def over_list(self, name: str, parameter: str = "list") -> Callable[[_Run], _Run]:
        """Add a function of one list, which may also be written out as arguments."""

        def add(run: _Run) -> _Run:
            self._gathering[name] = (parameter, run)
            return run

        return add

    def over_arguments(self, name: str) -> Callable[[_Run], _Run]:
        """Add a function of as many arguments as one likes, given as a list."""

        def add(run: _Run) -> _Run:
            self._variadic[name] = run
            return run

        return add

    def functions(self) -> Iterator[Function]:
        """Yield what was added, ready to be called."""
        for name, signatures in self._signatures.items():
            yield _overloaded(name, signatures)
        for name, (parameter, run) in self._gathering.items():
            yield _gathering(name, parameter, run)
        for name, run in self._variadic.items():
            yield _of_arguments(name, run)


def _overloaded(name: str, signatures: Sequence[Signature]) -> Function:
    def run(arguments: Sequence[Any], scope: Scope) -> Any:
        reason = f"{name} takes another number of arguments"
        for signature in signatures:
            if not signature.fits(len(arguments)):
                continue
            try:
                taken = [
                    parameter.take(argument)
                    for parameter, argument in zip(signature.parameters, arguments, strict=False)
                ]
            except NotOfType as error:
                reason = f"{name}: {error}"
                continue
            return _attempt(name, signature.run, taken, scope)
        return scope.note(reason)

    def by_name(named: Mapping[str, Any], scope: Scope) -> Any:
        reason = f"{name} has no such parameters"
        for signature in signatures:
            names = [parameter.name for parameter in signature.parameters]
            needed = {one.name for one in signature.parameters if not one.optional}
            if not needed <= named.keys() <= set(names):
                continue
            last = max((names.index(one) for one in named), default=-1)
            try:
                taken = [
                    parameter.take(named.get(parameter.name))
                    for parameter in signature.parameters[: last + 1]
                ]
            except NotOfType as error:
                reason = f"{name}: {error}"
                continue
            return _attempt(name, signature.run, taken, scope)
        return scope.note(reason)

    longest = max(signatures, key=lambda one: len(one.parameters))
    return Function(
        name=name,
        parameters=tuple(parameter.name for parameter in longest.parameters),
        call=run,
        variadic=True,
        by_name=by_name,
    )


def _gathering(name: str, parameter: str, run: Callable[[list[Any]], Any]) -> Function:
    def gather(arguments: Sequence[Any], scope: Scope) -> Any:
        if not arguments:
            return scope.note(f"{name} takes a list")
        if len(arguments) > 1 or not isinstance(arguments[0], list):
            items = list(arguments)
            if items == [None]:
                return scope.note(f"{name} of null")
        else:
            items = arguments[0]
        scope.watch.spend(len(items))
        return _attempt(name, run, [items], scope)

    def by_name(named: Mapping[str, Any], scope: Scope) -> Any:
        if named.keys() != {parameter}:
            return scope.note(f"{name} has no such parameters")
        return gather([named[parameter]], scope)

    return Function(name=name, parameters=(parameter,), call=gather, variadic=True, by_name=by_name)


def _of_arguments(name: str, run: Callable[[list[Any]], Any]) -> Function:
    def apply(arguments: Sequence[Any], scope: Scope) -> Any:
        if not arguments:
            return scope.note(f"{name} takes arguments")
        return _attempt(name, run, [list(arguments)], scope)

    def by_name(named: Mapping[str, Any], scope: Scope) -> Any:
        return scope.note(f"{name} takes its arguments in order")

    return Function(name=name, parameters=("list",), call=apply, variadic=True, by_name=by_name)


def _attempt(name: str, run: Callable[..., Any], arguments: list[Any], scope: Scope) -> Any:
    try:
        found = run(*arguments) if not hasattr(run, "wants_scope") else run(scope, *arguments)
    except (ValueError, ArithmeticError) as error:
        return scope.note(f"{name}: {error}")
    if isinstance(found, list):
        scope.watch.spend(len(found))
    return found


def wants_scope(run: _Run) -> _Run:
    """Mark a function that calls other functions, so that it is given the scope first."""
    run.wants_scope = True  # type: ignore[attr-defined]
    return run
