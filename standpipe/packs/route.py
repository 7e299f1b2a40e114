"""The way through a form: which pages show, which comes next, and what may still come of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from standpipe.eligibility.asking import StillToAsk, still_to_ask
from standpipe.eligibility.rules import Known, RuleSet
from standpipe.eligibility.working_out import WorkingOut
from standpipe.packs.condition import Circumstances
from standpipe.packs.form import Form, Page


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
    counted = {need: value for need, value in answered.items() if need not in of_pages}
    visible = []
    following: Page | None = None
    left = _left(rules, counted)
    for page in form.pages:
        if not _shows(page, counted, left, rules=rules, consulted=consulted):
            continue
        visible.append(page)
        if following is None and not _is_done(page, answered, consulted):
            following = page
        brought = _brought(page, answered, consulted) - set(counted)
        if brought:
            counted.update({need: answered[need] for need in brought})
            left = _left(rules, counted)
    return Route(
        visible=tuple(visible),
        next=following,
        possible=left.outcomes,
        decided=left.decided,
        unused=frozenset(set(answered) - set(counted)),
    )


def _needs_of_pages(form: Form) -> set[str]:
    asked = {ask.need for page in form.pages for ask in page.ask}
    given = {need for page in form.pages for need in _given(page)}
    return asked | given


def _given(page: Page) -> Iterable[str]:
    return (*page.gives, page.until) if page.until else page.gives


def _brought(page: Page, answered: Mapping[str, Any], consulted: Mapping[str, str]) -> set[str]:
    if page.kind == "consult":
        needs = set(_given(page)) if consulted.get(page.id) == "met" else set()
    else:
        needs = {ask.need for ask in page.ask}
    return needs & set(answered)


def _left(rules: RuleSet, counted: Mapping[str, Any]) -> StillToAsk:
    return still_to_ask(rules, {need: Known(value, "") for need, value in counted.items()})


def _shows(
    page: Page,
    counted: Mapping[str, Any],
    left: StillToAsk,
    *,
    rules: RuleSet,
    consulted: Mapping[str, str],
) -> bool:
    if page.only_if_matters:
        needs = page.gives if page.kind == "consult" else [ask.need for ask in page.ask]
        if left.through.isdisjoint(needs):
            return False
    if page.when is None:
        return True
    work = WorkingOut(rules, {need: Known(value, "") for need, value in counted.items()})
    return page.when.holds(Circumstances(work.value, left.outcomes, consulted))


def _is_done(page: Page, answered: Mapping[str, Any], consulted: Mapping[str, str]) -> bool:
    if page.kind in ("consult", "information"):
        return page.id in consulted
    required = [ask.need for ask in page.ask if ask.required]
    if required:
        return all(answered.get(need) is not None for need in required)
    return any(ask.need in answered for ask in page.ask)
