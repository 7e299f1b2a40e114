"""`list[condition]`: the items for which it is true, or the one at a position."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from standpipe.dmn.feel.scope import Scope


def filtered(
    value: Any, condition: Callable[[Scope], Any], scope: Scope, *, strict: bool = False
) -> Any:
    """
    Return the filtered list, or one item where the condition is a number, from 1 or from -1.

    A boxed filter is `strict`: what is neither boolean nor null makes the whole null.
    """
    items = value if isinstance(value, list) else [] if value is None else [value]
    # A number that hangs on no item is a position; notes of this trial say nothing.
    notes = len(scope.watch.notes)
    position = condition(_item_scope(items[0], scope) if items else scope)
    del scope.watch.notes[notes:]
    if isinstance(position, Decimal):
        return None if value is None else _at(items, position)
    if value is None:
        return None
    scope.watch.spend(len(items))
    answers = [condition(_item_scope(item, scope)) for item in items]
    if strict and any(one is not None and not isinstance(one, bool) for one in answers):
        return scope.note("the condition is no boolean")
    return [item for item, answer in zip(items, answers, strict=True) if answer is True]


def _at(items: list[Any], position: Decimal) -> Any:
    if position != position.to_integral_value() or not 1 <= abs(position) <= len(items):
        return None
    place = int(position)
    return items[place - 1 if place > 0 else place]


def _item_scope(item: Any, scope: Scope) -> Scope:
    if isinstance(item, dict):
        return scope.inner({"item": item, **item})
    return scope.inner({"item": item})
