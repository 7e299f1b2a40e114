"""
Who may use each route. Every route says so; `guard.py` refuses one that does not.

    @open_to("applicant")
    def check_answers(request, reference): …

What a page shows beyond that is decided by the actor's `Permission` and by the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver

from standpipe.identity.actor import Role
from standpipe.kernel.errors import Misconfigured

# `applicant`: a person, signed in or known by their session. `client`: a system, which the
# API itself knows by its token.
Who = Literal["anyone", "applicant", "signed_in", "client"] | Role
ROLES: frozenset[str] = frozenset(get_args(Role))
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

View = TypeVar("View", bound=Callable[..., Any])


class Undeclared(Misconfigured):
    """A route does not say who may use it."""


@dataclass(frozen=True, slots=True)
class Route:
    """One route: its path with `<names>`, its name, its methods, and who may use it."""

    path: str
    name: str
    methods: tuple[str, ...]
    open_to: frozenset[str]


def open_to(*who: Who, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Declare who may use a view, and by which methods; with GET comes HEAD."""

    heads = ("HEAD",) if "GET" in methods else ()

    def declare(view: View) -> View:
        view.open_to = frozenset(who)  # type: ignore[attr-defined]
        view.methods = tuple(dict.fromkeys([*methods, *heads]))  # type: ignore[attr-defined]
        return view

    return declare


def declared(
    routes: list[Any],
    *who: Who,
    methods: tuple[str, ...] = METHODS,
    for_anyone: frozenset[str] = frozenset(),
    only_read: frozenset[str] = frozenset(),
) -> list[Any]:
    """
    Declare who may use routes that others wrote; those named `for_anyone` are open to anyone.

    With no `methods`, the routes check the method themselves, but for those named `only_read`.
    """
    for route in routes:
        if isinstance(route, URLResolver):
            more = {"for_anyone": for_anyone, "only_read": only_read}
            declared(route.url_patterns, *who, methods=methods, **more)
        elif not hasattr(route.callback, "open_to"):
            whose: tuple[Who, ...] = ("anyone",) if route.name in for_anyone else who
            by = ("GET",) if route.name in only_read else methods
            route.callback = _wrapped(route.callback, whose, by)
    return routes


def _wrapped(view: Callable[..., Any], who: tuple[Who, ...], methods: tuple[str, ...]) -> Any:
    def call(request: HttpRequest, *arguments: Any, **named: Any) -> Any:
        return view(request, *arguments, **named)

    call.__dict__.update(getattr(view, "__dict__", {}))
    return open_to(*who, methods=methods)(call)


def routes() -> list[Route]:
    """
    Return every route of this installation, in the order in which they are tried.

    :raises Undeclared: naming those that do not say who may use them
    """
    found, missing = [], []
    for path, pattern in _patterns(get_resolver(), ""):
        who = getattr(pattern.callback, "open_to", None)
        if who is None:
            missing.append(path)
        else:
            found.append(Route(path, pattern.name or "", pattern.callback.methods, who))
    if missing:
        raise Undeclared("Say with @open_to who may use: " + ", ".join(missing))
    return found


def _patterns(resolver: URLResolver, start: str) -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        path = start + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _patterns(each, path)
        else:
            yield path, each
