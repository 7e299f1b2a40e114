"""Renewing: what never changes is carried over, and the new one begins the day after the old."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from standpipe.applications.actions.answering import keep_told
from standpipe.applications.actions.loading import Loaded
from standpipe.applications.actions.offering import told_earlier
from standpipe.entitlements.queries import EntitlementView, entries_of, entry_by_id
from standpipe.entitlements.renewal import renewed_with
from standpipe.facts.actions import Answer
from standpipe.facts.fact import OFFERED_AGAIN, offer
from standpipe.packs.loaded import vocabulary
from standpipe.vocabulary.need import Need


def carry_over(loaded: Loaded) -> None:
    """
    Keep in a new draft what the person told before and what never changes, as they told it.

    Everything else is offered or asked as in any application: they see all of it before they
    send it, and can change it.
    """
    asked = [ask for page in loaded.pack.form.pages for ask in page.ask]
    attributes = {ask.need: vocabulary()[Need.parse(ask.need).attribute] for ask in asked}
    lasting = [
        need
        for need, one in attributes.items()
        # Nothing ages what may be used again for ever.
        if one.max_age_days is None and one.reuse in OFFERED_AGAIN
    ]
    before = told_earlier(loaded, lasting)
    on = loaded.permission.at.date()
    found = {need: offer(attributes[need], before.get(need, ()), on=on) for need in lasting}
    answers = [
        Answer(need, fact.value, fact.valid_until, fact.review_by, kept_from=fact.id)
        for need, fact in found.items()
        if fact is not None
    ]
    keep_told(loaded, answers)


def renewed(loaded: Loaded) -> EntitlementView | None:
    """Return the entry that an application would take the place of; the look is recorded."""
    if loaded.row.renews is None:
        return None
    return entry_by_id(loaded.row.renews, loaded.permission)


def takes_the_place_of(loaded: Loaded, *, count: int) -> list[UUID | None]:
    """
    Return for each of several granted the entry that it takes the place of, None for a new one.

    First the one that was chosen, then those that can be renewed with it; the looks are recorded.
    """
    chosen, definition = renewed(loaded), loaded.pack.entitlement
    if chosen is None or definition is None:
        return [None] * count
    more: list[EntitlementView] = []
    if count > 1:
        held = entries_of(chosen.person, loaded.permission)
        more = renewed_with(chosen, held, definition, on=loaded.permission.at.date())
    old = [one.id for one in (chosen, *more)][:count]
    return [*old, *[None] * (count - len(old))]


def first_day(loaded: Loaded) -> date:
    """Return when what is granted begins: today, or the day after what it renews has ended."""
    on = loaded.permission.at.date()
    old = renewed(loaded)
    if old is None or old.status != "issued":
        return on
    return max(on, old.expires_on + timedelta(days=1))
