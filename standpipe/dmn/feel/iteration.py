"""`for`, `some` and `every`, over lists and ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from standpipe.dmn.feel import nodes
from standpipe.dmn.feel.calendar import Date
from standpipe.dmn.feel.scope import Scope
from standpipe.dmn.feel.values import Range

Closure = Callable[[Scope], Any]
Step = tuple[str, Callable[[Scope], "list[Any] | None"]]


def domain(value: Any, scope: Scope) -> list[Any] | None:
    """Return what is gone over: the items of a list, the members of a range; None if neither."""
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        low, high = value.low, value.high
        found = between(low, high, scope)
        if found is None:
            return None
        if found and not value.low_closed:
            found = found[1:]
        return found[:-1] if found and not value.high_closed else found
    return None if value is None else [value]


def between(low: Any, high: Any, scope: Scope) -> list[Any] | None:
    """Return the whole numbers or days from one bound to the other, up or down."""
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        if low != low.to_integral_value() or high != high.to_integral_value():
            return None
        first, last = int(low), int(high)
        scope.watch.spend(abs(last - first) + 1)
        step = 1 if last >= first else -1
        return [Decimal(number) for number in range(first, last + step, step)]
    if isinstance(low, Date) and isinstance(high, Date):
        first, last = low.number, high.number
        scope.watch.spend(abs(last - first) + 1)
        step = 1 if last >= first else -1
        return [Date.from_number(number) for number in range(first, last + step, step)]
    return None


def steps_of(
    compile_node: Callable[[nodes.Node], Closure], iterators: tuple[nodes.Iterator, ...]
) -> list[Step]:
    """Return the name of each iterator, with a function from scope to what it goes over."""

    def items(of: Closure, until: Closure | None) -> Callable[[Scope], list[Any] | None]:
        if until is None:
            return lambda scope: domain(of(scope), scope)
        return lambda scope: between(of(scope), until(scope), scope)

    return [
        (
            iterator.name,
            items(
                compile_node(iterator.domain),
                compile_node(iterator.until) if iterator.until else None,
            ),
        )
        for iterator in iterators
    ]


class NotIterable(Exception):
    """What should be gone over is no list."""


def walk(steps: list[Step], scope: Scope, place: int = 0) -> Iterator[Scope]:
    """Yield a scope for each combination, the last iterator turning fastest."""
    if place == len(steps):
        yield scope
        return
    name, items_in = steps[place]
    items = items_in(scope)
    if items is None:
        raise NotIterable
    scope.watch.spend(len(items))
    for item in items:
        yield from walk(steps, scope.inner({name: item}), place + 1)


def compile_for(compile_node: Callable[[nodes.Node], Closure], node: nodes.For) -> Closure:
    """Return what a `for` expression gives: the list of its results, or null over no list."""
    steps = steps_of(compile_node, node.iterators)
    return iterate(steps, compile_node(node.body))


def iterate(steps: list[Step], body: Closure) -> Closure:
    """Return a function from scope to the list of what the body gives for each combination."""

    def run(scope: Scope) -> Any:
        partial: list[Any] = []
        try:
            for inner in walk(steps, scope):
                partial.append(body(inner.inner({"partial": partial})))
        except NotIterable:
            return scope.note("for goes over a list")
        return partial

    return run


def compile_quantified(
    compile_node: Callable[[nodes.Node], Closure], node: nodes.Quantified
) -> Closure:
    """Return what `some` or `every` gives: null over no list, or where null would decide."""
    steps = steps_of(compile_node, node.iterators)
    return quantify(steps, compile_node(node.condition), wanted=node.kind == "some")


def quantify(
    steps: list[Step], condition: Closure, *, wanted: bool, strict: bool = False
) -> Closure:
    """
    Return a function that looks for `wanted` among what a condition gives.

    A boxed expression is `strict`: what is neither boolean nor null makes the whole null.
    """

    def run(scope: Scope) -> bool | None:
        found: bool | None = not wanted
        try:
            for inner in walk(steps, scope):
                answer: object = condition(inner)
                if strict and answer is not None and not isinstance(answer, bool):
                    scope.note("the condition is no boolean")
                    return None
                if not isinstance(answer, bool):
                    found = None
                elif answer is wanted:
                    return wanted
        except NotIterable:
            scope.note("some and every go over a list")
            return None
        return found

    return run
