"""
Functions that a model takes from Java: a fixed few, written again here.

DMN 1.5, chapter 10.3.2.13.3 leaves it to a tool which classes it offers. Nothing is ever loaded by
a name in a file; what is not in this table is null.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

from standpipe.dmn.feel.functions.conversion import text_of
from standpipe.dmn.feel.scope import Scope
from standpipe.dmn.feel.values import Function

_WHOLE: Final = {"byte": 7, "short": 15, "int": 31, "long": 63}
_FRACTIONS: Final = ("float", "double")
_BOXED: Final = {"Byte": "byte", "Short": "short", "Integer": "int", "Long": "long"} | {
    "Float": "float",
    "Double": "double",
}
_SIGNATURE: Final = re.compile(r"\s*(\w+)\s*\((.*)\)\s*")
_FORMAT: Final = re.compile(r"%(?:%|(?:\d+\$)?(\.\d+)?([sdf]))")
_MATH: Final[dict[str, Callable[..., float]]] = {
    "abs": abs,
    "max": max,
    "min": min,
    "cos": math.cos,
    "sin": math.sin,
    "tan": math.tan,
    "acos": math.acos,
    "asin": math.asin,
    "atan": math.atan,
    "exp": math.exp,
    "log": math.log,
    "log10": math.log10,
    "sqrt": math.sqrt,
    "cbrt": math.cbrt,
    "pow": math.pow,
    "ceil": math.ceil,
    "floor": math.floor,
    "round": lambda value: math.floor(value + 0.5),
    "hypot": math.hypot,
    "signum": lambda value: math.copysign(1.0, value) if value else 0.0,
}


class _NotOffered(ValueError):
    """Java may have the function; this table has not, or not for these arguments."""


def external_function(mapping: Any, names: tuple[str, ...], scope: Scope) -> Any:
    """Return the function that a class and method signature name; null if it is not offered."""
    java = mapping.get("java", mapping) if isinstance(mapping, dict) else None
    if not isinstance(java, dict):
        return scope.note("this kind of external function is not called from here")
    owner, signature = java.get("class"), java.get("method signature")
    match = _SIGNATURE.fullmatch(signature) if isinstance(signature, str) else None
    if match is None or not isinstance(owner, str):
        return scope.note("an external function needs class and method signature")
    method, written = match.groups()
    kinds = [one.strip() for one in written.split(",")] if written.strip() else []

    def run(arguments: Sequence[Any], caller: Scope) -> Any:
        try:
            return _call(owner, method, kinds, arguments)
        except (ValueError, ArithmeticError, TypeError) as error:
            return caller.note(f"{owner}.{method}: {error}")

    return Function(name=method, parameters=names, call=run)


def _call(owner: str, method: str, kinds: list[str], arguments: Sequence[Any]) -> Any:
    name = owner.removeprefix("java.lang.")
    if name == "String" and method == "format":
        return _formatted(arguments)
    if len(kinds) != len(arguments):
        raise _NotOffered("it takes another number of arguments")
    taken = [_taken(value, kind) for value, kind in zip(arguments, kinds, strict=True)]
    if name == "Math" and method in _MATH and all(kind in _number_kinds() for kind in kinds):
        return _number(_MATH[method](*taken))
    if name == "String" and method == "valueOf":
        return text_of(arguments[0])
    if name in _BOXED and (method == "valueOf" or method.startswith("parse")) and len(taken) == 1:
        value = Decimal(taken[0].strip()) if isinstance(taken[0], str) else arguments[0]
        return _number(_taken(value, _BOXED[name]))
    raise _NotOffered("it is not offered here")


def _number_kinds() -> tuple[str, ...]:
    return (*_WHOLE, *_FRACTIONS)


def _taken(value: Any, kind: str) -> Any:
    """Return an argument as Java would take it: whole numbers cut off, fractions in binary."""
    if kind in _WHOLE and isinstance(value, Decimal):
        whole = int(value)
        if not -(1 << _WHOLE[kind]) <= whole < 1 << _WHOLE[kind]:
            raise _NotOffered(f"{value} is no {kind}")
        return whole
    if kind in _FRACTIONS and isinstance(value, Decimal):
        return float(value)
    if kind == "java.lang.String" and isinstance(value, str):
        return value
    if kind == "char" and isinstance(value, str) and len(value) == 1:
        return value
    raise _NotOffered(f"an argument is no {kind}")


def _number(value: float) -> Decimal:
    found = Decimal(value) if isinstance(value, int) else Decimal(repr(value))
    if not found.is_finite():
        raise _NotOffered("the result is no number")
    return found


def _formatted(arguments: Sequence[Any]) -> str:
    if not arguments or not isinstance(arguments[0], str):
        raise _NotOffered("there is no format")
    values = iter(arguments[1:])

    def write(match: re.Match[str]) -> str:
        digits, kind = match.groups()
        if kind is None:
            return "%"
        value = next(values, None)
        if kind == "s":
            return text_of(value)
        if not isinstance(value, Decimal):
            raise _NotOffered("an argument is no number")
        return str(int(value)) if kind == "d" else f"{value:{digits or '.6'}f}"

    return _FORMAT.sub(write, arguments[0])
