"""Which entries one application renews together. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from standpipe.entitlements.queries import EntitlementView
from standpipe.packs.entitlement import EntitlementDefinition


def renewed_with(
    chosen: EntitlementView,
    entries: Iterable[EntitlementView],
    definition: EntitlementDefinition,
    *,
    on: date,
) -> list[EntitlementView]:
    """
    Return the others of its holder that can be renewed with a chosen one, by their numbers.

    They end on the same day, so that what follows each begins on the same; and nothing follows
    them yet. None where nobody holds more than one.
    """
    known = list(entries)
    followed = {one.renews for one in known}
    return sorted(
        (
            one
            for one in known
            if definition.several is not None
            and one.id != chosen.id
            and one.id not in followed
            and (one.kind, one.person, one.organisation, one.expires_on, one.status)
            == (chosen.kind, chosen.person, chosen.organisation, chosen.expires_on, chosen.status)
            and not one.left_to
            and definition.may_renew(one.expires_on, status=one.status, on=on)
        ),
        key=lambda one: one.number,
    )
