"""Asked once: what the person told before, offered to keep or change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standpipe.applications.actions.loading import Loaded
from standpipe.facts.fact import OFFERED_AGAIN, Fact, offer
from standpipe.facts.queries import told_before
from standpipe.packs.loaded import vocabulary
from standpipe.vocabulary.need import Need


def offers(loaded: Loaded, needs: Sequence[str]) -> Mapping[str, Fact]:
    """
    Return what may be offered of some needs that are not answered yet.

    Only to the person themselves: what they told one organisation reaches another by their
    keeping it, and not before. At a device that others use nothing earlier is shown.
    """
    actor = loaded.permission.actor
    if loaded.permission.basis != "own" or actor.at_shared_device:
        return {}
    attributes = {need: vocabulary()[Need.parse(need).attribute] for need in needs}
    open_needs = [
        need
        for need, attribute in attributes.items()
        if need not in loaded.facts and attribute.reuse in OFFERED_AGAIN
    ]
    if not open_needs:
        return {}
    before = told_before(loaded.permission, open_needs, besides=loaded.row.id)
    on = loaded.permission.at.date()
    chosen = {need: offer(attributes[need], before.get(need, ()), on=on) for need in open_needs}
    return {need: fact for need, fact in chosen.items() if fact is not None}
