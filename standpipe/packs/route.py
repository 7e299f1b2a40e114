"""The way through a form: which pages show, which comes next, and what may still come of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from standpipe.eligibility.asking import StillToAsk, still_to_ask
from standpipe.eligibility.rules import Known, RuleSet
from standpipe.eligibility.working_out import WorkingOut
from standpipe.packs.condition import Circumstances
from standpipe.packs.for_whom import FOR_WHOM
from standpipe.packs.form import Form, Page
from standpipe.packs.repeating import as_asked, asks_for, items_of


@dataclass(frozen=True, slots=True)
class Route:
    """
    Where the person stands.

    `next` None means that only check answers is left. `possible` are the outcomes the rules can
    still reach; `decided` is true when one is left. `unused` are answers to pages that no longer
    show: kept in case they show again, dropped when the form is sent.
    """

    visible: tuple[Page, ...]
    next: Page | None
    possible: frozenset[str]
    decided: bool
    unused: frozenset[str]


def route(
    form: Form,
    answered: Mapping[str, Any],
    *,
    rules: RuleSet,
    consulted: Mapping[str, str],
) -> Route:
    """
    Walk the form with what is answered, told and from registers alike.

    Each page is judged by what the pages before it brought: there is no goto, so that no answer
    can lead astray, and a question shows only while its answer could still change the outcome
    (where its page says `only_if_matters`). A blank optional answer is None. `consulted` holds
    how each consultation ended, and "seen" for a page of information that was read.
    """
    of_pages = _needs_of_pages(form)
    elsewhere = {need: value for need, value in answered.items() if as_asked(need) not in of_pages}
    # For oneself, unless it is said otherwise.
    walk = _Walk(rules, {FOR_WHOM: "self", **elsewhere})
    visible = []
    following: Page | None = None
    for page in form.pages:
        if not _shows(page, walk, consulted):
            continue
        visible.append(page)
        if following is None and not _is_done(page, answered, consulted):
            following = page
        for need in _brought(page, answered, consulted):
            walk.count(need, answered[need])
    return Route(
        visible=tuple(visible),
        next=following,
        possible=walk.left.outcomes,
        decided=walk.left.decided,
        unused=frozenset(need for need in answered if need not in walk.counted),
    )


class _Walk:
    """What counts so far, and what follows from it, worked out only when a page looks at it."""

    def __init__(self, rules: RuleSet, values: Mapping[str, Any]) -> None:
        self._rules = rules
        self.counted = {need: Known(value, "") for need, value in values.items()}
        self._left: StillToAsk | None = None
        self._work: WorkingOut | None = None

    def count(self, need: str, value: Any) -> None:
        """Let a value count from here on."""
        if need in self.counted:
            return
        self.counted[need] = Known(value, "")
        self._work = None
        if need in self._rules.sources or need in self._rules.givers:
            self._left = None

    @property
    def left(self) -> StillToAsk:
        """What may still come out, and what there is still reason to ask."""
        if self._left is None:
            self._left = still_to_ask(self._rules, self.counted)
        return self._left

    def value(self, need: str) -> Any:
        """Return the value of a need, or what follows for it; KeyError if there is none."""
        if self._work is None:
            self._work = WorkingOut(self._rules, self.counted)
        return self._work.value(need)


def _needs_of_pages(form: Form) -> set[str]:
    asked = {ask.need for page in form.pages for ask in page.ask}
    given = {need for page in form.pages for need in page.fetched}
    return asked | given


def _brought(
    page: Page, answered: Mapping[str, Any], consulted: Mapping[str, str]
) -> Iterator[str]:
    if page.kind != "consult":
        yield from (ask.need for ask in asks_for(page, answered) if ask.need in answered)
    elif consulted.get(page.id) == "met":
        yield from (need for need in page.fetched if need in answered)


def _shows(page: Page, walk: _Walk, consulted: Mapping[str, str]) -> bool:
    if page.only_if_matters:
        needs = page.gives if page.kind == "consult" else [ask.need for ask in page.ask]
        if walk.left.through.isdisjoint(needs):
            return False
    if page.when is None:
        return True
    possible = walk.left.outcomes if page.when.looks_at_outcomes else frozenset[str]()
    return page.when.holds(Circumstances(walk.value, possible, consulted))


def _is_done(page: Page, answered: Mapping[str, Any], consulted: Mapping[str, str]) -> bool:
    if page.kind in ("consult", "information"):
        return page.id in consulted
    if page.repeat and len(items_of(page, answered)) < page.repeat.least:
        return False
    asks = tuple(asks_for(page, answered))
    required = [ask.need for ask in asks if ask.required]
    if required:
        return all(answered.get(need) is not None for need in required)
    return any(ask.need in answered for ask in asks)
