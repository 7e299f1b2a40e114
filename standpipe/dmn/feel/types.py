"""The types of FEEL: whether a value has one, and the conversions that the standard allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from standpipe.dmn.feel import nodes
from standpipe.dmn.feel.clock import DateTime, Time
from standpipe.dmn.feel.values import Function, Range, kind_of


@dataclass(frozen=True, slots=True)
class AnyType:
    """Every value."""


@dataclass(frozen=True, slots=True)
class Simple:
    """A kind of value by its FEEL name; `list`, `context`, … here are of any contents."""

    kind: str


@dataclass(frozen=True, slots=True)
class ListType:
    of: FeelType


@dataclass(frozen=True, slots=True)
class RangeType:
    of: FeelType


@dataclass(frozen=True, slots=True)
class ContextType:
    """A context that has at least these entries."""

    members: Mapping[str, FeelType]


@dataclass(frozen=True, slots=True)
class FunctionType:
    parameters: tuple[FeelType, ...]
    result: FeelType


@dataclass(frozen=True, slots=True)
class Constrained:
    """A type narrowed to the values that pass a test."""

    base: FeelType
    allows: Callable[[Any], bool]


FeelType = AnyType | Simple | ListType | RangeType | ContextType | FunctionType | Constrained

ANY: Final = AnyType()

_OTHER_NAMES: Final = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "days duration": "days and time duration",
    "years duration": "years and months duration",
}
_SIMPLE: Final = frozenset(
    {
        *("number", "string", "boolean", "date", "time", "date and time", "Null"),
        *("days and time duration", "years and months duration"),
        *("list", "context", "range", "function"),
    }
)


class UnknownType(ValueError):
    """A type is named that nothing defines."""


def builtin_type(name: str) -> FeelType | None:
    """Return the type of FEEL that bears a name; None if FEEL itself has none such."""
    plain = _OTHER_NAMES.get(name, name)
    if plain == "Any":
        return ANY
    return Simple(plain) if plain in _SIMPLE else None


def resolve(written: nodes.TypeName, *, named: Callable[[str], FeelType | None]) -> FeelType:
    """
    Return the type that is written; `named` knows those that the model defines.

    :raises UnknownType: if there is none such
    """
    inner = [resolve(parameter, named=named) for parameter in written.parameters]
    if written.name == "function" and inner:
        return FunctionType(tuple(inner[:-1]), inner[-1])
    if written.name == "list" and inner:
        return ListType(inner[0])
    if written.name == "range" and inner:
        return RangeType(inner[0])
    if written.name == "context" and written.members:
        return ContextType({name: resolve(one, named=named) for name, one in written.members})
    known = named(written.name) or builtin_type(written.name)
    if known is None:
        raise UnknownType(written.name)
    return known


def conforms(value: Any, wanted: FeelType) -> bool:
    """Tell whether a value has a type; null has all of them."""
    if value is None:
        return True
    match wanted:
        case AnyType():
            return True
        case Simple(kind):
            return kind_of(value) == kind
        case ListType(of):
            return isinstance(value, list) and all(conforms(item, of) for item in value)
        case RangeType(of):
            return isinstance(value, Range) and conforms(value.low, of) and conforms(value.high, of)
        case ContextType(members):
            return isinstance(value, dict) and all(
                name in value and conforms(value[name], one) for name, one in members.items()
            )
        case FunctionType(parameters, result):
            return isinstance(value, Function) and _function_conforms(value, parameters, result)
        case Constrained(base, allows):
            return conforms(value, base) and allows(value)
    raise AssertionError(wanted)


def _function_conforms(
    function: Function, parameters: tuple[FeelType, ...], result: FeelType
) -> bool:
    if len(function.parameters) != len(parameters):
        return False
    taken = function.types or (None,) * len(parameters)
    return all(
        mine is None or subtype(theirs, mine)
        for mine, theirs in zip(taken, parameters, strict=True)
    ) and (function.result is None or subtype(function.result, result))


def subtype(narrow: FeelType, wide: FeelType) -> bool:
    """Tell whether every value of one type has another."""
    match narrow, wide:
        case _, AnyType():
            return True
        case Constrained(base, _), _:
            return narrow == wide or subtype(base, wide)
        case Simple(one), Simple(other):
            return one == other or one == "Null"
        case Simple("Null"), _:
            return True
        case (ListType(one), ListType(other)) | (RangeType(one), RangeType(other)):
            return subtype(one, other)
        case ContextType(one), ContextType(other):
            return all(name in one and subtype(one[name], other[name]) for name in other)
        case FunctionType(one, gives), FunctionType(other, wanted):
            return (
                len(one) == len(other)
                and all(subtype(theirs, mine) for mine, theirs in zip(one, other, strict=True))
                and subtype(gives, wanted)
            )
        case (
            (ListType(), Simple("list"))
            | (ContextType(), Simple("context"))
            | (RangeType(), Simple("range"))
            | (FunctionType(), Simple("function"))
        ):
            return True
    return False


def unconstrained(wanted: FeelType) -> FeelType:
    """Return a type without the limits to its values, which `instance of` does not ask about."""
    match wanted:
        case Constrained(base, _):
            return unconstrained(base)
        case ListType(of):
            return ListType(unconstrained(of))
        case ContextType(members):
            return ContextType({name: unconstrained(one) for name, one in members.items()})
    return wanted


class NotOfType(ValueError):
    """A value neither has a type nor can be converted to it."""


def converted(value: Any, wanted: FeelType) -> Any:
    """
    Return a value as one of a type: itself, or by the implicit conversions of DMN 1.5, 10.3.2.9.4.

    :raises NotOfType: if it neither has the type nor can be converted
    """
    if conforms(value, wanted):
        return value
    base = wanted
    while isinstance(base, Constrained):
        base = base.base
    if base == Simple("date and time") and kind_of(value) == "date":
        moment = DateTime(value, Time(0, 0))
        if conforms(moment, wanted):
            return moment
    if isinstance(base, ListType) and not isinstance(value, list):
        listed = [converted(value, base.of)]
        if conforms(listed, wanted):
            return listed
    elif isinstance(value, list) and len(value) == 1 and not isinstance(base, ListType):
        return converted(value[0], wanted)
    raise NotOfType(f"a {kind_of(value)} is not of the type that is wanted")
